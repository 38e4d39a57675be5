/** The library in a browser, on the page and in a worker: bundled, the component fetched, an object and BTF read. */
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium } from "playwright-core";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT, readBytes } from "../support/project-files.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((it) => existsSync(it));
const OBJECT = "fixtures/bpf-object/map-attributes.el.o";
const why = CHROMIUM === undefined ? " (skipped: Chromium is not installed)" : "";

/** What page and worker do alike: `core` is an address. */
const READ = `
import { createParser, decode, layoutOf, parseObject } from "/btf.js";
export async function read() {
  const parser = await createParser("/component.core.wasm");
  const bytes = new Uint8Array(await (await fetch("/object.o")).arrayBuffer());
  const { maps, programs, btf } = parser.parseObject(bytes, { file: "object.o" });
  const streamed = await createParser(fetch("/component.core.wasm"));
  const flow = btf.find("flow", "struct");
  return {
    maps: maps.length,
    programs: programs.map((it) => it.name),
    types: btf.idCount - 1,
    lostBits: layoutOf(btf, flow.id).lostBits,
    state: decode(btf, btf.find("state", "enum").id, Uint8Array.of(7, 0, 0, 0)),
    sameTypes: streamed.parseBtf(bytes).idCount - 1,
    process: typeof process,
  };
}`;
const FILES: Record<string, string> = {
  "/": "<!doctype html><title>mapscope/btf</title>",
  "/read.js": READ,
  "/worker.js": 'import { read } from "/read.js"; read().then((it) => postMessage(it));',
};
const EXPECTED = {
  maps: 13,
  programs: ["sample"],
  types: 115,
  lostBits: 160,
  state: "ACTIVE",
  sameTypes: 115,
  process: "undefined",
};

describe.skipIf(CHROMIUM === undefined)(`in Chromium${why}`, () => {
  let server: Server;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    const library = await bundled();
    server = createServer(({ url = "/" }, response) => {
      const type = url === "/" ? "text/html" : "text/javascript";
      if (url === "/btf.js") response.setHeader("content-type", type).end(library);
      else if (url === "/component.core.wasm") {
        response.setHeader("content-type", "application/wasm");
        response.end(readBytes("src/component/generated/parse.core.wasm"));
      } else if (url === "/object.o") response.end(readBytes(OBJECT));
      else if (url in FILES) response.setHeader("content-type", type).end(FILES[url]);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await chromium.launch({
      executablePath: CHROMIUM as string,
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server?.close(resolve));
  });

  test("an object is read on the page", async () => {
    const page = await browser.newPage();
    await page.goto(address);
    const read = await page.evaluate('import("/read.js").then((it) => it.read())');
    expect(read).toEqual(EXPECTED);
  }, 60_000);

  test("an object is read in a worker", async () => {
    const page = await browser.newPage();
    await page.goto(address);
    const read = await page.evaluate(`new Promise((resolve, reject) => {
      const worker = new Worker("/worker.js", { type: "module" });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    })`);
    expect(read).toEqual(EXPECTED);
  }, 60_000);
});

async function bundled(): Promise<string> {
  const build = await rolldown({
    input: `${ROOT}src/btf/index.ts`,
    platform: "browser",
    tsconfig: false,
    onLog: () => {},
  });
  const { output } = await build.generate({ format: "esm" });
  await build.close();
  return output[0].code;
}
