/** Objects loaded and filled, the capture script run, its archive analysed: every number is the kernel's. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Analysis, AnalysisSnapshot } from "../../src/analyze/analysis.ts";
import { formatBytes, formatCount } from "../../src/base/units.ts";
import { analyzeSources } from "../support/analyze-fixture.ts";
import { SCRIPT, shellsHere } from "../support/capture-script.ts";
import { differences, entriesPutIn, type Fact } from "../support/kernel-figures.ts";
import { ROOT } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";
import {
  compile,
  describeLive,
  kernelRelease,
  possibleCpus,
  temporaryFolder,
} from "./live-kernel.ts";
import { readFacts } from "./scenario.ts";
import { Vmlinux } from "./vmlinux.ts";

const INNER_MAPS = { before: 254, after: 509 } as const;
const shells = process.platform === "linux" ? shellsHere().filter(([name]) => name !== "bash") : [];

describeLive("a capture of this kernel by our own script", () => {
  let out: string;
  let facts: readonly Fact[];
  let structSizes: Record<string, number>;

  beforeAll(() => {
    out = join(temporaryFolder(), "out");
    mkdirSync(out);
    const helper = ["main", "fill", "scaler", "storage", "program"];
    const env = {
      ...process.env,
      OUT: out,
      PINS: `/sys/fs/bpf/mapscope-test-${process.pid}-capture`,
      LIVEMAP: compile(...helper.map((it) => `scripts/live/${it}.c`)),
      OBJECTS: `${ROOT}fixtures/bpf-object`,
      CAPTURE: SCRIPT,
      SHELLS: shells.map(([, ...words]) => words.join(" ")).join(","),
      OPTIONS: "--with-btf",
    };
    execFileSync("sh", [`${ROOT}scripts/live/archive.sh`], { env, stdio: "pipe" });
    facts = readFacts(readFileSync(join(out, "facts.tsv"), "utf8"));
    structSizes = new Vmlinux().structSizes();
  }, 240_000);

  /** Other programs of this machine may have maps, too. */
  function own(snapshot: AnalysisSnapshot, label: keyof typeof INNER_MAPS) {
    const ids = new Set(facts.filter((it) => it.snapshot === label).map(({ id }) => id));
    const families = snapshot.families.filter(
      ({ mapIds, role, outer }) =>
        (role === "inner" && outer?.name === "outer_map") ||
        mapIds.every(([first, last]) => ids.has(first) && ids.has(last)),
    );
    return { ...snapshot, families };
  }

  function check(snapshot: AnalysisSnapshot, label: keyof typeof INNER_MAPS) {
    const mine = own(snapshot, label);
    const put = facts.filter((it) => it.snapshot === label);
    const count = mine.families.reduce((sum, it) => sum + it.count, 0);
    expect(count).toBe(put.length + INNER_MAPS[label]);
    expect(differences(mine)).toEqual([]);
    const entries = entriesPutIn(mine, put);
    expect(entries.known).toEqual(
      entries.put.filter((it) => entries.known.some(({ id }) => id === it.id)),
    );
    expect(entries.known.length).toBeGreaterThan(5);
    expect(snapshot.host).toMatchObject({
      kernelRelease: { value: kernelRelease(), basis: "reported" },
      possibleCpus: { value: possibleCpus(), basis: "reported" },
      onlineCpus: { value: Number(execFileSync("nproc", ["--all"])), basis: "reported" },
      pageSize: { value: Number(execFileSync("getconf", ["PAGESIZE"])), basis: "reported" },
    });
  }

  const analyse = (name: string): Promise<Analysis> =>
    analyzeSources([[name, new Uint8Array(readFileSync(join(out, name)))]]);

  test("there is an archive by each shell of this machine", () => {
    const archives = readdirSync(out).filter((it) => it.endsWith(".tar.gz"));
    expect(archives).toHaveLength(shells.length + 1);
    expect(shells.length).toBeGreaterThan(0);
  });

  describe.each(shells)("%s", (_name, ...words) => {
    const archive = `${words.join(" ").replace(/[ /]/g, "-")}.tar.gz`;

    test("maps, entries and host are the kernel's, from the archive alone", async () => {
      const { snapshots, diagnostics } = await analyse(archive);
      expect(snapshots).toHaveLength(1);
      check(snapshots[0] as AnalysisSnapshot, "before");
      expect(diagnostics.filter(({ level }) => level !== "info")).toEqual([]);
    });

    test("struct sizes are those that bpftool prints, twice: as sizes, and from the whole BTF", async () => {
      const list = execFileSync("tar", [
        "-xOzf",
        join(out, archive),
        "--wildcards",
        "*/struct-sizes.json",
      ]);
      const sizes = JSON.parse(list.toString()) as Record<string, number>;
      expect(sizes).toEqual(
        Object.fromEntries(Object.keys(sizes).map((it) => [it, structSizes[it]])),
      );
      expect(Object.keys(sizes).length).toBeGreaterThan(25);
      const btf = execFileSync(
        "tar",
        ["-xOzf", join(out, archive), "--wildcards", "*/vmlinux.btf"],
        {
          maxBuffer: 2 ** 28,
        },
      );
      expect(btf.equals(readFileSync("/sys/kernel/btf/vmlinux"))).toBe(true);
    });
  });

  test("redacted, analysed and drawn: the totals stay the kernel's at each end", async () => {
    const archive = readdirSync(out).find((it) => it.endsWith(".tar.gz") && it !== "series.tar.gz");
    const original = join(out, archive ?? "");
    const copy = join(out, "redacted.tar.gz");
    expect(await runCli(["redact", original, "-o", copy])).toMatchObject({ status: 0 });
    const totalsOf = async (path: string) => {
      const { status, stdout } = await runCli(["analyze", path, "--format", "json"]);
      expect(status).toBe(0);
      const { snapshots } = JSON.parse(stdout) as Analysis;
      return snapshots.map(({ totals, host }) => ({ totals, kernel: host.kernelRelease?.value }));
    };
    const [found] = await totalsOf(original);
    const [shared] = await totalsOf(copy);
    expect(shared?.totals).toEqual(found?.totals);
    const listed = JSON.parse(
      execFileSync("tar", ["-xOzf", original, "--wildcards", "*/map-show.json"]).toString(),
    ) as { bytes_memlock: number }[];
    expect(shared?.totals.maps).toBe(listed.length);
    const memlock = listed.reduce((sum, it) => sum + it.bytes_memlock, 0);
    expect(shared?.totals.memlockBytes?.value).toBe(memlock);
    const page = await runCli(["analyze", copy, "--format", "html"]);
    expect(page.stdout).toContain(`<dd>${formatBytes(memlock)}<`);
    expect(page.stdout).toContain(`<dd>${formatCount(listed.length)}<`);
  });

  test("a series is a snapshot for each look, each with its numbers", async () => {
    const { snapshots } = await analyse("series.tar.gz");
    expect(snapshots).toHaveLength(2);
    check(snapshots[0] as AnalysisSnapshot, "before");
    check(snapshots[1] as AnalysisSnapshot, "after");
    const [first = 0, second = 0] = snapshots.map(({ takenAt }) => Date.parse(takenAt ?? ""));
    expect(second - first).toBeGreaterThanOrEqual(14_000);
  });
});
