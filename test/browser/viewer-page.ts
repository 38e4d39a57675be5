/** The viewer in a page, and what tests do with it: drop, wait, read off, save. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { ROOT } from "../support/project-files.ts";
import { type Watched, watchedPage } from "./chromium.ts";

export async function openViewer(
  browser: Browser,
  url: string,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<Watched> {
  const watched = await watchedPage(browser, options);
  await watched.page.goto(url);
  return watched;
}

/** Real files and folders, as the browser's own drag and drop brings them; paths start at the project's root. */
export async function drop(page: Page, ...paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = {
    items: [],
    files: paths.map((path) => join(ROOT, path)),
    dragOperationsMask: 1,
  };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: 200, y: 200, data });
  }
  await session.detach();
}

/** Something is shown: a view, or why there is none. */
export async function settled(page: Page): Promise<"view" | "problem"> {
  const shown = page.locator("#view-title, .problem").first();
  await shown.waitFor();
  return (await shown.getAttribute("id")) === "view-title" ? "view" : "problem";
}

export async function dropped(
  page: Page,
  ...paths: readonly string[]
): Promise<"view" | "problem"> {
  await drop(page, ...paths);
  return settled(page);
}

export async function showView(page: Page, title: string): Promise<void> {
  const more = page.locator("#views details");
  if ((await more.getAttribute("open")) === null) await more.locator("summary").click();
  await page.locator("#views").getByRole("link", { name: title, exact: true }).click();
  await page.locator("#view-title", { hasText: new RegExp(`^${title}$`) }).waitFor();
}

/** Of the cards of the overview: name to text. */
export async function cards(page: Page): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const card of await page.locator(".cards > div").all()) {
    const name = await card.locator("dt").textContent();
    const value = await card.locator("dd").evaluate((it) => it.firstChild?.textContent);
    found[name ?? ""] = value ?? "";
  }
  return found;
}

/** What the page saves in a format, as text. */
export async function saved(page: Page, format: string): Promise<string> {
  const menu = page.locator("#header .save");
  if ((await menu.getAttribute("open")) === null) await menu.locator("summary").click();
  const download = page.waitForEvent("download");
  await menu.getByRole("button", { name: format, exact: true }).click();
  return readFile(await (await download).path(), "utf8");
}
