/**
 * Serves the viewer to this machine alone, under a path that cannot be guessed. A page of another site that made a name
 * of its own lead to this address (DNS rebinding) is told by the Host header and gets nothing.
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { securityHeaders } from "./headers.ts";

export interface ViewerServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Where the built viewer is. */
  readonly folder: URL;
  /** 0 for any that is free. */
  readonly port: number;
  /** The report that the page opens: an analysis as JSON. */
  readonly report?: string;
  /** What `inspect` says of the compiled objects among its inputs, as JSON. */
  readonly objects?: string | undefined;
}

const HOST = "127.0.0.1";
const REPORT = "report.json";
const OBJECTS = "objects.json";

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
};

/** Names that the build makes; nothing else of the disk can be asked for. */
const FILE = /^[A-Za-z0-9_][A-Za-z0-9._-]*\.([a-z]+)$/;

export async function serveViewer({
  folder,
  port,
  report,
  objects,
}: ServeOptions): Promise<ViewerServer> {
  const token = randomBytes(16).toString("hex");
  const page = pageWith(
    await readFile(new URL("index.html", folder), "utf8"),
    report !== undefined,
    objects !== undefined,
  );
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const bound = await listen(server, port);
  const hosts = [`${HOST}:${bound}`, `localhost:${bound}`];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hosts.includes(request.headers.host ?? "")) return refuse(response, 403, "wrong host");
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return refuse(response, 405, "only GET and HEAD");
    }
    const path = (request.url ?? "").split("?")[0] ?? "";
    const prefix = `/${token}/`;
    if (!path.startsWith(prefix)) return refuse(response, 404, "open the address that was printed");
    const name = path.slice(prefix.length) || "index.html";
    const type = TYPES[FILE.exec(name)?.[1] ?? ""];
    const body = type === undefined ? undefined : await contentOf(name);
    if (body === undefined || type === undefined) return refuse(response, 404, "no such file");
    response.writeHead(200, {
      ...securityHeaders(name),
      "Content-Type": type,
      "Content-Length": Buffer.byteLength(body),
    });
    response.end(request.method === "HEAD" ? undefined : body);
  }

  async function contentOf(name: string): Promise<string | Uint8Array | undefined> {
    if (name === "index.html") return page;
    if (name === REPORT) return report;
    if (name === OBJECTS) return objects;
    return readFile(new URL(name, folder)).catch(() => undefined);
  }

  return {
    url: `http://${HOST}:${bound}/${token}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** The page is told that it is served, and where its report and what is said of its objects are. */
function pageWith(html: string, hasReport: boolean, hasObjects: boolean): string {
  return html
    .replace(
      'name="mapscope-report" content=""',
      `name="mapscope-report" content="${hasReport ? REPORT : "none"}"`,
    )
    .replace(
      'name="mapscope-objects" content=""',
      `name="mapscope-objects" content="${hasObjects ? OBJECTS : ""}"`,
    );
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { ...securityHeaders(""), "Content-Type": "text/plain" });
  response.end(`${why}\n`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, HOST, () => done((server.address() as AddressInfo).port));
  });
}
