/** The capture script under every shell that is here, with a bpftool of which each answer is known. */
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Bench, type Ran, SCRIPT, shellsHere } from "../support/capture-script.ts";
import { bench, DUMP, MAPS, manifests, members, readArchive } from "../support/fake-bpftool.ts";

const statusOf = (pid: string) => readFileSync(`/proc/${pid}/status`, "utf8");

const shells = process.platform === "linux" ? shellsHere() : [];

test.skipIf(shells.length > 0)("the script is for Linux, and no shell to run it is here", () => {});

describe.each(shells)("by %s", (_name, ...shell) => {
  let here: Bench;
  let ran: Ran;
  let archive: string;

  beforeAll(() => {
    here = bench();
    archive = join(here.folder, "out.tar.gz");
    ran = here.run(shell, [
      "--dump",
      "kmesh_*",
      "--dump=131072",
      "--daemon=none",
      "--output",
      archive,
    ]);
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
      maxSeconds: 300,
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
    const dumps = steps.filter(
      ({ command }) => command.includes("dump") && !command.includes("btf"),
    );
    expect(dumps.map(({ command, outcome, bytes }) => [command, outcome, bytes])).toEqual([
      ["bpftool -j map dump id 7", "ok", DUMP.length + 1],
      ["bpftool -j map dump id 8", "partial", 60],
      ["bpftool -j map dump id 9", "absent", undefined],
      ["dumps of 2 more maps, with ids from 12 to 131072", "absent", undefined],
    ]);
    const { diagnostics, snapshots } = await readArchive(readFileSync(out));

    expect(diagnostics.map(({ code }) => code)).toContain("truncated");
    expect(snapshots[0]?.maps.rows).toBe(5);
  });

  test("dumps stop where --max-time says, and the last is ended then", async () => {
    const own = bench(`  "-j map dump id 8") sleep 300 ;;`);
    const out = join(own.folder, "out.tar.gz");
    own.run(shell, ["--dump", "*", "--max-time", "2s", "--output", out]);
    const { steps } = manifests(out);
    expect(steps.find(({ command }) => command.endsWith("id 7"))?.outcome).toBe("ok");
    expect(steps.find(({ command }) => command.endsWith("id 8"))?.outcome).toBe("timed-out");
    expect(steps.find(({ command }) => command.startsWith("dumps of"))).toEqual({
      command: "dumps of 2 more maps, with ids from 12 to 131072",
      outcome: "absent",
      reason: "the dumps before have taken all the time that --max-time allows",
    });
  });

  test("a bpftool that is a script around another is ended with it", () => {
    const own = bench(`  "-j btf show") sh -c 'echo $$ > "$TEST_FOLDER/pid"; sleep 300; :'; : ;;`);
    const out = join(own.folder, "out.tar.gz");
    own.run(shell, ["--timeout", "1s", "--output", out]);
    const pid = readFileSync(join(own.folder, "pid"), "utf8").trim();
    // Gone, or dead and waiting for whoever took it over to ask how it ended.
    const isDead = !existsSync(`/proc/${pid}`) || /^State:\tZ/m.test(statusOf(pid));
    expect(isDead).toBe(true);
    const step = manifests(out).steps.find(({ command }) => command.endsWith("btf show"));
    expect(step?.outcome).toBe("timed-out");
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
    [["--every", "0s"], /--every takes a time such as 30s, not 0s/],
    [["--every", "08m"], /--every takes a time such as 30s, not 08m/],
    [["--count", "0"], /--count takes a number above 0, not 0/],
    [["--max-bytes", "1T"], /--max-bytes takes a size such as 64M, not 1T/],
    [["--max-bytes", "08K"], /--max-bytes takes a size such as 64M, not 08K/],
    [["--max-time", "0"], /--max-time takes a time above 0/],
    [["--output", "none/out.tar"], /none\/out.tar cannot be written/],
    [["--timeout", "0"], /--timeout takes a time above 0/],
    [["--bpftool", "/none/bpftool"], /there is no \/none\/bpftool here/],
    [["--output", "/dev/null"], /\/dev\/null is there already/],
  ])("wrong use: %j", (args, words) => {
    const { status, stderr } = here.run(shell, args);
    expect(stderr).toMatch(words);
    expect(status).toBe(2);
  });
});
