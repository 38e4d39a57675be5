/** `--table`: one table to where it is asked for, or all of them into a folder. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { afterAll, describe, expect, test } from "vitest";
import { exportTables } from "../../src/analyze/exports/index.ts";
import { run } from "../../src/cli/program.ts";
import { ROOT } from "../support/project-files.ts";
import { runCli, runForBytes } from "../support/run-cli.ts";

const REPORT = "fixtures/issue-945/report.md";
const folder = mkdtempSync(join(tmpdir(), "mapscope-tables-"));
afterAll(() => rmSync(folder, { recursive: true }));

const names = exportTables.map((it) => it.name).sort();

test.each(["csv", "arrow"])(
  "--table all writes each table as %s into the folder",
  async (format) => {
    const output = join(folder, format, "tables");
    const { status, stdout, stderr } = await runCli([
      ...["analyze", REPORT, "--format", format, "--table", "all", "--output", output],
    ]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(readdirSync(output).sort()).toEqual(names.map((name) => `${name}.${format}`));
    const one = await runForBytes(["analyze", REPORT, "--format", format, "--table", "findings"]);
    expect(readFileSync(join(output, `findings.${format}`)).equals(one.bytes)).toBe(true);
  },
);

test("without --table it is the families, and Arrow goes through a pipe byte for byte", async () => {
  const { bytes } = await runForBytes(["analyze", REPORT, "--format", "arrow"]);
  const read = tableFromIPC(bytes);
  expect(read.numRows).toBe(48);
  expect(read.getChild("maps")?.toArray()).toContain(131_066n);
});

describe("wrong use is told before anything is read", () => {
  test.each([
    [
      "an unknown table",
      ["--format", "csv", "--table", "familes"],
      /--table familes: must be one of families, maps, .*; did you mean families\?/,
    ],
    [
      "a format without tables",
      ["--table", "maps"],
      /--table maps: terminal is no format of tables\n {2}Give --format csv or arrow with it\./,
    ],
    [
      "all tables to standard output",
      ["--format", "csv", "--table", "all"],
      /--table all: it needs a folder to write to\n {2}For example: --format csv --table all --output tables/,
    ],
    [
      "a file where the folder should be",
      ["--format", "csv", "--table", "all", "--output", "package.json"],
      /--output package\.json: it could not be written: there is a file of that name/,
    ],
  ])("%s", async (_title, args, message) => {
    const { status, stdout, stderr } = await runCli(["analyze", REPORT, ...args]);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  test("bytes are not written to a terminal", async () => {
    const written: string[] = [];
    const write = (text: string | Uint8Array) => written.push(String(text));
    const status = await run(["analyze", REPORT, "--format", "arrow"], {
      stdout: { write, isTTY: true },
      stderr: { write },
      stdin: (async function* (): AsyncGenerator<Uint8Array> {})(),
      cwd: ROOT,
      env: {},
    });
    expect(status).toBe(2);
    expect(written.join("")).toMatch(
      /it is no text, and this is a terminal\n {2}Write it to a file/,
    );
  });

  test("a file of --table all is no input's", async () => {
    const input = join(folder, "maps.csv");
    writeFileSync(input, readFileSync(`${ROOT}fixtures/capture-6.18/after/map-show.json`));
    const { status, stderr } = await runCli([
      ...["analyze", input, "--format", "csv", "--table", "all", "--output", folder],
    ]);
    expect(stderr).toMatch(/maps\.csv: it is an input/);
    expect(status).toBe(2);
  });

  test.each([
    ["json", []],
    ["csv", ["--table", "all"]],
  ])("nor is a %s report a file in a folder that is one", async (format, more) => {
    const capture = join(folder, `capture-${format}`);
    mkdirSync(join(capture, "node"), { recursive: true });
    symlinkSync(capture, join(folder, `link-${format}`));
    const bytes = readFileSync(`${ROOT}fixtures/capture-6.18/after/map-show.json`);
    const input = join(capture, "node/maps.csv");
    writeFileSync(input, bytes);
    for (const through of ["capture", "link"]) {
      const inside = join(folder, `${through}-${format}`, "node");
      const output = more.length === 0 ? join(inside, "maps.csv") : inside;
      const { status, stderr } = await runCli([
        ...["analyze", capture, "--format", format, ...more, "--output", output],
      ]);
      expect(stderr).toMatch(
        /maps\.csv: it is an input, as all files in .* are\n {2}Write elsewhere/,
      );
      expect(status).toBe(2);
      expect(readFileSync(input)).toEqual(bytes);
    }
    // What is not there yet is no input, and a name that begins alike is another folder.
    for (const output of [
      join(capture, "report.json"),
      join(folder, `capture-${format}-report.json`),
    ]) {
      const { status } = await runCli(["analyze", capture, "--format", "json", "--output", output]);
      expect(status).toBe(0);
    }
  });
});

test("a saved analysis that claims more maps than there can be is told what to take instead", async () => {
  const { stdout } = await runCli([
    ...["analyze", "fixtures/capture-6.18/after/map-show.json", "--format", "json"],
  ]);
  const claimed = JSON.parse(stdout);
  claimed.snapshots[0].families[0].mapIds = [[1, 2 ** 52]];
  const file = join(folder, "claimed.json");
  writeFileSync(file, JSON.stringify(claimed));
  const { status, stderr } = await runCli(["analyze", file, "--format", "csv", "--table", "maps"]);
  expect(stderr).toMatch(
    /the table of maps holds 2,097,152\n {2}Take the families.*--table families/,
  );
  expect(status).toBe(2);
});
