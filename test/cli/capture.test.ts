/** `mapscope capture`: prints the script that lies in the package, with the options that were given in it. */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { read } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const SCRIPT = read("capture/mapscope-capture.sh");

test("without options it is the script as it is", async () => {
  expect(await runCli(["capture"])).toEqual({ status: 0, stdout: SCRIPT, stderr: "" });
});

test("options become a line of it, whatever they hold, and nothing else changes", async () => {
  const { stdout } = await runCli([
    "capture",
    ...["--dump", "km_*", "--dump", "it's $(id) $&", "--every", "30s", "--count", "20"],
    ...["--with-btf", "-o", "-", "--max-bytes", "1G", "--timeout", "2m"],
    ...["--daemon", "cilium-agent", "--bpftool", "/opt/b p/bpftool"],
  ]);
  const added = stdout.split("\n").filter((line) => !SCRIPT.includes(`${line}\n`));
  expect(added).toEqual([
    "set -- --dump 'km_*' --dump 'it'\\''s $(id) $&' --every 30s --count 20 --with-btf --output - " +
      `--max-bytes 1G --timeout 2m --daemon cilium-agent --bpftool '/opt/b p/bpftool' "$@"`,
  ]);
  expect(stdout.replace(`${added[0]}\n`, "")).toBe(SCRIPT);
});

test.skipIf(process.platform !== "linux")(
  "what the script is called with outranks them",
  async () => {
    const { stdout } = await runCli(["capture", "--bpftool", "/one"]);
    const { stderr, status } = spawnSync("sh", ["-s", "--", "--bpftool", "/other"], {
      input: stdout,
    });
    expect(stderr.toString()).toContain("there is no /other here");
    expect(status).toBe(2);
  },
);

describe("wrong use ends with status 2", () => {
  test.each([
    [["--every", "soon"], /--every soon: must be a time such as 30s/],
    [["--every", "0"], /--every 0: must be a time/],
    [["--count", "1.5"], /--count 1\.5: must be a whole number above 0/],
    [["--max-bytes", "1T"], /--max-bytes 1T: must be a size such as 512K or 64M/],
    [["--timeout", "-1"], /--timeout -1: must be a time/],
    [["--dump", "a\nb"], /must be the name of a map/],
    [["--dmp", "a"], /unknown option '--dmp'[\s\S]*Did you mean --dump\?/],
  ])("%j", async (args, words) => {
    const { status, stderr, stdout } = await runCli(["capture", ...args]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(words);
  });
});

test("its help has examples, and every option is one of the script's", async () => {
  const { stdout } = await runCli(["capture", "--help"]);
  const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map((it) => it[1] as string);
  expect(options.filter((it) => !SCRIPT.includes(it))).toEqual([]);
  expect(stdout).toMatch(/Examples:\n {2}\$ mapscope capture/);
  expect(options.length).toBeGreaterThan(8);
});

test("schema capture describes the manifest", async () => {
  const { stdout, status } = await runCli(["schema", "capture"]);
  const schema = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(schema.properties.kind).toEqual({ type: "string", const: "capture" });
});
