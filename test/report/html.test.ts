/** The HTML report as text; how it looks and behaves is tested in a browser (test/browser). */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/analyze.ts";
import { html } from "../../src/report/html.ts";
import { after945, before945, family, snapshot } from "../analyze/factories.ts";
import { analysisSaying, anyText, NASTY } from "./hostile.ts";

const options = { width: 80, color: false, verbose: false };
const render = (analysis: Parameters<typeof html.render>[0]) =>
  Promise.resolve(html.render(analysis, options));
const of945 = analyze([before945, after945], { toolVersion: "0" });

describe("issue 945", () => {
  test("the page has the verdict, the culprit and pictures first, then findings, the tree and the formulas", async () => {
    const page = await render(of945);
    expect(page).toContain(
      '<p class="verdict">131,066 unnamed inner maps of outer_map take 93 % of the 276.0 MiB~ resident; outer_map 6 %; 2 maps not known (after)</p>',
    );
    const titles = [...page.matchAll(/<h2 [^>]*>([^<]*)<\/h2>/g)].map((it) => it[1]);
    expect(titles.slice(0, 4)).toEqual(["Suspects", "Pictures", "Findings", "Maps in maps"]);
    expect(titles).toContain("How each number was computed");
    // Three pictures, each for a page and for a telephone.
    expect(page.match(/<svg /g)).toHaveLength(6);
  });

  test("every link of the contents leads to a place in the page", async () => {
    const page = await render(of945);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((it) => it[1]);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map((it) => it[1]);
    expect(targets.filter((it) => !ids.includes(it))).toEqual([]);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test("it is the same every time", async () => {
    expect(await render(of945)).toBe(await render(of945));
  });
});

describe("the policy", () => {
  test("names the hashes of the script and the style that are there, and allows nothing else", async () => {
    const page = await render(of945);
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? "";
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    const script = /<script type="module">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hash(style)}`,
      `script-src ${hash(script)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test("is not in need of styles or handlers in attributes", async () => {
    expect(await render(of945)).not.toMatch(/<[^>]+ (?:style|on[a-z]+)=/);
  });
});

test("whatever the input says, nothing of it becomes markup", async () => {
  const tags = async (text: string) => {
    const page = await render(analysisSaying(text));
    return [...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map((it) => it[1]);
  };
  const known = new Set(await tags("plain"));
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      expect((await tags(text)).filter((it) => !known.has(it))).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

test.each(NASTY)("a page is made whatever a map is called: %j", async (name) => {
  const page = await render(analysisSaying(name));
  expect(page.match(/<figure /g)).toHaveLength(2);
});

test("charts show names, not the numbers that stand for them in the drawing", async () => {
  const named = (label: string) =>
    snapshot(
      ["toString", "constructor"].map((name) => family({ id: name, name, residentBytes: 4096 })),
      { label, totals: { maps: 2, residentBytes: { ...sized, value: 16_384 } } },
    );
  const sized = { basis: "modeled", missing: 0 } as const;
  const page = await render(analyze([named("__proto__"), named("valueOf")], { toolVersion: "0" }));
  const growth = /id="chart-growth">[\s\S]*?<\/svg>/.exec(page)?.[0] ?? "";
  const labels = [...growth.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map((it) => it[1]);
  for (const name of ["__proto__", "valueOf", "toString", "constructor", "all others"]) {
    expect(labels).toContain(name);
  }
});
