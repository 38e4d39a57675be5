/** How many columns a text takes in a terminal, and cutting, padding and wrapping by that. */

/** Wide and fullwidth blocks of EastAsianWidth.txt (Unicode 16), merged over their gaps. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4dc0, 0x4dff],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f2ff],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];

const MARK = /^[\p{Mn}\p{Me}]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;

/** Columns of text that went through `safeText`. Where terminals differ, the larger count is taken. */
export function textWidth(text: string): number {
  // Printable ASCII, the common case, needs no table.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (MARK.test(character)) return 0;
  return EMOJI.test(character) || WIDE.some(([first, last]) => first <= code && code <= last)
    ? 2
    : 1;
}

/** The longest start that fits, with `...` in place of the rest. */
export function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const [start] = splitAt(text, Math.max(0, width - 3));
  return `${start}${"...".slice(0, width)}`;
}

/** Filled with blanks to exactly `width` columns; cut when it is longer. */
export function pad(text: string, width: number, align: "left" | "right"): string {
  const short = cut(text, width);
  const blanks = " ".repeat(width - textWidth(short));
  return align === "left" ? short + blanks : blanks + short;
}

/** Lines of at most `width` columns (2 at least, for a wide character); breaks at blanks, and inside a word only when it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (textWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    while (textWidth(word) > width) {
      const [start, rest] = splitAt(word, Math.max(2, width));
      lines.push(start);
      word = rest;
    }
    line = word;
  }
  if (line !== "" || lines.length === 0) lines.push(line);
  return lines;
}

/** The first part has at most `width` columns. */
function splitAt(text: string, width: number): [string, string] {
  let taken = 0;
  let index = 0;
  for (const character of text) {
    taken += characterWidth(character);
    if (taken > width) break;
    index += character.length;
  }
  return [text.slice(0, index), text.slice(index)];
}
