/** What happens with paths that are no readable file. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findInputs } from "../../src/cli/files.ts";
import { run } from "../../src/cli/program.ts";
import { read } from "../support/project-files.ts";

const MAPS = read("fixtures/bpftool-map-show/unnamed.json");

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "mapscope-inputs-"));
  const at = (path: string) => join(cwd, path);
  writeFileSync(at("maps.json"), MAPS);
  writeFileSync(at("cut.json"), MAPS.slice(0, -20));
  writeFileSync(at("empty.json"), "");
  writeFileSync(at("prose.txt"), "Nothing of interest here.\n");
  mkdirSync(at("nothing"));
  mkdirSync(at("tree/b"), { recursive: true });
  mkdirSync(at("tree/.git"));
  writeFileSync(at("tree/z.json"), MAPS);
  writeFileSync(at("tree/b/a.json"), MAPS);
  writeFileSync(at("tree/.git/config"), "x");
  symlinkSync(at("tree"), at("tree/b/loop"));
  symlinkSync("self", at("self"));
  writeFileSync(at("secret.json"), MAPS);
  chmodSync(at("secret.json"), 0);
  expect(spawnSync("mkfifo", [at("pipe")]).status).toBe(0);
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function runHere(argv: readonly string[], stdin = "") {
  let [stdout, stderr] = ["", ""];
  const status = await run(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    stdin: (async function* () {
      if (stdin !== "") yield new TextEncoder().encode(stdin);
    })(),
    cwd,
    env: {},
  });
  return { status, stdout, stderr };
}

const isRoot = process.getuid?.() === 0;

describe("alone, it ends with status 3, says what and what to try, and shows no stack", () => {
  test.each([
    [
      "a missing file",
      "none.json",
      /none\.json: there is no such file or folder\n {2}Check the path/,
    ],
    ["a file as a folder", "maps.json/x", /maps\.json\/x: a part of the path is a file/],
    ["an empty file", "empty.json", /empty\.json, byte 0: the input has no bytes/],
    ["an empty folder", "nothing", /nothing: the folder holds no file that can be read\n {2}\S/],
    [
      "a named pipe, which is not waited for",
      "pipe",
      /pipe: it is a named pipe, not a file\n.*`cat pipe \| mapscope analyze -`/,
    ],
    ["a device", "/dev/zero", /\/dev\/zero: it is a character device, not a file/],
    ["a link that leads to itself", "self", /self: it is a link that leads back to itself/],
  ])("%s", async (_, path, message) => {
    const { status, stdout, stderr } = await runHere(["analyze", path]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stderr).toMatch(/no input could be read\n$/);
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  });

  test.skipIf(isRoot)("a file that may not be read (skipped for root, who may)", async () => {
    const { status, stderr } = await runHere(["analyze", "secret.json"]);
    expect(stderr).toMatch(
      /secret\.json: permission to read it is denied \(EACCES\)\n.*sudo chmod a\+r secret\.json/,
    );
    expect(status).toBe(3);
  });
});

test("the readable ones are reported, the others are a diagnostic and seen on stderr, and it ends with 3", async () => {
  const { status, stdout, stderr } = await runHere([
    "analyze",
    "none.json",
    "maps.json",
    "--format",
    "json",
  ]);
  const { snapshots, diagnostics } = JSON.parse(stdout);
  expect(snapshots[0].families.length).toBeGreaterThan(0);
  expect(diagnostics).toContainEqual(
    expect.objectContaining({ level: "data-loss", code: "not-found", file: "none.json" }),
  );
  expect(status).toBe(3);
  expect(stderr).toMatch(
    /^mapscope: none\.json: there is no such file or folder\n {2}Check the path/,
  );
});

test("a readable text without anything known in it ends with 0 and says so", async () => {
  const { status, stdout } = await runHere(["analyze", "prose.txt"]);
  expect(stdout).toMatch(/^No map was found in the input; see the diagnostics below\n/);
  expect(stdout).toContain("info prose.txt, byte 0:");
  expect(status).toBe(0);
});

test("what a cut file still says is reported, with the place where it breaks off", async () => {
  const { status, stdout } = await runHere(["analyze", "cut.json", "--format", "json"]);
  const { diagnostics } = JSON.parse(stdout);
  expect(diagnostics[0]).toMatchObject({ level: "data-loss", code: "truncated", file: "cut.json" });
  expect(diagnostics[0].offset).toBeGreaterThan(0);
  expect(status).toBe(0);
});

test("a folder is read with all that is in it, sorted, without dot names and loops", () => {
  const io = { cwd } as Parameters<typeof findInputs>[1];
  const { sources, diagnostics } = findInputs(["tree"], io);
  expect(sources.map((it) => it.file)).toEqual(["tree/b/a.json", "tree/z.json"]);
  expect(diagnostics).toMatchObject([
    { file: "tree/b/loop", message: "a link to a folder is not followed" },
  ]);
});

test("- is standard input", async () => {
  const { status, stdout } = await runHere(["analyze", "-", "--format", "json"], MAPS);
  expect(JSON.parse(stdout).snapshots[0].sources).toMatchObject([
    { file: "<stdin>", format: "bpftool-map-show", bytes: MAPS.length },
  ]);
  expect(status).toBe(0);
});

test("an input is named as it was given", async () => {
  for (const path of ["maps.json", "./maps.json", join(cwd, "maps.json")]) {
    const { stdout } = await runHere(["analyze", path, "--format", "json"]);
    expect(JSON.parse(stdout).snapshots[0].sources[0].file).toBe(path);
  }
});

test("--output writes the report to a file and nothing to stdout", async () => {
  const { status, stdout } = await runHere([
    "analyze",
    "maps.json",
    "--output",
    "report.md",
    "--format",
    "markdown",
  ]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect((await runHere(["analyze", "maps.json", "--format", "markdown"])).stdout).toBe(
    spawnSync("cat", [join(cwd, "report.md")], { encoding: "utf8" }).stdout,
  );
});

test("a saved analysis goes beside a dump, under the label that is given", async () => {
  const saved = join(cwd, "saved.json");
  await runHere(["analyze", "maps.json", "--format", "json", "--output", saved]);
  const { stdout, status } = await runHere([
    "analyze",
    "--snapshot",
    "old=saved.json",
    "--snapshot",
    "new=maps.json",
    "--format",
    "json",
  ]);
  const { snapshots, comparisons, diagnostics } = JSON.parse(stdout);
  expect(snapshots.map(({ label }: { label: string }) => label)).toEqual(["old", "new"]);
  expect(snapshots[0].families).toEqual(snapshots[1].families);
  expect(comparisons).toMatchObject([{ from: "old", to: "new" }]);
  expect(diagnostics).toContainEqual(
    expect.objectContaining({ level: "info", code: "saved-analysis", file: "saved.json" }),
  );
  expect(status).toBe(0);
});
