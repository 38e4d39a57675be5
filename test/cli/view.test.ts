/** `mapscope view`: who is served what, and how it is used wrongly. The viewer itself is tried in test/browser. */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveViewer, type ViewerServer } from "../../src/cli/view/server.ts";
import { runCli } from "../support/run-cli.ts";

let folder: string;
let server: ViewerServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mapscope-view-"));
  writeFileSync(
    join(folder, "index.html"),
    '<meta name="mapscope-report" content=""><meta name="mapscope-objects" content="">',
  );
  writeFileSync(join(folder, "worker.js"), "worker");
  writeFileSync(join(folder, "app.js"), "app");
  writeFileSync(join(folder, ".secret.js"), "secret");
  server = await serve("{}");
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function serve(report?: string): Promise<ViewerServer> {
  const at = pathToFileURL(`${folder}/`);
  return serveViewer({ folder: at, port: 0, ...(report !== undefined && { report }) });
}

const policyOf = async (name: string) =>
  (await fetch(server.url + name)).headers.get("content-security-policy");

describe("the server", () => {
  test("is bound to the loopback address, under a path that is never the same", async () => {
    const other = await serve();
    expect(new URL(server.url).hostname).toBe("127.0.0.1");
    expect(new URL(other.url).pathname).not.toBe(new URL(server.url).pathname);
    await other.close();
  });

  test("tells the page where the report is, and gives it", async () => {
    expect(await (await fetch(server.url)).text()).toContain('content="report.json"');
    expect(await (await fetch(`${server.url}report.json`)).text()).toBe("{}");
    const empty = await serve();
    expect(await (await fetch(empty.url)).text()).toContain('content="none"');
    expect((await fetch(`${empty.url}report.json`)).status).toBe(404);
    await empty.close();
  });

  test("tells the page where what is said of its objects is, where there is something", async () => {
    const folderUrl = pathToFileURL(`${folder}/`);
    const own = await serveViewer({ folder: folderUrl, port: 0, report: "{}", objects: "[]" });
    expect(await (await fetch(own.url)).text()).toContain('content="objects.json"');
    expect(await (await fetch(`${own.url}objects.json`)).text()).toBe("[]");
    await own.close();
    expect(await (await fetch(server.url)).text()).toContain('name="mapscope-objects" content=""');
    expect((await fetch(`${server.url}objects.json`)).status).toBe(404);
  });

  test("lets the worker's script alone compile text", async () => {
    expect(await policyOf("worker.js")).toContain("'unsafe-eval'");
    for (const name of ["", "app.js", "report.json", "missing.js"]) {
      expect(await policyOf(name), name).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(await policyOf(name), name).not.toContain("unsafe");
    }
  });

  test.each(["", "app.js", "missing.js"])("says of %j what else keeps it apart", async (name) => {
    const { headers } = await fetch(server.url + name);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  test.each(["/", "/report.json", "/0123456789abcdef0123456789abcdef/report.json"])(
    "gives nothing at %s, which lacks the token",
    async (path) => {
      const answer = await fetch(new URL(path, server.url));
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain("{}");
    },
  );

  test.each([".secret.js", "..%2Fserver.test.ts", "%2e%2e/x.js", "app.js/", "a/../app.js%00"])(
    "gives no file of another name than the build's: %s",
    async (name) => {
      expect((await fetch(server.url + name)).status).toBe(404);
    },
  );

  test.each(["evil.example", "evil.example:PORT", "127.0.0.1.evil.example:PORT", "127.0.0.1"])(
    "refuses the name %s, which a site may have made lead here",
    async (name) => {
      const { port, pathname } = new URL(server.url);
      const host = name.replace("PORT", port);
      expect(await statusOf({ port, path: pathname, headers: { host } })).toBe(403);
    },
  );

  test("takes no other method than GET and HEAD", async () => {
    expect((await fetch(server.url, { method: "POST", body: "x" })).status).toBe(405);
    expect((await fetch(server.url, { method: "HEAD" })).status).toBe(200);
  });

  test("stops while a connection is open", async () => {
    const own = await serve();
    await fetch(own.url);
    await own.close();
    await expect(fetch(own.url)).rejects.toThrow();
  });
});

async function statusOf(options: object): Promise<number | undefined> {
  const asked = request({ host: "127.0.0.1", ...options }).end();
  const [response] = await once(asked, "response");
  response.resume();
  return response.statusCode;
}

describe("wrong use", () => {
  test.each([
    ["x", /--port x: must be a port/],
    ["70000", /--port 70000: must be at most 65535/],
  ])("a port %s is refused with status 2", async (port, words) => {
    const { status, stderr } = await runCli(["view", "--port", port]);
    expect(status).toBe(2);
    expect(stderr).toMatch(words);
  });

  test("a port that is taken is told, without a stack", async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
    const { port } = taken.address() as AddressInfo;
    const { status, stderr } = await runCli(["view", "--port", String(port)]);
    taken.close();
    expect(status).toBe(2);
    // In a checkout that was never built there is nothing to serve, which is told first.
    expect(stderr).toMatch(/it is in use \(EADDRINUSE\)|the viewer is not built/);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  test("inputs of which none can be read end it with status 3", async () => {
    const { status, stderr, stdout } = await runCli(["view", "no-such-file.json"]);
    expect(status).toBe(3);
    expect(stderr).toMatch(/no such file/);
    expect(stdout).toBe("");
  });

  test("its help has examples", async () => {
    const { status, stdout } = await runCli(["view", "--help"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/\$ mapscope view report\.md/);
  });
});
