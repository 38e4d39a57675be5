/** Names come from strangers. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { safeText } from "../../src/report/parts/safe-text.ts";

test.each([
  ["an ANSI sequence", "\u001b[2Jgone", "\\u{1b}[2Jgone"],
  ["a line break", "a\nb", "a\\u{a}b"],
  ["a right-to-left override", "evil\u202egpj.sh", "evil\\u{202e}gpj.sh"],
  ["an isolate", "\u2067x\u2069", "\\u{2067}x\\u{2069}"],
  ["a zero-width space", "ro\u200bot", "ro\\u{200b}ot"],
  ["a byte order mark", "\ufeffx", "\\u{feff}x"],
  ["a C1 control", "\u009b31m", "\\u{9b}31m"],
  ["half of a pair", "x\ud800", "x\\u{d800}"],
  ["a filler that is drawn as nothing", "\u3164", "\\u{3164}"],
  ["a mark with nothing to stand on", "\u0301x", "\\u{301}x"],
  ["a pile of marks", "a\u0323\u0324\u0325\u0326", "\u1ea1\u0324\u0325\\u{326}"],
  ["a line separator", "a\u2028b", "a\\u{2028}b"],
])("%s is shown as a number", (_, text, expected) => {
  expect(safeText(text)).toBe(expected);
});

test.each([
  "kmesh_cluster",
  ".rodata",
  "\u7f51\u683c",
  "caf\u00e9",
  "nai\u0308ve",
  "\u{1f980}",
  "a b",
  "",
])("%j stays as it reads", (text) => {
  expect(safeText(text)).toBe(text.normalize("NFC"));
});

test("nothing that comes out can move a cursor, hide, or change the direction of text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(safeText(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
    }),
  );
});
