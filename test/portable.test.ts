/** Nothing of a run needs Linux: where the code itself opens a file, runs a program or asks for the platform. */
import { expect, test } from "vitest";
import { SCHEMA_NAMES } from "../src/analyze/json-schema.ts";
import { filesUnder, read } from "./support/project-files.ts";
import { runCli } from "./support/run-cli.ts";
import { sourceFacts } from "./support/source-facts.ts";

const sources = filesUnder("src").filter(
  (path) => path.endsWith(".ts") && !path.startsWith("src/component/generated/"),
);

/** Files that may use a module of Node beyond paths and promises of files, and what for. */
const NODE_MODULES: Record<string, readonly string[]> = {
  // git, for `--baseline git:<revision>`; what opens a browser, for `view --open`
  "node:child_process": ["src/cli/audit/git-revision.ts", "src/cli/view/open-browser.ts"],
  "node:crypto": ["src/cli/commands/run-redact.ts", "src/cli/view/server.ts"], // a salt; an address nobody can guess
  "node:http": ["src/cli/view/server.ts"],
  "node:net": ["src/cli/view/server.ts"], // a type
  "node:stream/promises": ["src/cli/redacted/tar.ts"],
  "node:zlib": ["src/cli/redacted/tar.ts"],
};
const EVERYWHERE = ["node:fs", "node:fs/promises", "node:path", "node:url", "node:util", "node:os"];

test("modules of Node that start programs or ask for the machine are imported where it is known why", () => {
  const used = sources.flatMap((path) =>
    sourceFacts(path)
      .imports.filter((it) => it.startsWith("node:") && !EVERYWHERE.includes(it))
      .map((it) => ({ path, module: it })),
  );
  expect(used.filter(({ path, module }) => !NODE_MODULES[module]?.includes(path))).toEqual([]);
});

test("no code asks for the platform", () => {
  const asking = sources.filter((path) =>
    sourceFacts(path).members.some((it) => /^process\.(platform|arch|binding|dlopen)$/.test(it)),
  );
  // What opens a browser is called otherwise on each.
  expect(asking).toEqual(["src/cli/view/open-browser.ts"]);
});

/**
 * Paths of Linux are names in what is read and advice to people. In the layer that opens files they are looked at only
 * to tell what a shell passes as `<(command)`: `/dev/fd` on both, links below `/proc` on Linux.
 */
test("the command line opens no path of /proc, /sys or /dev by itself", () => {
  const LITERAL = /(["'`/])(?:\^?\\?\/)(?:proc|sys|dev)\b[^"'`\s]*/g;
  const found = sources
    .filter((path) => path.startsWith("src/cli/"))
    .flatMap((path) =>
      read(path)
        .split("\n")
        .filter((line) => !/^\s*(\/?\*|\/\/)/.test(line))
        .flatMap((line) => [...line.matchAll(LITERAL)].map((match) => `${path}: ${match[0]}`)),
    );
  expect(found).toEqual([
    'src/cli/files.ts: "/dev/fd/',
    "src/cli/files.ts: /^\\/proc\\/[^/]+\\/fd\\//.test(path)",
    'src/cli/files.ts: "/dev/stdin',
  ]);
});

test.each(SCHEMA_NAMES)("schemas/%s.json is what `mapscope schema` prints", async (name) => {
  const { status, stdout } = await runCli(["schema", name]);
  expect(stdout).toBe(read(`schemas/${name}.json`));
  expect(status).toBe(0);
});
