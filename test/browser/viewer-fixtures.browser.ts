/** Each fixture dropped on the viewer: what the page shows and saves is what the command line says. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Analysis } from "../../src/analyze/analysis.ts";
import { formatBytes, formatCount } from "../../src/base/units.ts";
import { FIGURE_TITLE } from "../../src/report/parts/numbers.ts";
import { ROOT } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";
import type { Watched } from "./chromium.ts";
import { viewerSuite } from "./suite.ts";
import { cards, dropped, openViewer, saved } from "./viewer-page.ts";

const suite = viewerSuite();

const folders = readdirSync(join(ROOT, "fixtures"))
  .filter((it) => statSync(join(ROOT, "fixtures", it)).isDirectory())
  .sort();

/** In a drop paths start with what was dropped; so they do on the command line beside it. */
async function byCommandLine(
  name: string,
): Promise<{ analysis: Analysis | undefined; text: string }> {
  const argv = ["analyze", name, "--format", "json"];
  const { stdout: text } = await runCli(argv, join(ROOT, "fixtures"));
  return { analysis: text === "" ? undefined : JSON.parse(text), text };
}

function judged({ snapshots, verdict }: Analysis) {
  const found = snapshots.find((it) => it.label === verdict?.snapshot);
  return found ?? snapshots.findLast((it) => it.families.length > 0) ?? snapshots.at(-1);
}

async function expectTotals(page: Page, analysis: Analysis): Promise<void> {
  const totals = judged(analysis)?.totals;
  if (totals === undefined || totals.maps === 0) {
    expect(await page.locator(".cards").count()).toBe(0);
    return;
  }
  const shown = await cards(page);
  expect(shown.maps).toBe(formatCount(totals.maps));
  for (const name of ["memlockBytes", "preallocatedBytes", "usedBytes", "residentBytes"] as const) {
    const total = totals[name];
    expect(shown[FIGURE_TITLE[name]]).toBe(total && formatBytes(total.value));
  }
}

function expectQuiet({ messages, requests }: Watched): void {
  expect(messages).toEqual([]);
  // What is opened is asked of nobody: blobs are the page's own.
  const others = requests.filter((it) => !it.startsWith(suite.url) && !it.startsWith("blob:"));
  expect(others).toEqual([]);
}

describe.each(folders)("fixtures/%s", (name) => {
  test("the totals on the page and the JSON that it saves are the command line's", async () => {
    const { analysis, text } = await byCommandLine(name);
    const watched = await openViewer(suite.browser, suite.url);
    const { page } = watched;
    const shown = await dropped(page, `fixtures/${name}`);
    if (analysis === undefined) {
      expect(shown).toBe("problem");
    } else {
      expect(shown).toBe("view");
      await expectTotals(page, analysis);
      expect(await saved(page, "json")).toBe(text);
    }
    expectQuiet(watched);
    await page.close();
  });
});
