/** Widths as Unicode gives them (EastAsianWidth.txt) and as a terminal shows them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeText } from "../../src/report/parts/safe-text.ts";
import { cut, pad, textWidth, wrap } from "../../src/report/parts/text-width.ts";

test.each([
  ["kmesh_cluster", 13],
  ["", 0],
  ["\u7f51\u683c", 4],
  ["\uff21", 2],
  ["\ud55c", 2],
  ["caf\u00e9", 4],
  ["e\u0301", 1],
  ["\u{1f980}", 2],
  ["\u2728", 2],
  ["\u2014", 1],
])("%j takes %i columns", (text, width) => {
  expect(textWidth(text)).toBe(width);
});

describe("whatever the text", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 200 }).map(safeText);
  const anyWidth = fc.integer({ min: 4, max: 120 });

  test("padded text takes exactly the columns asked for", () => {
    fc.assert(
      fc.property(anyText, anyWidth, fc.constantFrom("left", "right"), (text, width, align) => {
        expect(textWidth(pad(text, width, align as "left" | "right"))).toBe(width);
      }),
    );
  });

  test("cut text fits, and text that fits is not cut", () => {
    fc.assert(
      fc.property(anyText, anyWidth, (text, width) => {
        const short = cut(text, width);
        expect(textWidth(short)).toBeLessThanOrEqual(width);
        if (textWidth(text) <= width) expect(short).toBe(text);
      }),
    );
  });

  test("wrapped lines fit and lose nothing but blanks", () => {
    fc.assert(
      fc.property(anyText, anyWidth, (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      }),
    );
  });
});
