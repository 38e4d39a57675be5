/** Debian's Chromium, driven by playwright-core; `CHROMIUM` names another one. */
import { type Browser, chromium, type Page } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
  });
}

/** What a page said and asked for while it was open; a page that is well behaved says and asks nothing. */
export interface Watched {
  readonly page: Page;
  readonly messages: string[];
  readonly requests: string[];
}

export async function watchedPage(
  browser: Browser,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<Watched> {
  const page = await browser.newPage(options);
  const messages: string[] = [];
  const requests: string[] = [];
  page.on("console", (it) => messages.push(`${it.type()}: ${it.text()}`));
  page.on("pageerror", (it) => messages.push(`error: ${it.message}`));
  page.on("request", (it) => requests.push(it.url()));
  return { page, messages, requests };
}
