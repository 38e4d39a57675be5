/** The HTML report in a real browser: it shows what the other formats say, does nothing else, and can be used by all. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { html } from "../../src/report/html.ts";
import { analysisSaying, NASTY } from "../report/hostile.ts";
import { runCli } from "../support/run-cli.ts";
import { launch, watchedPage } from "./chromium.ts";

let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "mapscope-html-"));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

const CASES = {
  "issue 945": ["analyze", "fixtures/issue-945/report.md"],
  "a capture": ["analyze", "fixtures/capture-6.18/before", "fixtures/capture-6.18/after"],
  "an audit": [
    ...["audit", "examples/audit/release-2", "--config", "examples/audit/mapscope.config.json"],
    ...["--baseline", "examples/audit/release-1", "--date", "2026-11-24"],
  ],
  objects: ["inspect", "fixtures/bpf-object/map-attributes.el.o", "--layout"],
  sizes: [
    ...["size", "--type", "hash", "--key-size", "4", "--value-size", "8"],
    ...["--max-entries", "1000", "--kernel", "6.1,6.18"],
  ],
} as const;

async function written(name: string, text: string): Promise<string> {
  const file = join(folder, `${name.replaceAll(" ", "-")}.html`);
  writeFileSync(file, text);
  return pathToFileURL(file).href;
}

async function opened(argv: readonly string[], options = {}) {
  const { stdout } = await runCli([...argv, "--format", "html"]);
  const watched = await watchedPage(browser, options);
  await watched.page.goto(await written(argv.join("-").replaceAll("/", "_").slice(0, 60), stdout));
  return watched;
}

describe.each(Object.entries(CASES))("%s", (_, argv) => {
  test("says nothing on the console and asks for nothing but itself", async () => {
    const { page, messages, requests } = await opened(argv);
    expect(messages).toEqual([]);
    expect(requests).toHaveLength(1);
    await page.close();
  });

  test.each([
    ["light", 1200],
    ["dark", 1200],
    ["light", 360],
  ] as const)("has nothing serious for axe-core, %s, %i px wide", async (colorScheme, width) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await context.newPage();
    const { stdout } = await runCli([...argv, "--format", "html"]);
    await page.goto(await written(`axe-${width}`, stdout));
    const { violations } = await new AxeBuilder({ page }).analyze();
    const grave = violations.filter((it) => it.impact === "serious" || it.impact === "critical");
    expect(grave.map((it) => [it.id, it.nodes[0]?.html])).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await context.close();
  });
});

test("the totals are those of the command line", async () => {
  const argv = CASES["issue 945"];
  const { page } = await opened(argv);
  const { stdout } = await runCli([...argv, "--format", "json"]);
  const { totals } = JSON.parse(stdout).snapshots.at(-1);
  const card = (name: string) =>
    page.locator(".cards > div", { has: page.locator("dt", { hasText: name }) }).locator("dd");
  expect(await card("maps").textContent()).toContain(totals.maps.toLocaleString("en"));
  const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  expect(await card("reported").textContent()).toContain(mib(totals.memlockBytes.value));
  expect(await card("resident").textContent()).toContain(mib(totals.residentBytes.value));
  await page.close();
});

test("tables sort and filter with the keyboard alone", async () => {
  const { page } = await opened(CASES["issue 945"]);
  const region = page.getByRole("region", { name: /table: Maps, largest first \(after\)/ });
  const button = region.getByRole("button", { name: "maps" });
  await button.focus();
  await page.keyboard.press("Enter");
  const column = () => region.locator("tbody tr td:nth-child(3)").allTextContents();
  const numbers = async () => (await column()).map((it) => Number(it.replaceAll(",", "")));
  const falling = await numbers();
  expect(falling).toEqual(falling.toSorted((a, b) => b - a));
  await page.keyboard.press("Enter");
  expect(await numbers()).toEqual(falling.toSorted((a, b) => a - b));
  const filter = page.locator(".filter:visible input").first();
  await filter.focus();
  await page.keyboard.type("no such thing anywhere");
  expect(await page.locator(".filter:visible output").first().textContent()).toMatch(/^0 of \d+$/);
  await page.close();
});

test("without its script everything is still there", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const { stdout } = await runCli([...CASES["issue 945"], "--format", "html"]);
  await page.goto(await written("no-script", stdout));
  expect(await page.locator("table").count()).toBeGreaterThan(5);
  expect(await page.locator("figure svg:visible").count()).toBe(3);
  await context.close();
});

test("a telephone gets pictures of its own width, whose words are as large as on a page", async () => {
  const sizes = async (width: number) => {
    const { page } = await opened(CASES["issue 945"], { viewport: { width, height: 800 } });
    const found = await page
      .locator("figure svg:visible")
      .evaluateAll((all) =>
        all.map((it) => [
          it.getBoundingClientRect().width,
          it.getBoundingClientRect().width / (it as SVGSVGElement).viewBox.baseVal.width,
        ]),
      );
    await page.close();
    return found;
  };
  const [narrow, wide] = [await sizes(360), await sizes(1200)];
  expect(narrow).toHaveLength(3);
  for (const [width = 0, scale = 0] of narrow) {
    expect(width).toBeLessThanOrEqual(328);
    expect(scale).toBeCloseTo(1);
  }
  for (const [width = 0] of wide) expect(width).toBeGreaterThan(700);
});

test("findings are told with what proves them", async () => {
  const { page } = await opened(CASES["issue 945"]);
  const finding = page.locator(".findings > li", { hasText: "oversized-scale-step" }).first();
  await finding.locator("summary").click();
  const rows = await finding.locator(".evidence tr").allTextContents();
  expect(rows.join("\n")).toMatch(/claimed.*65,536/);
  await page.close();
});

test("the policy holds: a script that got in would not run", async () => {
  const { stdout } = await runCli([...CASES.sizes, "--format", "html"]);
  const attacked = stdout.replace("</main>", "<script>window.broken = true</script></main>");
  const { page, messages } = await watchedPage(browser);
  await page.goto(await written("attacked", attacked));
  expect(await page.evaluate(() => "broken" in window)).toBe(false);
  expect(messages.join("\n")).toMatch(/Content Security Policy/);
  await page.close();
});

test.each([...NASTY, "<script>window.broken = true</script>", "\u202e", "x".repeat(10_000)])(
  "a name is shown as text: %j",
  async (name) => {
    const { page, messages, requests } = await watchedPage(browser, {
      viewport: { width: 800, height: 600 },
    });
    const analysis = analysisSaying(name);
    const text = await html.render(analysis, { width: 80, color: false, verbose: true });
    await page.goto(await written("hostile", text));
    expect(await page.evaluate(() => "broken" in window)).toBe(false);
    expect(await page.locator("main script, main img").count()).toBe(0);
    expect(messages).toEqual([]);
    expect(requests).toHaveLength(1);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await page.close();
  },
);
