/** The report to paste into an issue. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/analyze.ts";
import { markdown } from "../../src/report/markdown.ts";
import { markdownLine, markdownText } from "../../src/report/parts/markdown-text.ts";
import { after945, before945 } from "../analyze/factories.ts";
import { analysisSaying, anyText } from "./hostile.ts";

const options = { width: 80, color: false, verbose: true };

describe("issue 945", () => {
  const lines = markdown
    .render(analyze([before945, after945], { toolVersion: "0" }), { ...options, verbose: false })
    .split("\n");

  test("the first line names the suspects", () => {
    expect(lines[0]).toBe(
      "**131,066 unnamed inner maps of outer_map take 93 % of the 276.0 MiB\\~ resident; outer_map 6 %; 2 maps not known (after)**",
    );
  });

  test("the growth is a table", () => {
    expect(lines).toContain("| maps | 65,538 | 131,072 | +65,534 |  |");
    expect(lines).toContain("| --- | ---: | ---: | ---: | ---: |");
  });

  test("every finding has its recommendation and page", () => {
    expect(lines.join("\n")).toMatch(
      /- \*\*warning: oversized-scale-step\*\*, kmesh-57rbp \(after\), saves 112\.0 MiB {2}\n {2}daemon .*\n {2}\*Do:\* Take a smaller .*docs\/rules\/oversized-scale-step\.md/,
    );
  });
});

test.each([
  ["a|b", "a&#124;b"],
  ["`x`", "&#96;x&#96;"],
  ["<b>", "&lt;b>"],
  ["&amp;", "&amp;amp;"],
  ["*x*", "\\*x\\*"],
  ["_x_", "\\_x\\_"],
  ["map_of_x", "map_of_x"],
  ["[a](b)", "\\[a\\](b)"],
  ["@user", "@&#8203;user"],
  ["#12", "#&#8203;12"],
  ["https://example.org", "https:&#8203;//example.org"],
  ["www.example.org", "www&#8203;.example.org"],
  ["~~x~~", "\\~\\~x\\~\\~"],
  ["$x$", "\\$x\\$"],
])("%j is written as %j", (text, expected) => {
  expect(markdownText(text)).toBe(expected);
});

test.each([
  ["- x", "\\- x"],
  ["# x", "\\# x"],
  ["> x", "\\> x"],
  ["1. x", "&#8203;1. x"],
  ["6.1.19", "6.1.19"],
])("at the start of a line %j is written as %j", (text, expected) => {
  expect(markdownLine(text)).toBe(expected);
});

test("no text of the input adds a cell, a row, HTML, code or a mention", () => {
  const shape = (text: string) =>
    markdown
      .render(analysisSaying(text), options)
      .split("\n")
      .map((line) => (line.match(/\|/g) ?? []).length);
  const harmless = shape("x");
  fc.assert(
    fc.property(anyText, (text) => {
      const report = markdown.render(analysisSaying(text), options);
      expect(report).not.toMatch(/<|`|@[\p{L}\p{N}]/u);
      expect(report.replaceAll("\n", "")).not.toMatch(/\p{C}/u);
      // A name that is empty or that equals another changes how rows are grouped, not their cells.
      expect(new Set(shape(text))).toEqual(new Set(harmless));
    }),
    { numRuns: 60 },
  );
});
