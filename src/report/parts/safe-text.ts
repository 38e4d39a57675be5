/**
 * Text of the input made harmless: names and paths come from strangers, and a terminal or a reader's
 * eye must not be steered by them. What is not shown as it is becomes `\u{202e}`.
 */

/** Control, format (bidi marks, zero-width), unpaired, private and unassigned characters, line separators. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Characters that are drawn as nothing or as a blank, which would hide in a name. */
const BLANK = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Marks with nothing to stand on, and the third and later ones of a pile. */
const STRAY_MARKS = /(?<=^|[^\p{L}\p{M}\p{N}])\p{M}+|(?<=\p{M}\p{M})\p{M}+/gu;

export function safeText(text: string): string {
  return text
    .normalize("NFC")
    .replace(UNSAFE, escaped)
    .replace(BLANK, escaped)
    .replace(STRAY_MARKS, (marks) => Array.from(marks, escaped).join(""));
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
