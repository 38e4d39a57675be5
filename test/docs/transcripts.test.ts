/** What documents show of the tool is what it prints; `npm run test:update` copies it anew. */
import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { excerptProblem, renewedExcerpt } from "../support/excerpt.ts";
import { filesUnder, ROOT, read } from "../support/project-files.ts";
import { hasTranscript, transcriptProblems, withTranscripts } from "../support/transcripts.ts";

const update = process.env.UPDATE_GOLDEN === "1";
const pages = ["README.md", ...filesUnder("docs").filter((path) => path.endsWith(".md"))];

test.each(pages.filter((page) => hasTranscript(read(page))))(
  "%s shows what the tool prints",
  async (page) => {
    if (update) writeFileSync(ROOT + page, await withTranscripts(read(page)));
    expect(await transcriptProblems(read(page))).toEqual([]);
  },
  120_000,
);

test("README.md and the guides have transcripts", () => {
  const without = pages.filter(
    (page) => /^README|^docs\/guides\//.test(page) && !hasTranscript(read(page)),
  );
  expect(without).toEqual([]);
});

describe("an excerpt", () => {
  const OUTPUT = lines(
    "12 maps take 3.0 MiB||Growth|a 1|b 2|c 3||Findings|warning: x|  because 7||Host|6.1",
  );

  test.each([
    ["all of it", OUTPUT.join("|")],
    ["the beginning", "12 maps take 3.0 MiB||..."],
    ["the end", "...||Host|6.1"],
    ["the middle, whole parts", "...||Growth|a 1|b 2|c 3||..."],
    ["a part cut short, then a later one", "12 maps take 3.0 MiB||Growth|a 1|...||Findings|..."],
    ["nothing of it", "..."],
  ])("may be %s, and is not changed then", (_what, excerpt) => {
    expect(excerptProblem(lines(excerpt), OUTPUT)).toBeUndefined();
    expect(renewedExcerpt(lines(excerpt), OUTPUT)).toEqual(lines(excerpt));
  });

  test.each([
    ["another number", "13 maps take 3.0 MiB||...", "12 maps take 3.0 MiB||..."],
    ["a part that grew", "...||Growth|a 1||...", "...||Growth|a 1|b 2|c 3||..."],
    ["a line less in a part cut short", "...|Growth|a 1|c 3|...", "...|Growth|a 1|b 2|..."],
    ["another beginning", "Growth|a 1|b 2|c 3||...", "12 maps take 3.0 MiB||..."],
    [
      "another end",
      "...|Findings|warning: x|  because 7",
      "...|Findings|warning: x|  because 7||Host|6.1",
    ],
    [
      "a number in the line that it begins with",
      "...|warning: x|  because 8|...",
      "...|warning: x|  because 7|...",
    ],
    ["no output at all", "", OUTPUT.join("|")],
  ])("with %s is noticed, and copied anew", (_what, excerpt, renewed) => {
    expect(excerptProblem(lines(excerpt), OUTPUT)).toBeDefined();
    expect(renewedExcerpt(lines(excerpt), OUTPUT)).toEqual(lines(renewed));
  });

  test("in another order is noticed", () => {
    const swapped = lines("...|Findings|...|Growth|...");
    expect(excerptProblem(swapped, OUTPUT)).toContain("Growth");
    expect(() => renewedExcerpt(swapped, OUTPUT)).toThrow("choose another by hand");
  });

  function lines(text: string): string[] {
    return text === "" ? [] : text.split("|");
  }
});

describe("a page", () => {
  const page = (...block: string[]) => ["Text.", "", "```console", ...block, "```", ""].join("\n");
  const OLD = page(
    "$ npx mapscope explain E2BIG",
    "E3BIG (errno 7)",
    "...",
    "$ mapscope explain x > x",
    "...",
    "$ echo $?",
    "0",
  );

  test("is held against what its commands print and end with", async () => {
    expect(await transcriptProblems(OLD)).toEqual([
      expect.stringMatching(/^\$ npx mapscope explain E2BIG\nthe output does not show.*\nE3BIG/),
      expect.stringMatching(/^\$ echo \$\?\n/),
    ]);
    const renewed = await withTranscripts(OLD);
    expect(renewed).toContain("E2BIG (errno 7): the index");
    expect(await transcriptProblems(renewed)).toEqual([]);
  });

  test("may not leave out that a command fails", async () => {
    expect(await transcriptProblems(page("$ mapscope explain x", "..."))).toEqual([
      expect.stringContaining("ends with 2"),
    ]);
  });

  test("keeps files from one command to the next, and knows `*` and quotes", async () => {
    const files = page(
      '$ mapscope analyze "fixtures/capture-6.18-objects/after/map-show.json" \\',
      "    fixtures/capture-6.18-objects/*.txt --format json > a.json",
      "$ mapscope analyze a.json",
      "outer_map",
      "...",
    );
    const renewed = await withTranscripts(files);
    expect(renewed).toMatch(/a\.json\n\$ mapscope analyze a\.json\nouter_map \(array_of_maps\)/);
    expect(await transcriptProblems(renewed)).toEqual([]);
  });

  test("has no other commands", async () => {
    await expect(transcriptProblems(page("$ rm -r x"))).rejects.toThrow(
      "not a command of mapscope",
    );
  });
});
