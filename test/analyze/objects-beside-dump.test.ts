/**
 * Compiled objects beside a dump of maps that were loaded from them, and from others: full names, programs,
 * the release, and where a live map is not as declared. The captures are of real kernels, see docs/fixtures.md.
 */
import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Analysis, AnalysisFamily, AnalysisSnapshot } from "../../src/analyze/analysis.ts";
import { analyzeSources, fixtureBytes } from "../support/analyze-fixture.ts";
import { only } from "../support/kernel-figures.ts";
import { ROOT } from "../support/project-files.ts";

type Source = readonly [file: string, bytes: Uint8Array];

const OBJECTS = ["kmesh-v0.5.0-cgroup-sock.el.o", "kmesh-v0.5.0-sockops.el.o"];
const OTHER_MODE = [
  "kmesh-head-kernel-native-cgroup-sock.el.o",
  "kmesh-head-kernel-native-sockops.el.o",
];

const objects = (names: readonly string[]): Source[] =>
  names.map((name) => [name, fixtureBytes(`bpf-object/${name}`)]);

function dump(folder: string): Source[] {
  return readdirSync(`${ROOT}fixtures/${folder}`)
    .filter((file) => /^(map-show|prog-show|map-dump-.*)\.json$/.test(file))
    .map((file) => [file, fixtureBytes(`${folder}/${file}`)]);
}

function drifts({ findings }: Analysis) {
  return findings
    .filter((it) => it.rule === "definition-drift")
    .map(({ severity, message }) => ({ severity, message }));
}

function family({ families }: AnalysisSnapshot, wanted: Partial<AnalysisFamily>): AnalysisFamily {
  const found = families.filter((it) =>
    Object.entries(wanted).every(([key, value]) => it[key as keyof AnalysisFamily] === value),
  );
  expect(found, JSON.stringify(wanted)).toHaveLength(1);
  return found[0] as AnalysisFamily;
}

/** Names longer than 15 bytes in bpf/kmesh-v0.5.0*.h, with the type and value size that tell them apart. */
const CUT_NAMES = [
  ["map_of_cluster_", "hash", "map_of_cluster_eps"],
  ["map_of_cluster_", "percpu_array", "map_of_cluster_eps_data"],
  ["map_of_router_c", "hash", "map_of_router_config"],
  ["kmesh_tail_call", "hash", "kmesh_tail_call_ctx"],
  ["kmesh_tail_call", "prog_array", "kmesh_tail_call_prog"],
  ["map_of_sock_sto", "sk_storage", "map_of_sock_storage"],
] as const;

describe.each(["capture-6.18-objects", "capture-6.1-objects"])("%s", (capture) => {
  describe.each(["before", "after"])("%s", (label) => {
    let analysis: Analysis;
    let snapshot: AnalysisSnapshot;

    beforeAll(async () => {
      analysis = await analyzeSources([...dump(`${capture}/${label}`), ...objects(OBJECTS)]);
      snapshot = only(analysis);
    });

    test.each(CUT_NAMES)("%s, %s, is %s", (name, type, fullName) => {
      const found = family(snapshot, { name, type });
      expect(found.fullName).toBe(fullName);
      expect(found.declared).toMatchObject({ name: fullName, ambiguous: false, differences: [] });
    });

    test("a name that the kernel did not cut stays, also that of a section of variables", () => {
      const others = snapshot.families.filter((it) => (it.name?.length ?? 0) < 15);
      expect(others.filter((it) => it.fullName !== undefined)).toEqual([]);
      const rodata = snapshot.families.filter((it) => it.name === "kmesh_v0.rodata");
      expect(rodata.map((it) => [it.fullName, it.declared?.name])).toEqual([
        [undefined, ".rodata"],
        [undefined, ".rodata"],
      ]);
    });

    test("no map differs from its declaration, and every one that an object declares is tied to it", () => {
      const tied = snapshot.families.filter((it) => it.declared !== undefined);
      expect(tied.flatMap((it) => it.declared?.differences)).toEqual([]);
      expect(drifts(analysis)).toEqual([]);
      expect(analysis.rules).toContainEqual(
        expect.objectContaining({ id: "definition-drift", outcome: "passed" }),
      );
      // The loader makes the inner maps and kmesh_version.
      const untied = snapshot.families.filter((it) => it.declared === undefined);
      expect(untied.map((it) => it.name ?? it.role).sort()).toEqual(["inner", "kmesh_version"]);
    });

    test("the programs that an object gives a map are those that the kernel lists for it", () => {
      for (const { id, declared } of snapshot.families) {
        if (declared === undefined) continue;
        const live = snapshot.programs.filter((it) => it.families?.includes(id));
        expect([...declared.programs].sort(), id).toEqual(
          [...new Set(live.map((it) => it.name ?? ""))].sort(),
        );
      }
      expect(snapshot.programs.length).toBeGreaterThan(8);
    });

    test("the release and mode are named for certain", () => {
      expect(snapshot.software).toMatchObject([
        {
          name: "Kmesh",
          version: "v0.5.0",
          mode: "kernel-native enhanced",
          confidence: "certain",
        },
      ]);
    });

    test("figures are the same as without the objects", async () => {
      const alone = only(await analyzeSources(dump(`${capture}/${label}`)));
      expect(snapshot.totals).toEqual(alone.totals);
    });
  });

  test("the order in which objects are given changes nothing", async () => {
    const files = [...dump(`${capture}/after`), ...objects(OBJECTS)];
    expect(await analyzeSources([...files].reverse())).toEqual(await analyzeSources(files));
  });

  test("objects belong to every snapshot", async () => {
    const label = (name: string) =>
      dump(`${capture}/${name}`).map(([file, bytes]): Source => [`${name}/${file}`, bytes]);
    const files = [...label("before"), ...label("after"), ...objects(OBJECTS)];
    const { snapshots } = await analyzeSources(files);
    expect(snapshots.map((it) => it.label)).toEqual(["before", "after"]);
    for (const it of snapshots) {
      expect(it.families.filter((map) => map.declared !== undefined).length).toBeGreaterThan(10);
    }
  });
});

describe("an object of another release", () => {
  const capture = "capture-6.18-objects/after";

  test("a map with other max_entries is told with both numbers", async () => {
    const rebuilt = objects(OBJECTS).map(([file, bytes]): Source => [file, resized(bytes)]);
    const analysis = await analyzeSources([...dump(capture), ...rebuilt]);
    expect(drifts(analysis)).toEqual([
      {
        severity: "warning",
        message:
          "kmesh_manage is not as kmesh-v0.5.0-cgroup-sock.el.o declares kmesh_manage: " +
          "max_entries 8192, declared 9000; this is how Kmesh v0.4.0 and Kmesh v0.5.0 define it",
      },
    ]);
  });

  test("one whose maps have other names says nothing of them", async () => {
    const analysis = await analyzeSources([...dump(capture), ...objects(OTHER_MODE)]);
    expect(drifts(analysis)).toEqual([]);
    expect(analysis.rules).toContainEqual(
      expect.objectContaining({ id: "definition-drift", outcome: "not-applicable" }),
    );
  });

  test("a section of variables of another object is no more than an info", async () => {
    const files = [...dump("capture-6.18-head/dual-engine"), ...objects(OTHER_MODE)];
    const found = drifts(await analyzeSources(files));
    expect(found.map((it) => it.severity)).toEqual(found.map(() => "info"));
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.message).toMatch(
      /declares \.(bss|data|rodata): value size \d+, declared \d+$/,
    );
  });
});

/** Types of an array that has as many elements as kmesh_manage has entries: what `__uint()` makes of a number. */
function resized(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const view = new DataView(copy.buffer);
  const ARRAY = 3 << 24;
  for (let at = 0; at + 24 <= copy.length; at += 4) {
    const isArray = view.getUint32(at + 4, true) === ARRAY && view.getUint32(at + 8, true) === 0;
    if (isArray && view.getUint32(at + 20, true) === 8192) view.setUint32(at + 20, 9000, true);
  }
  return copy;
}

describe("maps that no program refers to", () => {
  test("kmesh_map296 of the main branch is told, and what its programs use is not", async () => {
    const { findings } = await analyzeSources([
      ...dump("capture-6.18-head/kernel-native"),
      ...objects(OTHER_MODE),
    ]);
    const unused = findings.filter((it) => it.rule === "unused-map");
    expect(
      unused.map(({ severity, evidence }) => [severity, evidence.map ?? evidence.maps]),
    ).toEqual([
      ["warning", "kmesh_map296"],
      ["info", ["km_sockstorage", "km_maglev_outer"]],
    ]);
    expect(unused[0]?.savesBytes).toBeGreaterThan(16 * 1024 * 1024);
  });
});
