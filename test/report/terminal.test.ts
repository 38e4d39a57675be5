/** The report for a terminal. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/analyze.ts";
import { textWidth } from "../../src/report/parts/text-width.ts";
import type { RenderOptions } from "../../src/report/renderer.ts";
import { terminal } from "../../src/report/terminal.ts";
import { after945, before945, family, snapshot } from "../analyze/factories.ts";
import { analyzeFixture } from "../support/analyze-fixture.ts";
import { analysisSaying, anyText } from "./hostile.ts";

const plain: RenderOptions = { width: 80, color: false, verbose: false };
const of945 = analyze([before945, after945], { toolVersion: "0" });
const linesOf = (text: string) => text.replace(/\n$/, "").split("\n");

describe("issue 945", () => {
  const lines = linesOf(terminal.render(of945, plain));

  test("the first line names the suspects with their share, and what the sum leaves out", () => {
    expect(lines[0]).toBe(
      "inner maps of outer_map: 93 % of 276.0 MiB~ resident; 2 maps not known (after)",
    );
  });

  test("growth from before to after stands side by side", () => {
    expect(lines).toContain("Growth: before -> after");
    expect(lines.find((it) => it.startsWith("maps "))).toMatch(/65,538 +131,072 +\+65,534$/);
    expect(lines.find((it) => it.startsWith("resident "))).toMatch(
      /148\.0 MiB~ +276\.0 MiB~ +\+128\.0 MiB +2 maps$/,
    );
  });

  test("a number that was not measured has its mark, one that is not known a dash and a reason", () => {
    expect(lines.find((it) => it.startsWith("inner maps of outer_map  131,066"))).toMatch(
      /512\.0 MiB +201\.0 MiB~ +- +256\.0 MiB~$/,
    );
    expect(lines).toContain("~ modeled   ^ inferred   ? assumed   - not known");
    expect(lines).toContain(
      "  used of inner maps of outer_map: which slots hold a value was not captured",
    );
  });

  test("a finding that holds in both snapshots is told once", () => {
    const heads = lines.filter((it) => it.includes(": uncounted-inner-maps"));
    expect(heads).toEqual([
      "  warning: uncounted-inner-maps  inner maps of outer_map (after; also before)",
    ]);
  });

  test("colour adds nothing but colour", () => {
    const colored = terminal.render(of945, { ...plain, color: true });
    expect(colored).toContain("\u001b[");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the sequences that colour is made of.
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(terminal.render(of945, plain));
  });
});

test("a suspect that a nominal figure makes large is said to be so", () => {
  const said = (accounting: "rounded-entries" | "per-type") =>
    terminal.render(
      analyze(
        [
          snapshot([family({ name: "big", memlockBytes: 90 })], {
            host: {
              pageSize: { value: 4096, basis: "assumed", source: "" },
              accounting: { value: accounting, basis: "reported", source: "" },
            },
          }),
        ],
        { toolVersion: "0" },
      ),
      { ...plain, width: 200 },
    );
  const caveat = "that was fixed when it was created, whatever it holds";
  expect(said("rounded-entries")).toContain(caveat);
  expect(said("per-type")).not.toContain(caveat);
});

test("no line is wider than asked for, whatever the input says", () => {
  fc.assert(
    fc.property(
      anyText,
      fc.integer({ min: 60, max: 200 }),
      fc.boolean(),
      (text, width, verbose) => {
        const report = terminal.render(analysisSaying(text), { width, color: false, verbose });
        for (const line of linesOf(report)) expect(textWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
    { numRuns: 60 },
  );
});

test("no text of the input reaches the terminal's controls or turns its direction", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(
        terminal.render(analysisSaying(text), { ...plain, verbose: true }).replaceAll("\n", ""),
      ).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 60 },
  );
});

describe.each([80, 120])("the first page of issue 945 at %d columns", (width) => {
  test("names the suspects with their share, then what was found, and only then tables", async () => {
    const analysis = await analyzeFixture("issue-945/report.md");
    const lines = linesOf(terminal.render(analysis, { ...plain, width }));
    const page = lines.slice(0, 40);
    const joined = page.map((it) => it.trim()).join(" ");
    expect(joined).toContain(
      "131,066 unnamed inner maps of outer_map: 257.0 MiB resident, nearly all (94 %) of the 273.6 MiB? known; two thirds (65 %) of what it took holds nothing (131.9 MiB?). Scale step leaves most slots unused: oversized-scale-step, saves 112.5 MiB",
    );
    expect(page.filter((it) => /^ {2}warning: /.test(it)).length).toBeGreaterThanOrEqual(3);
    const headings = lines.filter((_, index) => lines[index - 1] === "");
    expect(headings.slice(0, 2)).toEqual(["Suspects", "Findings"]);
    expect(lines.at(-3)).toBe("More");
    expect(lines.slice(-2).join(" ")).toMatch(/--verbose adds every row/);
  });
});

test("--verbose tells what is done about each finding, and how to capture what is missing", async () => {
  const analysis = await analyzeFixture("issue-945/report.md");
  const [brief, whole] = [false, true].map((verbose) =>
    linesOf(terminal.render(analysis, { ...plain, verbose })),
  );
  const told = (lines: readonly string[] | undefined, what: RegExp) =>
    lines?.filter((it) => what.test(it)).length;
  expect(told(brief, /^ {4}do: /)).toBe(3);
  expect(told(whole, /^ {4}do: /)).toBe(12);
  expect(brief?.join(" ")).not.toContain("bpftool -j map dump id ID");
  expect(whole?.join(" ")).toMatch(/bpftool\s+-j\s+map\s+dump\s+id\s+ID/);
  expect(told(whole, /^More$/)).toBe(0);
});

test("a wider terminal shows more columns", () => {
  const head = (width: number) =>
    linesOf(terminal.render(of945, { ...plain, width })).find(
      (it) => /^map +(type +)?maps +.*reported/.test(it) && it.includes("prealloc"),
    );
  expect(head(80)).not.toContain("type");
  expect(head(140)).toContain("type");
  expect(head(140)).toContain("idle");
});

test("many families are cut to the largest, and --verbose shows all", () => {
  const families = Array.from({ length: 40 }, (_, index) =>
    family({ id: `m${index}`, name: `map_${index}`, memlockBytes: 4096 }),
  );
  const analysis = analyze([snapshot(families)], { toolVersion: "0" });
  expect(terminal.render(analysis, plain)).toContain(
    "32 more rows, each smaller; --verbose shows all",
  );
  const verbose = linesOf(terminal.render(analysis, { ...plain, verbose: true }));
  expect(verbose.filter((it) => /^map_\d+ /.test(it) && it.endsWith("-"))).toHaveLength(40);
});

test("an analysis of nothing says so", () => {
  expect(linesOf(terminal.render(analyze([], { toolVersion: "0" }), plain))[0]).toBe(
    "No map was found in the input",
  );
});
