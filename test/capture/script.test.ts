/** The capture script by one shell: what it needs, which maps it dumps, and what of other files it must agree with. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDaemonLine } from "../../src/ingest/daemon-lines.ts";
import { parseLogLine } from "../../src/ingest/log-line.ts";
import { isScaleLine } from "../../src/ingest/scale-lines.ts";
import { KERNEL_STRUCTS } from "../../src/model/struct-profiles/index.ts";
import { SCRIPT } from "../support/capture-script.ts";
import { bench, manifests, members, readArchive } from "../support/fake-bpftool.ts";
import { filesUnder, read } from "../support/project-files.ts";

describe.skipIf(process.platform !== "linux")("the script", () => {
  const shell = ["sh"];

  test("needs nothing but the applets of busybox and bpftool", async ({ skip }) => {
    const own = bench();
    if (!own.onlyBusybox()) return skip("busybox is not installed");
    const out = join(own.folder, "out.tar.gz");
    const ran = own.run([join(own.bin, "busybox"), "sh"], ["--dump", "*", "--output", out], {
      path: own.bin,
    });
    expect(ran.status).toBe(0);
    const { whole, steps } = manifests(out);
    expect(whole.host).toMatchObject({
      pageSize: expect.any(Number),
      byteOrder: expect.any(String),
    });
    expect(steps.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    const { snapshots } = await readArchive(readFileSync(out));
    expect(snapshots[0]?.maps.rows).toBe(5);
    return undefined;
  });

  test("without a list of maps it writes what it has, and ends with 1", async () => {
    const own = bench(
      `  *"map show") echo "Error: can't get next map: Operation not permitted" >&2; exit 255 ;;`,
    );
    const out = join(own.folder, "out.tar.gz");
    const { status, stderr } = own.run(shell, ["--output", out]);
    expect(status).toBe(1);
    expect(stderr).toContain("bpftool listed no map: is this root");
    const { diagnostics } = await readArchive(readFileSync(out));
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        level: "warning",
        code: "tool-error",
        message: expect.stringContaining("Operation not permitted"),
      }),
    );
  });

  test("names are matched by the 15 characters that the kernel keeps", () => {
    const own = bench();
    const chosen = (glob: string) => {
      const out = join(own.folder, `${glob.length}${glob.replace(/\W/g, "")}.tar`);
      own.run(shell, ["--dump", glob, "--output", out]);
      return Object.keys(members(out)).flatMap((it) => /dump-id-(\d+)/.exec(it)?.slice(1) ?? []);
    };
    expect(chosen("kmesh_tail_call_prog")).toEqual(["12"]);
    expect(chosen("kmesh_tail_c?ll_*")).toEqual(["12"]);
    expect(chosen("other.map")).toEqual(["131072"]);
    expect(chosen("8")).toEqual(["8"]);
    expect(chosen("kmesh")).toEqual([]);
    expect(chosen("/etc/*")).toEqual([]);
  });

  test("the daemon's log is kept as far as it tells of maps, and read", async () => {
    const own = bench();
    own.program("journalctl", `#!/bin/sh\ncat '${own.folder}/journal'\n`);
    const log = read("fixtures/kmesh-log/startup-and-scaling.log");
    writeFileSync(
      join(own.folder, "journal"),
      `${log}time="2024-10-14T07:41:25Z" level=info msg="secret 10.0.0.1"\n`,
    );
    const out = join(own.folder, "out.tar.gz");
    own.run(shell, ["--output", out]);
    const direct = await readArchive(new TextEncoder().encode(log), "kmesh.log");
    const { snapshots } = await readArchive(readFileSync(out));
    const told = ({ kind, used, claimed }: { kind: string; used?: number; claimed?: number }) => [
      kind,
      used,
      claimed,
    ];
    expect(snapshots[0]?.scaleEvents.map(told)).toEqual(direct.snapshots[0]?.scaleEvents.map(told));
    expect(snapshots[0]?.scaleEvents.length).toBeGreaterThan(3);
    expect(members(out)["kmesh.log"]).not.toContain("secret");
  });

  test("every line that the importer of logs knows is one that the script keeps", () => {
    const patterns = read("capture/mapscope-capture.sh").match(/^LINES=.*$/gm) ?? [];
    const lines = filesUnder("fixtures/kmesh-log")
      .filter((path) => path.endsWith(".log"))
      .flatMap((path) => read(path).split("\n"))
      .filter((line) => {
        const { text } = parseLogLine(line);
        return isScaleLine(text) || parseDaemonLine(text) !== undefined;
      });
    const kept = execFileSync("sh", ["-c", `${patterns.join("\n")}\ngrep -a -E "$LINES"`], {
      input: lines.join("\n"),
      encoding: "utf8",
    });
    expect(kept.trimEnd().split("\n")).toEqual(lines);
    expect(lines.length).toBeGreaterThan(30);
  });

  test("it asks for the sizes of those structs that formulas ask for", () => {
    const [, names = ""] = /^STRUCTS='([^']*)'/m.exec(read("capture/mapscope-capture.sh")) ?? [];
    expect(names.split(/[|\n]/).sort()).toEqual([...KERNEL_STRUCTS].sort());
  });

  test("shellcheck has nothing to say", ({ skip }) => {
    const { status, stdout, error } = spawnSync("shellcheck", ["-s", "sh", SCRIPT]);
    if (error !== undefined) return skip("shellcheck is not installed");
    expect([status, stdout.toString()]).toEqual([0, ""]);
    return undefined;
  });
});
