/** The viewer in use: it opens what it is given, can be cancelled, linked into, walked with the keyboard, and trusted. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Analysis } from "../../src/analyze/analysis.ts";
import { ROOT } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";
import { hostViewer } from "./static-server.ts";
import { ISSUE, viewerSuite } from "./suite.ts";
import { cards, drop, dropped, openViewer, saved, settled, showView } from "./viewer-page.ts";

const suite = viewerSuite();

test("someone who knows Kmesh finds the culprit of issue 945 and what to do in one click", async () => {
  const { page } = await suite.issueOpen();
  const suspect = page.locator(".suspects > li").first();
  expect(await suspect.textContent()).toMatch(/131,066 unnamed inner maps of outer_map/);
  await suspect.getByRole("button", { name: /What to do/ }).click();
  const finding = page.locator(".findings > li.chosen");
  expect(await finding.textContent()).toMatch(
    /oversized-scale-step.*Do: Take a smaller scale-up step/s,
  );
  await page.close();
});

test("pasted text is read like a file", async () => {
  const { page } = await openViewer(suite.browser, suite.url);
  const list =
    '[{"id":7,"type":"hash","name":"mine","flags":0,"bytes_key":4,"bytes_value":8,"max_entries":10,"bytes_memlock":4096,"frozen":0}]';
  await page.getByLabel("Or paste text").fill(list);
  await page.getByRole("button", { name: "Read the text" }).click();
  expect(await settled(page)).toBe("view");
  await showView(page, "Maps");
  expect(await page.locator(".grid").textContent()).toContain("mine");
  await page.close();
});

test("what cannot be read is told with the reason, and the page goes on", async () => {
  const { page } = await openViewer(suite.browser, suite.url);
  expect(await dropped(page, suite.fileOf("empty.json", ""))).toBe("problem");
  expect(await page.locator(".problem").textContent()).toMatch(/no bytes/);
  expect(await page.locator(".problem").textContent()).not.toMatch(/\bat .*\.js/);
  await drop(page, ISSUE);
  await page.locator("#view-title").waitFor();
  await page.close();
});

test("what is said of the host counts as on the command line", async () => {
  const node = "fixtures/kmesh-v0.5.0-node";
  const { page } = await openViewer(suite.browser, suite.url);
  await dropped(page, node);
  await page.locator("#header summary", { hasText: "Host" }).click();
  await page.getByLabel("Possible CPUs").fill("8");
  await page.getByLabel("Kernel release").fill("6.1.19");
  await page.getByRole("button", { name: "Read again" }).click();
  await page.locator("#view-title").waitFor();
  const said = ["--possible-cpus", "8", "--kernel", "6.1.19"];
  const { stdout } = await runCli(["analyze", node, ...said, "--format", "json"]);
  expect(await saved(page, "json")).toBe(stdout.replaceAll("fixtures/kmesh", "kmesh"));
  await page.close();
});

test("a saved analysis opens with the totals that it was saved with", async () => {
  const { stdout } = await runCli(["analyze", ISSUE, "--format", "json"]);
  const { page } = await openViewer(suite.browser, suite.url);
  await dropped(page, suite.fileOf("analysis.json", stdout));
  const again: Analysis = JSON.parse(await saved(page, "json"));
  const totals = ({ snapshots }: Analysis) => snapshots.map((it) => it.totals);
  expect(totals(again)).toEqual(totals(JSON.parse(stdout)));
  await page.close();
});

test("a second drop can be added as a snapshot, and compare says what the command says", async () => {
  const { page } = await openViewer(suite.browser, suite.url);
  await dropped(page, "fixtures/capture-6.18/before");
  await drop(page, "fixtures/capture-6.18/after");
  await page.getByRole("button", { name: "As another snapshot, to compare" }).click();
  await page.locator("#snapshot").waitFor();
  expect(await page.locator("#snapshot option").allTextContents()).toEqual(["before", "after"]);
  await showView(page, "Compare");
  await page.locator("#part-summary .verdict").waitFor();
  const { stdout } = await runCli([
    ...["compare", "fixtures/capture-6.18/before", "fixtures/capture-6.18/after"],
    ...["--format", "markdown"],
  ]);
  const verdict = (await page.locator("#part-summary .verdict").textContent()) ?? "";
  expect(stdout.replaceAll("\\", "").replaceAll("**", "")).toContain(verdict);
  await page.close();
});

test("a second drop leaves the labels of a before and after as they are", async () => {
  const { page } = await suite.issueOpen();
  await drop(page, "fixtures/capture-6.18/after");
  await page.getByRole("button", { name: "As another snapshot, to compare" }).click();
  await page.locator("#snapshot option", { hasText: "after 2" }).waitFor({ state: "attached" });
  expect(await page.locator("#snapshot option").allTextContents()).toEqual([
    "before",
    "after",
    "after 2",
  ]);
  await page.close();
});

test("tables are saved as the command line writes them, as bytes where they are bytes", async () => {
  const { page } = await suite.issueOpen();
  await page.locator("#header .save summary").click();
  // Beside the choice of its table a format's name keeps to one line.
  const heights = await page
    .locator("#header .save li button")
    .evaluateAll((all) => all.map((it) => it.getBoundingClientRect().height));
  expect(new Set(heights).size).toBe(1);
  for (const [format, table] of [
    ["csv", "findings"],
    ["arrow", "families"],
    ["openmetrics", undefined],
  ] as const) {
    if (table !== undefined) await page.getByLabel(`table for ${format}`).selectOption(table);
    const own = join(ROOT, suite.fileOf(`own-${format}`, ""));
    const named = table === undefined ? [] : ["--table", table];
    await runCli(["analyze", ISSUE, "--format", format, ...named, "--output", own]);
    const bytes = await download(page, format);
    expect(bytes.length, format).toBeGreaterThan(100);
    const paths = [/fixtures\/issue-945\//g, ""] as const;
    // A file in a folder has a longer path on the command line; Arrow pads what it writes.
    if (format === "arrow") expect(bytes.subarray(0, 6).toString("latin1")).toBe("ARROW1");
    else expect(bytes.toString("utf8")).toBe(readFileSync(own, "utf8").replace(...paths));
  }
  await page.close();
});

test("reading can be cancelled, and the next file is read", async () => {
  const row = (id: number) =>
    `{"id":${id},"type":"hash","name":"m${id}","flags":0,"bytes_key":4,"bytes_value":8,"max_entries":${id},"bytes_memlock":4096}`;
  const rows = Array.from({ length: 150_000 }, (_, index) => row(index + 1));
  const big = suite.fileOf("big.json", `[${rows.join(",")}]`);
  const { page, messages } = await openViewer(suite.browser, suite.url);
  await drop(page, big);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.locator(".start").waitFor();
  expect(await page.locator("#status").textContent()).toBe("cancelled");
  expect(await dropped(page, ISSUE)).toBe("view");
  expect(messages).toEqual([]);
  await page.close();
});

describe("131,072 maps", () => {
  const alike = (id: number) =>
    `{"id":${id},"type":"array","flags":0,"bytes_key":4,"bytes_value":1300,"max_entries":1,"bytes_memlock":4096,"frozen":0}`;
  const list = () =>
    `[${Array.from({ length: 131_072 }, (_, index) => alike(index + 1)).join(",")}]`;

  test("are one row; unfolded, only those in sight are in the page", async () => {
    const { page } = await openViewer(suite.browser, suite.url);
    await dropped(page, suite.fileOf("many.json", list()));
    await showView(page, "Maps");
    const grid = page.locator(".grid");
    expect(await grid.getAttribute("aria-rowcount")).toBe("2");
    await grid.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Unfold the 131,072 maps in the table" }).click();
    expect(await grid.getAttribute("aria-rowcount")).toBe("131074");
    await grid.focus();
    await page.keyboard.press("End");
    await page.locator("#row-131072").waitFor();
    expect(await page.locator("#row-131072").textContent()).toMatch(/^map 131072/);
    expect(await page.locator(".grid .grid-body .grid-row").count()).toBeLessThan(100);
    await page.close();
  });

  test("of different names: the overview comes first, then all of them; a link into another view waits", async () => {
    const named = (id: number) =>
      `{"id":${id},"type":"hash","name":"m${id}","flags":0,"bytes_key":4,"bytes_value":8,"max_entries":${1 + (id % 9)},"bytes_memlock":4096}`;
    const rows = Array.from({ length: 131_072 }, (_, index) => named(index + 1));
    const file = suite.fileOf("named.json", `[${rows.join(",")}]`);
    const { page, messages } = await openViewer(suite.browser, suite.url);
    await dropped(page, file);
    expect((await cards(page)).maps).toBe("131,072");
    // What the overview leads to while the rest is on its way is shown when it is there.
    await page
      .getByRole("button", { name: /^Show the maps/ })
      .first()
      .click();
    const grid = page.locator(".grid");
    await grid.waitFor();
    expect(await grid.getAttribute("aria-rowcount")).toBe("131073");
    expect(await page.locator("#rest").count()).toBe(0);
    await page.evaluate(() => {
      location.hash = "#/overview";
    });
    await page.locator("#view-title", { hasText: /^Overview$/ }).waitFor();
    await drop(page, ISSUE);
    await page.getByRole("button", { name: /^In place of/ }).click();
    await page.locator("#snapshot").waitFor();
    expect((await cards(page)).maps).toBe("131,116");
    expect(messages).toEqual([]);
    await page.close();
  });
});

test("what is dropped while something is read is what is shown", async () => {
  const row = (id: number) =>
    `{"id":${id},"type":"hash","name":"m${id}","flags":0,"bytes_key":4,"bytes_value":8,"max_entries":${id},"bytes_memlock":4096}`;
  const rows = Array.from({ length: 50_000 }, (_, index) => row(index + 1));
  const { page } = await openViewer(suite.browser, suite.url);
  await drop(page, suite.fileOf("first.json", `[${rows.join(",")}]`));
  await drop(page, ISSUE);
  expect(await settled(page)).toBe("view");
  expect((await cards(page)).maps).toBe("131,116");
  await page.close();
});

test("a table is printed as a whole, up to a limit", async () => {
  const { page } = await suite.issueOpen();
  await showView(page, "Maps");
  const rows = page.locator(".grid-body .grid-row");
  await page.setViewportSize({ width: 800, height: 200 });
  await page.waitForFunction(() => document.querySelectorAll(".grid-body .grid-row").length < 24);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await rows.count()).toBe(24);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  expect(await rows.count()).toBeLessThan(24);
  await page.close();
});

test("it opens without a network once it was opened with one", async () => {
  const own = await hostViewer();
  const context = await suite.browser.newContext();
  const page = await context.newPage();
  await page.goto(own.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await own.close();
  await page.reload();
  expect(await dropped(page, ISSUE)).toBe("view");
  await showView(page, "Memory");
  await page.locator("figure svg").waitFor();
  await context.close();
});

test("charts are saved as pictures that stand alone", async () => {
  const { page } = await suite.issueOpen();
  await showView(page, "Memory");
  await page.locator("figure svg").waitFor();
  const svg = await download(page, "Save SVG");
  expect(svg.toString("utf8")).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg.toString("utf8")).not.toMatch(/currentColor|<script/);
  const png = await download(page, "Save PNG");
  expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
  // Width and height of the header: twice the picture's.
  expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
  await page.close();
});

async function download(page: Page, name: string): Promise<Buffer> {
  const begun = page.waitForEvent("download");
  await page.getByRole("button", { name }).first().click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await begun).createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
