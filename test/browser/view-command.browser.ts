/** `mapscope view` as a process: the report is loaded, only the worker may compile text, and Ctrl-C ends it with 0. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatBytes } from "../../src/base/units.ts";
import { ROOT } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";
import { launch } from "./chromium.ts";
import { cards, openViewer, saved, settled, showView } from "./viewer-page.ts";

const ISSUE = "fixtures/issue-945/report.md";

let browser: Browser;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await browser.close();
});

async function view(...args: readonly string[]) {
  const child = spawn(process.execPath, [join(ROOT, "dist/cli/main.js"), "view", ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return { child, url: chunk.toString().trim() };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown[]> {
  const ended = once(child, "exit");
  child.kill(signal);
  const status = await ended;
  running.delete(child);
  return status;
}

test("opens with the report of the inputs, whose JSON is the command line's", async () => {
  const { child, url } = await view(ISSUE);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/$/);
  const { page, messages, requests } = await openViewer(browser, url);
  expect(await settled(page)).toBe("view");
  const { stdout } = await runCli(["analyze", ISSUE, "--format", "json"]);
  const { totals } = JSON.parse(stdout).snapshots.at(-1);
  expect((await cards(page)).reported).toBe(formatBytes(totals.memlockBytes.value));
  for (const title of ["Memory", "Compare"]) await showView(page, title);
  await page.locator("#part-summary .verdict").waitFor();
  expect(JSON.parse(await saved(page, "json")).snapshots).toEqual(JSON.parse(stdout).snapshots);
  expect(messages).toEqual([]);
  expect(requests.filter((it) => !it.startsWith(url) && !it.startsWith("blob:"))).toEqual([]);
  // It is gone with the command, so nothing of it is kept for later.
  expect(
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
  ).toBe(0);
  await page.close();
  expect(await stop(child, "SIGINT")).toEqual([0, null]);
});

test("compiled objects open with what `inspect` says of them", async () => {
  const object = "fixtures/bpf-object/kmesh-v0.5.0-sockops.el.o";
  const { child, url } = await view(object);
  const { page, messages } = await openViewer(browser, url);
  expect(await settled(page)).toBe("view");
  expect(await page.locator("#view-title").textContent()).toBe("Objects and layouts");
  const { stdout } = await runCli(["inspect", object, "--format", "json"]);
  const { maps } = JSON.parse(stdout).objects[0];
  const table = page.locator(".view table").first();
  await table.waitFor();
  const names = await table.locator("tbody th").allTextContents();
  expect(new Set(names)).toEqual(new Set(maps.map((it: { name: string }) => it.name)));
  expect(messages).toEqual([]);
  await page.close();
  await stop(child, "SIGINT");
});

test("without inputs it opens empty, and SIGTERM ends it while the page is open", async () => {
  const { child, url } = await view();
  const { page, messages } = await openViewer(browser, url);
  await page.locator(".start").waitFor();
  expect(messages).toEqual([]);
  expect(await stop(child, "SIGTERM")).toEqual([0, null]);
  await page.close();
});
