/** Plain static hosting: files with their type, and no header of ours. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { ROOT } from "../support/project-files.ts";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** Under a folder, as on GitHub Pages. */
export async function hostViewer(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const name =
      (request.url ?? "").split("?")[0]?.replace(/^\/some\/folder\//, "") || "index.html";
    readFile(join(ROOT, "dist/viewer", name)).then(
      (body) => {
        response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "text/plain" });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/some/folder/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
