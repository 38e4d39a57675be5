/** The capture script under every shell that is here, with a bpftool of which each answer is known. */
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { captureSchema } from "../src/analyze/schema/capture.ts";
import { fromBytes } from "../src/ingest/byte-source.ts";
import { parseDaemonLine } from "../src/ingest/daemon-lines.ts";
import { ingest } from "../src/ingest/ingest.ts";
import { parseLogLine } from "../src/ingest/log-line.ts";
import { isScaleLine } from "../src/ingest/scale-lines.ts";
import { KERNEL_STRUCTS } from "../src/model/struct-profiles/index.ts";
import { Bench, type Ran, SCRIPT, shellsHere } from "./support/capture-script.ts";
import { component } from "./support/component.ts";
import { filesUnder, read } from "./support/project-files.ts";

const map = (id: number, type: string, name?: string) => ({
  id,
  type,
  ...(name !== undefined && { name }),
  flags: 0,
  bytes_key: 4,
  bytes_value: 8,
  max_entries: 16,
  bytes_memlock: 4096,
  frozen: 0,
});
const MAPS = [
  map(7, "hash", "kmesh_listener"),
  map(8, "array"),
  map(9, "ringbuf", "kmesh_events"),
  map(12, "hash", "kmesh_tail_call"),
  map(131072, "hash", "other.map"),
];
const entry = (byte: number) => ({
  key: [byte, 0, 0, 0].map((it) => `0x0${it}`),
  value: [byte, 0, 0, 0, 0, 0, 0, 0].map((it) => `0x0${it}`),
});
const DUMP = JSON.stringify([entry(1), entry(2)]);

/** Answers as bpftool does; a test puts other answers in front. */
const bpftool = (before = "") => `#!/bin/sh
case "$*" in
${before}
  *"-j -f map show") echo '${JSON.stringify(MAPS)}' ;;
  *"-j -f prog show" | *"-j -f link show") echo '[]' ;;
  "-j btf show") echo '[{"id":1,"size":5,"kernel":true,"name":"vmlinux"}]' ;;
  "-j map dump id "*) echo '${DUMP}' ;;
  version) printf 'bpftool v7.1.0\\nusing libbpf v1.1\\n' ;;
  "btf dump file "*) printf "[1] STRUCT 'bpf_map' size=296 vlen=1\\n\\t'x' type_id=1\\n[2] STRUCT 'bpf_array' size=312 vlen=1\\n[3] STRUCT 'bpf_htab' size=832 vlen=1\\n[4] STRUCT 'bpf_map' size=1 vlen=1\\n[5] STRUCT 'task' size=9 vlen=1\\n" ;;
  *) echo "Error: unknown: $*" >&2; exit 255 ;;
esac
`;

const shells = process.platform === "linux" ? shellsHere() : [];
const [first = ["sh", "sh"] as const] = shells;

test.skipIf(shells.length > 0)("the script is for Linux, and no shell to run it is here", () => {});

const benches: Bench[] = [];
function bench(before = ""): Bench {
  const made = new Bench();
  made.program("bpftool", bpftool(before));
  benches.push(made);
  return made;
}
afterAll(() => {
  for (const it of benches) it.remove();
});

async function readArchive(bytes: Uint8Array, file = "capture.tar.gz") {
  return ingest([fromBytes(file, bytes)], { component: await component() });
}

/** Paths of the archive's members without the first folder, with their content; by GNU tar. */
function members(archive: string | Buffer): Record<string, string> {
  const input = typeof archive === "string" ? readFileSync(archive) : archive;
  const packed = input[0] === 0x1f ? "-z" : "";
  const tar = (...args: string[]) =>
    spawnSync("tar", [...args, ...(packed ? [packed] : [])], {
      input,
      maxBuffer: 2 ** 26,
    }).stdout.toString();
  const names = tar("-t").trimEnd().split("\n");
  return Object.fromEntries(
    names.map((name) => [name.replace(/^[^/]*\//, ""), tar("-x", "-O", "-f", "-", name)]),
  );
}

/** The manifests, the archive's own and those of its looks, checked against their schema. */
function manifests(archive: string | Buffer) {
  const found = Object.entries(members(archive)).filter(([name]) => name.endsWith("capture.json"));
  const parsed = found.map(([name, text]) => ({ name, ...captureSchema.parse(JSON.parse(text)) }));
  const whole = parsed.find(({ name }) => name === "capture.json");
  if (whole === undefined) throw new Error("the archive has no manifest");
  const looks = parsed.filter((it) => it !== whole);
  return { whole, looks, steps: [...whole.commands, ...looks.flatMap(({ commands }) => commands)] };
}

describe.each(shells)("by %s", (_name, ...shell) => {
  let here: Bench;
  let ran: Ran;
  let archive: string;

  beforeAll(() => {
    here = bench();
    archive = join(here.folder, "out.tar.gz");
    ran = here.run(shell, ["--dump", "kmesh_*", "--dump=131072", "--output", archive]);
  });

  test("it ends well, in silence but for one line, and leaves nothing behind", () => {
    expect(ran.stdout.toString()).toBe("");
    expect(ran.stderr).toMatch(/^mapscope-capture: written to \S+\/out\.tar\.gz.*\n$/);
    expect(ran.status).toBe(0);
    expect(readdirSync(here.temporary)).toEqual([]);
    expect(readdirSync(here.folder).sort()).toEqual(["bin", "out.tar.gz", "tmp"]);
  });

  test("tar finds the archive sound, and our own reader finds the same members in it", async () => {
    const { status, stderr } = spawnSync("tar", ["-tzf", archive]);
    expect([status, stderr.toString()]).toEqual([0, ""]);
    const { snapshots } = await readArchive(readFileSync(archive));
    const ours = snapshots[0]?.sources.map(({ file }) =>
      file.split("!")[1]?.replace(/^[^/]*\//, ""),
    );
    expect(ours?.filter((it) => it !== undefined).sort()).toEqual(
      Object.keys(members(archive)).sort(),
    );
    expect(snapshots[0]?.sources[0]?.format).toBe("mapscope-capture");
  });

  test("it holds what bpftool and the kernel said", () => {
    const files = members(archive);
    const [look = ""] = manifests(archive).whole.times ?? [];
    expect(JSON.parse(files[`${look}/map-show.json`] ?? "")).toEqual(MAPS);
    expect(JSON.parse(files["struct-sizes.json"] ?? "")).toEqual({
      bpf_map: 296,
      bpf_array: 312,
      bpf_htab: 832,
    });
    expect(files[`${look}/meminfo.txt`]).toMatch(/^MemTotal: /);
    expect(
      Object.keys(files)
        .filter((it) => it.includes("dump"))
        .sort(),
    ).toEqual(["12", "131072", "7"].map((id) => `${look}/map-dump-id-${id}.json`));
  });

  test("its manifest has the host as the kernel tells it, the options, and each step", () => {
    const { whole, looks, steps } = manifests(archive);
    const uname = (flag: string) => execFileSync("uname", [flag], { encoding: "utf8" }).trim();
    const cpus = (name: string) => readFileSync(`/sys/devices/system/cpu/${name}`, "utf8").trim();
    expect(whole.host).toMatchObject({
      kernelRelease: uname("-r"),
      machine: uname("-m"),
      possibleCpus: cpus("possible"),
      onlineCpus: cpus("online"),
      pageSize: Number(execFileSync("getconf", ["PAGESIZE"], { encoding: "utf8" })),
    });
    expect(whole.options).toEqual({
      dump: ["kmesh_*", "131072"],
      everySeconds: 0,
      count: 1,
      withBtf: false,
      maxBytes: 64 * 1024 * 1024,
      timeoutSeconds: 60,
    });
    expect(looks).toHaveLength(1);
    expect(steps.find(({ command }) => command.endsWith("dump id 9"))).toEqual({
      command: "bpftool -j map dump id 9",
      outcome: "absent",
      reason: "a map of type ringbuf cannot be walked",
    });
    expect(steps.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  });

  test("a snapshot is made of it, with every map, dump and fact", async () => {
    const { snapshots } = await readArchive(readFileSync(archive));
    expect(snapshots).toHaveLength(1);
    const [snapshot] = snapshots;
    expect(Array.from(snapshot?.maps.id ?? [])).toEqual(MAPS.map(({ id }) => id));
    expect(snapshot?.dumps.map(({ suggestedId, elements }) => [suggestedId, elements])).toEqual([
      [12, 2],
      [131072, 2],
      [7, 2],
    ]);
    expect(snapshot?.takenAt).toBe(manifests(archive).looks[0]?.takenAt);
    expect(new Set(snapshot?.host.map(({ fact, basis }) => `${fact} ${basis}`))).toEqual(
      new Set(
        ["kernelRelease", "possibleCpus", "onlineCpus", "pageSize", "byteOrder"].map(
          (fact) => `${fact} reported`,
        ),
      ),
    );
  });

  test("it can be read from standard input and write to standard output", () => {
    const own = bench();
    const { status, stdout } = own.run(shell, ["--output", "-"], {
      input: readFileSync(SCRIPT, "utf8"),
    });
    expect(status).toBe(0);
    expect(Object.keys(members(stdout))).toContain("capture.json");
  });

  test("a series is a folder for each look, with its time", async () => {
    const own = bench();
    const out = join(own.folder, "series.tar.gz");
    own.run(shell, ["--every", "1s", "--count", "3", "--output", out]);
    const { snapshots } = await readArchive(readFileSync(out));
    const { whole, looks } = manifests(out);
    expect(snapshots.map(({ label }) => label)).toEqual(whole.times);
    expect(snapshots.map(({ takenAt }) => takenAt)).toEqual(looks.map(({ takenAt }) => takenAt));
    expect(snapshots.map(({ maps }) => maps.rows)).toEqual([5, 5, 5]);
    expect(snapshots.every(({ structSizes }) => structSizes?.sizes.bpf_map === 296)).toBe(true);
  });

  test("a command that hangs is ended, with all that it has begun, and said to be", async () => {
    const own = bench(
      `  "-j map dump id 7") echo $$ > "$TEST_FOLDER/pid"; echo '[{'; exec sleep 300 ;;`,
    );
    const out = join(own.folder, "out.tar.gz");
    const begun = Date.now();
    own.run(shell, ["--dump", "kmesh_*", "--timeout", "1s", "--output", out]);
    expect(Date.now() - begun).toBeLessThan(30_000);
    const pid = readFileSync(join(own.folder, "pid"), "utf8").trim();
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    const step = manifests(out).steps.find(({ command }) => command.endsWith("id 7"));
    expect(step).toMatchObject({ outcome: "timed-out", bytes: 3, file: "map-dump-id-7.json" });
    const { diagnostics } = await readArchive(readFileSync(out));
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        level: "data-loss",
        code: "partial-capture",
        hint: expect.stringContaining("--timeout"),
      }),
    );
  });

  test("dumps stop where --max-bytes says", async () => {
    const own = bench();
    const out = join(own.folder, "out.tar.gz");
    const limit = DUMP.length + 60;
    own.run(shell, ["--dump", "*", "--max-bytes", String(limit), "--output", out]);
    const { steps } = manifests(out);
    const dumps = steps.filter(({ command }) => command.includes("map dump"));
    expect(dumps.map(({ outcome, bytes }) => [outcome, bytes])).toEqual([
      ["ok", DUMP.length + 1],
      ["partial", 60],
      ["absent", undefined],
      ["absent", undefined],
      ["absent", undefined],
    ]);
    const { diagnostics, snapshots } = await readArchive(readFileSync(out));

    expect(diagnostics.map(({ code }) => code)).toContain("truncated");
    expect(snapshots[0]?.maps.rows).toBe(5);
  });

  test("without pins, then without JSON, it takes what bpftool can, and keeps its words", async () => {
    const own =
      bench(`  *"-j -f map show") printf 'Error: "no" \\\\ \\033[31mpins\\n' >&2; exit 255 ;;
  "-j map show") echo '{"error":"bad option"}'; exit 255 ;;
  "map show") printf '7: hash  name kmesh_listener  flags 0x0\\n\\tkey 4B  value 8B  max_entries 16  memlock 4096B\\n9: array  flags 0x0\\n\\tkey 4B  value 8B  max_entries 1  memlock 4096B\\n' ;;`);
    const out = join(own.folder, "out.tar.gz");
    const { status } = own.run(shell, ["--dump", "kmesh_*", "--output", out]);
    expect(status).toBe(0);
    const { steps } = manifests(out);
    expect(steps.filter(({ command }) => command.endsWith("map show"))).toEqual([
      {
        command: "bpftool -j -f map show",
        outcome: "failed",
        status: 255,
        bytes: 0,
        stderr: 'Error: "no" \\  [31mpins',
      },
      {
        command: "bpftool -j map show",
        outcome: "failed",
        status: 255,
        bytes: 23,
        file: "map-show.json",
      },
      { command: "bpftool map show", outcome: "ok", status: 0, bytes: 157, file: "map-show.txt" },
    ]);
    const { snapshots } = await readArchive(readFileSync(out));
    expect(Array.from(snapshots[0]?.maps.id ?? [])).toEqual([7, 9]);
    expect(snapshots[0]?.dumps.map(({ suggestedId }) => suggestedId)).toEqual([7]);
  });

  test("an interrupt ends the series, and what was collected is kept", async () => {
    const own = bench();
    const out = join(own.folder, "out.tar.gz");
    const child = own.start(shell, ["--every", "60s", "--count", "5", "--output", out]);
    const ended = once(child, "exit");
    child.stderr?.on("data", (words) => {
      if (String(words).includes("1 of 5")) child.kill("SIGTERM");
    });
    const [status] = await ended;
    expect(status).toBe(0);
    expect(manifests(out).whole).toMatchObject({ interrupted: true });
    expect(manifests(out).looks).toHaveLength(1);
    const { diagnostics } = await readArchive(readFileSync(out));
    expect(diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringContaining("after 1 of 5 looks"),
    );
  });

  test.each([
    [["--frob"], /there is no option --frob/],
    [["--dump"], /--dump needs a value/],
    [["--every", "soon"], /--every takes a time such as 30s, not soon/],
    [["--count", "0"], /--count takes a number above 0, not 0/],
    [["--max-bytes", "1T"], /--max-bytes takes a size such as 64M, not 1T/],
    [["--timeout", "0"], /--timeout takes a time above 0/],
    [["--bpftool", "/none/bpftool"], /there is no \/none\/bpftool here/],
    [["--output", "/dev/null"], /\/dev\/null is there already/],
  ])("wrong use: %j", (args, words) => {
    const { status, stderr } = here.run(shell, args);
    expect(stderr).toMatch(words);
    expect(status).toBe(2);
  });
});

describe.skipIf(shells.length === 0)("the script", () => {
  const shell = first.slice(1);

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
