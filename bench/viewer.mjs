/** The viewer in Chromium: what its first load takes, and the time from a drop to the totals. Skipped without Chromium. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { printTable } from "./table.mjs";

const KiB = 1024;
const viewer = fileURLToPath(new URL("../dist/viewer/", import.meta.url));
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
];
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** @param files `[what, path]` of the inputs that are dropped. */
export async function benchViewer(files, rounds) {
  if (!existsSync(executablePath)) {
    console.log(`\nviewer: skipped, as there is no ${executablePath} (CHROMIUM names another one)`);
    return;
  }
  const served = [];
  const server = createServer(async (request, response) => {
    const name = request.url.slice(1) || "index.html";
    const body = await readFile(viewer + name).catch(() => undefined);
    if (body === undefined) return response.writeHead(404).end();
    served.push(name);
    response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "text/plain" });
    return response.end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    await firstLoad(browser, url, served);
    const rows = [];
    for (const [what, file] of files) {
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < rounds; round += 1) {
        best = Math.min(best, await dropToTotals(browser, url, file));
      }
      rows.push([what, best.toFixed(0)]);
    }
    printTable(
      `viewer: from the drop to the totals on the page, best of ${rounds}`,
      ["", "ms"],
      rows,
    );
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

/** Without the service worker's copy, which is made when the page has long been ready. */
async function firstLoad(browser, url, served) {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "networkidle" });
  await context.close();
  const names = [...new Set(served)];
  const packed = await Promise.all(names.map((name) => packedSize(name)));
  const all = await Promise.all((await readdir(viewer)).map((name) => packedSize(name)));
  const sum = (sizes) => (sizes.reduce((total, size) => total + size, 0) / KiB).toFixed(0);
  printTable(
    "viewer: what is loaded, packed with gzip",
    ["", "files", "KiB"],
    [
      ["first load", String(names.length), sum(packed)],
      ["all of it, with charts", String(all.length), sum(all)],
    ],
  );
}

async function packedSize(name) {
  return gzipSync(await readFile(viewer + name)).length;
}

async function dropToTotals(browser, url, file) {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "networkidle" });
  const session = await context.newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  await page.evaluate(() => {
    // The frame after the one that has the totals: they have been painted then.
    document.body.addEventListener("drop", () => {
      const begun = performance.now();
      const look = () => {
        if (document.querySelector(".cards dd") === null) requestAnimationFrame(look);
        else
          requestAnimationFrame(() => {
            globalThis.dropToTotals = performance.now() - begun;
          });
      };
      look();
    });
  });
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: 200, y: 200, data });
  }
  const result = await page.waitForFunction(() => globalThis.dropToTotals, undefined, {
    timeout: 120_000,
  });
  const ms = await result.jsonValue();
  await context.close();
  return ms;
}
