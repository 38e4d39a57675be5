/** `mapscope redact`: where copies go, what is refused, and that a copy can be analysed as the original. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gzip, tar } from "../support/archive-writers.ts";
import { readBytes } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const LIST = "fixtures/capture-6.18/before/map-show.json";
const ARCHIVE = "fixtures/gzip/two-times.tar.gz";

let made: string;
beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), "mapscope-redact-"));
});
afterAll(() => rmSync(made, { recursive: true }));

const redact = (...argv: readonly string[]) => runCli(["redact", ...argv]);
const filesIn = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();

async function totalsOf(path: string) {
  const { stdout } = await runCli(["analyze", path, "--format", "json"]);
  const { snapshots } = JSON.parse(stdout) as { snapshots: { label: string; totals: unknown }[] };
  return snapshots.map(({ label, totals }) => ({ label, totals }));
}

test("an archive becomes an archive with the same totals, nested ones too", async () => {
  const nested = join(made, "nested.tar.gz");
  writeFileSync(nested, gzip(tar([["host-a/inner.tar.gz", readBytes(ARCHIVE)]])));
  for (const [input, name] of [
    [ARCHIVE, "one.tar.gz"],
    [nested, "two.tgz"],
    [ARCHIVE, "three.tar"],
  ] as const) {
    const output = join(made, name);
    const { status, stdout, stderr } = await redact(input, "-o", output);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).toMatch(/8 of 8 files copied/);
    expect(await totalsOf(output)).toEqual(await totalsOf(ARCHIVE));
  }
  expect(existsSync(join(made, "one.tar.gz.part"))).toBe(false);
});

test("a folder becomes a folder in which roles, times and extensions stay", async () => {
  const output = join(made, "folder");
  const { status, stderr } = await redact("fixtures/capture-6.18", "-o", output);
  expect(status).toBe(0);
  expect(stderr).toMatch(/left out: fixtures\/capture-6.18\/bpftool-version.txt: notes beside/);
  const files = filesIn(output);
  expect(files).toContain("before/map-show.json");
  expect(files).toContain("after/map-dump-outer_map.json");
  expect(files.join("\n")).not.toMatch(/exec_args|dns_cache|node_cidrs/);
});

test("a single file goes to standard output, and stays what it is", async () => {
  const { status, stdout } = await redact(LIST);
  expect(status).toBe(0);
  const sizes = (it: { id: number; bytes_memlock: number }) => [it.id, it.bytes_memlock];
  const original = JSON.parse(readFileSync(LIST, "utf8"));
  expect(JSON.parse(stdout).map(sizes)).toEqual(original.map(sizes));
});

test("the salt decides the stand-ins; without one they differ each time", async () => {
  const once = await redact(LIST, "--salt", "a");
  expect((await redact(LIST, "--salt", "a")).stdout).toBe(once.stdout);
  expect((await redact(LIST, "--salt", "b")).stdout).not.toBe(once.stdout);
  expect((await redact(LIST)).stdout).not.toBe((await redact(LIST)).stdout);
});

test("a name that is no secret stays when it is given", async () => {
  expect((await redact(LIST)).stdout).not.toContain("exec_args");
  expect((await redact(LIST, "--keep-name", "exec_args")).stdout).toContain("exec_args");
});

test("an object is left out with the reason; nothing copied is 3, and leaves nothing behind", async () => {
  const output = join(made, "none");
  const { status, stderr } = await redact("fixtures/bpf-object/map-in-map.el.o", "-o", output);
  expect(status).toBe(3);
  expect(stderr).toMatch(/0 of 1 files copied[\s\S]*this format is not redacted/);
  expect(existsSync(output)).toBe(false);
});

describe("hostile archives", () => {
  test("cannot write outside of the folder", async () => {
    const input = join(made, "evil.tar");
    const list = readBytes(LIST);
    writeFileSync(
      input,
      tar([
        ["../../evil/map-show.json", list],
        ["/etc/map-show.json", list],
        ["a/../../map-show.json", list],
      ]),
    );
    const output = join(made, "evil-out");
    await redact(input, "-o", output);
    const files = filesIn(output).filter((it) => it.endsWith(".json"));
    expect(files).toHaveLength(3);
    expect(
      filesIn(made)
        .filter((it) => it.endsWith("map-show.json"))
        .every((it) => it.startsWith("evil-out") || it.startsWith("folder")),
    ).toBe(true);
  });

  test("with names that meet keep every file", async () => {
    const input = join(made, "twice.tar");
    const list = readBytes(LIST);
    writeFileSync(
      input,
      tar([
        ["map-show.json", list],
        ["map-show.json", list],
      ]),
    );
    const output = join(made, "twice-out");
    await redact(input, "-o", output);
    expect(filesIn(output)).toHaveLength(2);
  });

  test("that are cut give what is whole, and a diagnostic", async () => {
    const input = join(made, "cut.tar.gz");
    writeFileSync(input, readBytes(ARCHIVE).subarray(0, 3000));
    const { status, stderr } = await redact(input, "-o", join(made, "cut-out"));
    expect(status).toBe(0);
    expect(stderr).toMatch(/unpacked before it are read/);
    expect(stderr).not.toMatch(/at .*\.ts:\d+/);
  });
});

describe("wrong use", () => {
  beforeAll(() => {
    mkdirSync(join(made, "full"));
    writeFileSync(join(made, "full", "x"), "x");
    writeFileSync(join(made, "there.tar"), "x");
  });

  test.each([
    [[], /no input was given/],
    [[ARCHIVE], /holds more than one file/],
    [[LIST, "--salt", ""], /--salt: it is empty/],
    [[LIST, "-o", LIST], /it is an input/],
    [["fixtures/kmesh-persist/in-use"], /the copy is no text/],
  ] as const)("%j", async (argv, message) => {
    const { status, stderr } = await redact(...argv);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  test("a folder with something in it, and an archive that is there, are not written to", async () => {
    for (const [name, message] of [
      ["full", /not empty/],
      ["there.tar", /it is there already/],
    ] as const) {
      const { status, stderr } = await redact(LIST, "-o", join(made, name));
      expect(status).toBe(2);
      expect(stderr).toMatch(message);
    }
    expect(readFileSync(join(made, "there.tar"), "utf8")).toBe("x");
  });

  test("an input that is not there is 3", async () => {
    const { status, stderr } = await redact("no-such-file", "-o", join(made, "nothing"));
    expect(status).toBe(3);
    expect(stderr).toMatch(/there is no such file or folder/);
  });
});
