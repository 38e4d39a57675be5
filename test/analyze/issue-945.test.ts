/**
 * The bug report of Kmesh issue 945, from the file alone. The report's own figures are the kernel's
 * (6.1, openEuler); definitions and rows were worked out from the compiled objects of Kmesh v0.5.0.
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { Analysis, AnalysisFamily, AnalysisSnapshot } from "../../src/analyze/analysis.ts";
import { analyzeFixture } from "../support/analyze-fixture.ts";

let analysis: Analysis;
let before: AnalysisSnapshot;
let after: AnalysisSnapshot;

beforeAll(async () => {
  analysis = await analyzeFixture("issue-945/report.md");
  const { snapshots } = analysis;
  expect(snapshots.map((it) => it.label)).toEqual(["before", "after"]);
  [before, after] = snapshots as [AnalysisSnapshot, AnalysisSnapshot];
});

function family(snapshot: AnalysisSnapshot, wanted: Partial<AnalysisFamily>): AnalysisFamily {
  const found = snapshot.families.filter((it) =>
    Object.entries(wanted).every(([key, value]) => it[key as keyof AnalysisFamily] === value),
  );
  expect(found, JSON.stringify(wanted)).toHaveLength(1);
  return found[0] as AnalysisFamily;
}

test("the unnamed maps are the inner maps of outer_map, 65,532 and then 131,066", () => {
  for (const [snapshot, count, bytes] of [
    [before, 65_532, 268_419_072],
    [after, 131_066, 536_846_336],
  ] as const) {
    const inner = family(snapshot, { name: null });
    expect(inner).toMatchObject({
      count,
      role: "inner",
      type: "array",
      keySize: 4,
      valueSize: 1300,
      maxEntries: 1,
      memlockBytes: { value: bytes, basis: "reported" },
      modeledMemlockBytes: { value: bytes },
      unattributedBytes: { value: 0 },
      outer: { name: "outer_map" },
    });
    expect(inner.outer?.family).toBe(family(snapshot, { name: "outer_map" }).id);
    // 320 + 1304 bytes, in a slab object of 2,048.
    expect(inner.preallocatedBytes?.value).toBe(count * 1624);
    expect(inner.residentBytes?.value).toBeGreaterThanOrEqual(count * 2048);
  }
});

test("the kernel's accounting and possible CPUs are found, with what proves them", () => {
  for (const { host } of [before, after]) {
    expect(host.kernelRelease?.value).toBe("6.1.19-7.0.0.17.oe2303.x86_64");
    expect(host.accounting?.value).toBe("rounded-entries");
    expect(host.possibleCpus?.value).toBe(8);
    expect(host.possibleCpus?.basis).not.toBe("reported");
  }
});

test("the release and mode are told: two sets of v0.5.0 kernel-native on an enhanced kernel", () => {
  expect(after.software).toMatchObject([
    { name: "Kmesh", version: "v0.5.0", mode: "kernel-native enhanced", instances: 2 },
  ]);
});

/** Rows of both nodes; `.rodata` and what is not Kmesh's stands below. */
const EXPLAINED = [
  ["kmesh_events", "ringbuf", 2, 0],
  ["map_of_sock_sto", "sk_storage", 2, 0],
  ["bpf_log_level", "array", 2, 8_192],
  ["kmesh_version", "array", 2, 8_192],
  ["inner_map", "array", 2, 8_192],
  ["tmp_buf", "percpu_array", 2, 8_192],
  ["tmp_log_buf", "percpu_array", 2, 8_192],
  ["kmesh_listener", "hash", 2, 212_992],
  ["kmesh_tail_call", "hash", 4, 262_144],
  ["kmesh_tail_call", "prog_array", 4, 16_384],
  ["kmesh_manage", "hash", 2, 393_216],
  ["map_of_router_c", "hash", 2, 8_126_464],
  ["kmesh_cluster", "hash", 2, 8_388_608],
  ["outer_map", "array_of_maps", 2, 16_777_216],
  ["map_of_cluster_", "hash", 2, 253_755_392],
  ["map_of_cluster_", "percpu_array", 2, 16_384],
] as const;

describe.each(["before", "after"])("%s", (label) => {
  test.each(EXPLAINED)(
    "%s (%s): %i maps, %i bytes, reproduced to the byte",
    (name, type, count, bytes) => {
      const found = family(label === "before" ? before : after, { name, type });
      expect(found.count).toBe(count);
      expect(found.memlockBytes?.value).toBe(bytes);
      expect(found.modeledMemlockBytes?.value).toBe(bytes);
      expect(found.unattributedBytes?.value).toBe(0);
    },
  );

  test("one page of .rodata a Kmesh object, and a foreign map a node that is left unattributed", () => {
    const snapshot = label === "before" ? before : after;
    const sections = snapshot.families.filter((it) => it.name === ".rodata");
    const own = sections.filter((it) => it.type === "array");
    expect(own.map((it) => [it.count, it.memlockBytes?.value])).toEqual([
      [2, 8_192],
      [2, 8_192],
    ]);
    const [rest] = sections.filter((it) => it.type === null);
    expect(rest).toMatchObject({
      count: 2,
      type: null,
      keySize: null,
      valueSize: null,
      maxEntries: null,
      flags: null,
      memlockBytes: { value: 32_768 },
      unattributedBytes: { value: 32_768 },
    });
    expect(rest?.modeledMemlockBytes).toBeUndefined();
    expect(rest?.unknown?.modeledMemlockBytes).toContain("left of the 6 maps");
  });

  test("every row of the report is in a family, and the totals are the report's own sums", () => {
    const snapshot = label === "before" ? before : after;
    const foreign = 8_192 + 1_974_272 + 2_113_536 + 3_940_352;
    const named = 288_006_144 + 32_768 + foreign;
    const unnamed = label === "before" ? 268_419_072 : 536_846_336;
    expect(snapshot.totals.memlockBytes).toMatchObject({ value: named + unnamed, missing: 0 });
    const { memlockBytes, modeledMemlockBytes, unattributedBytes } = snapshot.totals;
    expect((modeledMemlockBytes?.value ?? 0) + (unattributedBytes?.value ?? 0)).toBe(
      memlockBytes?.value,
    );
    expect(unattributedBytes?.value).toBe(32_768 + foreign);
  });
});

test("the log gives the third scale-up on each node, with 65 % of its claim unused", () => {
  const { scaling } = after;
  expect(scaling?.policy).toMatchObject({
    scaleUpStep: 32_768,
    scaleInStep: 8_192,
    highWatermark: 0.7,
    lowWatermark: 0.3,
  });
  expect(scaling?.daemons).toMatchObject([
    { scaleUps: 3, scaleIns: 4, claimed: 65_536, live: 65_533 },
  ]);
  expect(scaling?.daemons[0]?.steps.at(-1)).toMatchObject({
    event: "scale-up",
    used: 22_954,
    claimedAfter: 65_536,
    idleSlotsAfter: 42_582,
    usedShareAfter: 0.3503,
  });
  expect(scaling?.innerMaps).toMatchObject({
    daemons: 2,
    scaleUpsOfAllDaemons: 6,
    livePerDaemon: 65_533,
    usedPerDaemon: 22_954,
  });
  expect(before.scaling?.innerMaps).toMatchObject({
    scaleUpsOfAllDaemons: 4,
    livePerDaemon: 32_766,
    claimedPerDaemon: 32_768,
  });
});

test("what is in use is said where the log tells it, and withheld where it does not", () => {
  const inner = family(after, { name: null });
  expect(inner.usedBytes?.value).toBe(2 * 22_954 * 1624);
  expect(inner.idleBytes?.value).toBe((131_066 - 2 * 22_954) * 1624);
  const earlier = family(before, { name: null });
  expect(earlier.usedBytes).toBeUndefined();
  expect(earlier.unknown?.usedBytes).toContain("between 12,282 and 22,954");
});

test("both nodes share one kernel, and the numbers of maps alone tell scale-ups and claims of both", () => {
  expect(before.scaling?.innerMaps).toMatchObject({
    daemons: 2,
    scaleUpsOfAllDaemons: 4,
    scaleInsOfAllDaemons: 8,
    claimedOfAllDaemons: 65_536,
    otherSplits: ["32,767 + 32,765"],
  });
  expect(after.scaling?.innerMaps).toMatchObject({
    daemons: 2,
    scaleUpsOfAllDaemons: 6,
    scaleInsOfAllDaemons: 8,
    claimedOfAllDaemons: 131_072,
  });
});

test("where the daemon stands: one cycle, three slots without a map, the next steps, its descriptors", () => {
  expect(after.scaling?.daemons[0]).toMatchObject({
    cycles: 1,
    slotsWithoutMap: 3,
    scaleUpAt: 45_876,
    scaleInAt: 19_660,
    isStuck: false,
    descriptors: 65_533,
  });
  expect(after.scaling?.daemons[0]?.steps[5]?.usedBeforeAtLeast).toBe(32_767);
});

test("the findings name the third scale-up, a step that does better with its saving, and the lost map", () => {
  const found = (rule: string) => analysis.findings.filter((it) => it.rule === rule);
  const [step, another] = found("oversized-scale-step");
  expect(another).toBeUndefined();
  expect(step?.message).toContain("after its 3rd scale-up since it started");
  expect(step?.message).toContain("42,582 slots (65 %) unused");
  expect(step?.recommendation).toContain("4,096 would leave 13,910 unused (38 %) after 15 steps");
  const inner = family(after, { name: null });
  const perMap = (inner.residentBytes?.value ?? 0) / inner.count;
  // 36,864 slots are claimed in 12 scale-ups with that step, each a map short.
  expect(step?.savesBytes).toBe(2 * (65_533 - (36_864 - 12)) * perMap);
  expect(found("lost-inner-maps")[0]?.evidence).toMatchObject({ lostMaps: 1, scaleUps: 3 });
  for (const silent of [
    "stuck-scaling",
    "descriptor-exhaustion",
    "thrashing-watermarks",
    "unreleased-floor",
  ]) {
    expect(found(silent)).toEqual([]);
    expect(analysis.rules.find((it) => it.id === silent)?.outcome).toBe("passed");
  }
});
