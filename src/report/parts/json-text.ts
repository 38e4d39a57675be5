/** JSON that is safe to print, whole or in pieces: a hundred thousand families are more than one string holds. */

/** Containers in one another that are written item by item: a snapshot's families are the fourth. */
const DEPTH = 4;

/** Long enough that a write is not for nothing. */
const PIECE_CHARACTERS = 64 * 1024;

export function jsonText(value: unknown): string {
  return [...jsonPieces(value)].join("");
}

/** What `JSON.stringify(value, null, 2)` gives, but for the characters that are escaped. */
export function* jsonPieces(value: unknown): Iterable<string> {
  let held = "";
  for (const part of parts(value, DEPTH, "\n")) {
    held += part;
    if (held.length < PIECE_CHARACTERS) continue;
    yield escapeControls(held);
    held = "";
  }
  yield escapeControls(held);
}

/** @param line the break and the indentation of the line that `value` stands on. */
function* parts(value: unknown, depth: number, line: string): Iterable<string> {
  const isList = Array.isArray(value);
  if (depth === 0 || typeof value !== "object" || value === null) {
    // An undefined item of a list is written as null, as everywhere in JSON.
    yield (JSON.stringify(value, null, 2) ?? "null").replaceAll("\n", line);
    return;
  }
  const inner = `${line}  `;
  let before: string = isList ? "[" : "{";
  for (const [key, item] of Object.entries(value)) {
    if (!isList && item === undefined) continue;
    yield `${before}${inner}${isList ? "" : `${JSON.stringify(key)}: `}`;
    yield* parts(item, depth - 1, inner);
    before = ",";
  }
  const isEmpty = before !== ",";
  yield `${isEmpty ? before : line}${isList ? "]" : "}"}`;
}

/** Characters that steer a terminal or turn text around, which JSON may hold raw: names come from the input. */
const CONTROLS = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function escapeControls(text: string): string {
  return text.replace(CONTROLS, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
