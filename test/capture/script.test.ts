/** The capture script by one shell: what it needs, which maps it dumps, and what of other files it must agree with. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseDaemonLine } from "../../src/ingest/daemon-lines.ts";
import { parseLogLine } from "../../src/ingest/log-line.ts";
import { isScaleLine } from "../../src/ingest/scale-lines.ts";
import { KERNEL_STRUCTS } from "../../src/model/struct-profiles/index.ts";
import { SCRIPT } from "../support/capture-script.ts";
import { bench, MAPS, manifests, members, readArchive } from "../support/fake-bpftool.ts";
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

  test("what it needs and is not there is told before it begins", ({ skip }) => {
    const own = bench();
    if (!own.onlyBusybox()) return skip("busybox is not installed");
    for (const tool of ["od", "tail"]) rmSync(join(own.bin, tool));
    // Not the shell of busybox: some builds of it find their applets without a file.
    const ran = own.run(["/bin/sh"], ["--output", "out.tar"], { path: own.bin });
    expect(ran.stderr).toBe("mapscope-capture: this needs tools that are not here: od tail\n");
    expect(ran.status).toBe(2);
    expect(readdirSync(own.temporary)).toEqual([]);
    return undefined;
  });

  /** `ulimit -f` is in blocks of 512 bytes; a full disk gives the same to those that write. */
  test("a list that does not fit is said to be lost, and not kept in part", async () => {
    const own = bench();
    const much = JSON.stringify(
      Array.from({ length: 500 }, (_, at) => ({ ...MAPS[1], id: at + 1 })),
    );
    writeFileSync(join(own.folder, "much"), `${much}\n`);
    own.program(
      "bpftool",
      `#!/bin/sh\ncase "$*" in *"map show") exec cat "$TEST_FOLDER/much" 2> /dev/null ;; *) echo '[]' ;; esac\n`,
    );
    const limit = ["sh", "-c", `trap '' XFSZ; ulimit -f 40; exec sh "$@"`, "sh"];
    const out = join(own.folder, "out.tar.gz");
    const { status } = own.run(limit, ["--output", out]);
    expect(status).toBe(1);
    const listed = manifests(out).steps.filter(({ command }) => command.endsWith("map show"));
    expect(listed).toHaveLength(3);
    for (const step of listed) {
      expect(step).toMatchObject({
        outcome: "failed",
        bytes: 0,
        reason: "no room was left for what it wrote: set TMPDIR",
      });
    }
    expect(Object.keys(members(out)).filter((it) => it.includes("map-show"))).toEqual([]);
    const { diagnostics } = await readArchive(readFileSync(out));
    expect(diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("no room was left"),
    );
  });

  test("an archive that cannot be written at the end leaves what was collected", () => {
    const own = bench();
    // Takes the whole of what it is given, as it would on a disk that is full.
    own.program("gzip", "#!/bin/sh\ncat > /dev/null\nexit 1\n");
    const out = join(own.folder, "out.tar.gz");
    const { status, stderr } = own.run(shell, ["--output", out]);
    expect(status).toBe(2);
    const [, folder = ""] = /what was collected stays in (\S+)/.exec(stderr) ?? [];
    expect(readdirSync(folder)).toContain("capture.json");
    expect(existsSync(out)).toBe(false);
  });

  /** The kernel counts the processes of the whole machine, so the bound leaves room for what else goes on. */
  test("it starts no process for each of many maps", () => {
    const own = bench(`  *"-j -f map show") cat "$TEST_FOLDER/many" ;;`);
    const many = Array.from({ length: 20_000 }, (_, at) => ({ ...MAPS[1], id: at + 1 }));
    writeFileSync(join(own.folder, "many"), `${JSON.stringify(many)}\n`);
    const processes = () =>
      Number(/^processes (\d+)/m.exec(readFileSync("/proc/stat", "utf8"))?.[1]);
    const before = processes();
    own.run(shell, ["--dump", "kmesh_*", "--output", join(own.folder, "out.tar.gz")]);
    expect(processes() - before).toBeLessThan(10_000);
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
