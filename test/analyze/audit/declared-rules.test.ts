/** Rules that judge definitions, over objects alone: once a map, at the level and place that the audit gives them. */
import { describe, expect, test } from "vitest";
import { auditSchema } from "../../../src/analyze/audit/schema.ts";
import { runCli } from "../../support/run-cli.ts";
import { auditOf, objectOf } from "./objects.ts";

const MILLION = 1_000_000;
/** 2^20 + 1 entries: 2^21 buckets of 16 bytes, half of them for one entry. */
const CLIFF = { maxEntries: 1_048_577 };

const found = (audit: ReturnType<typeof auditOf>, rule: string) =>
  audit.findings.filter((it) => it.rule === rule);
const outcome = (audit: ReturnType<typeof auditOf>, rule: string) =>
  audit.rules.find((it) => it.id === rule)?.outcome;

test("a hash just past a power of two is told once for all kernels and CPU counts, at its object", () => {
  const audit = auditOf([objectOf("bpf/a.o", { a: CLIFF, b: { maxEntries: 1_048_576 } })], {
    config: { kernels: ["5.10", "6.1", "6.18"], possibleCpus: [8, 128] },
  });
  const [finding, ...more] = found(audit, "bucket-cliff");
  expect(more).toEqual([]);
  expect(finding?.subject).toEqual({ snapshot: "", kind: "object", id: "a" });
  expect(finding?.location).toEqual({ file: "bpf/a.o", map: "a" });
  expect(finding?.savesBytes).toBe(16_777_216);
  expect(outcome(audit, "bucket-cliff")).toBe("findings");
  expect(outcome(audit, "name-collision")).toBe("passed");
  expect(outcome(audit, "idle-preallocation")).toBe("not-applicable");
});

test("65,536 entries with an LRU list for each of 48 CPUs are 65,568, and so past the edge", () => {
  const lru = { type: "lru_hash", maxEntries: 65_536, flags: 2 };
  const audited = (possibleCpus: number) =>
    found(
      auditOf([objectOf("bpf/a.o", { a: lru })], {
        config: { kernels: ["6.18"], possibleCpus: [possibleCpus] },
      }),
      "bucket-cliff",
    ).map((it) => it.evidence);
  expect(audited(48)).toMatchObject([
    { maxEntries: 65_568, powerOfTwo: 65_536, limitWithin: 65_520 },
  ]);
  expect(audited(64)).toEqual([]);
});

test("per-CPU copies are counted at the most CPUs of the config", () => {
  const perCpu = { type: "percpu_hash", valueSize: 16, maxEntries: 16_384 };
  const audit = auditOf([objectOf("a.o", { a: perCpu })], {
    config: { possibleCpus: [8, 128] },
  });
  const [finding] = found(audit, "percpu-multiplication");
  expect(finding?.evidence).toMatchObject({ possibleCpus: 128, copiesBytes: 16 * 16_384 * 128 });
  expect(finding?.message).toContain("(on 6.1 with 128 CPUs)");
});

test("entries on demand are judged as if all were there, which is said", () => {
  // A 48-byte header, key, value and, from 6.1 on, the 8 bytes of bpf_mem_alloc() ask for 272 bytes of a class of 512.
  const onDemand = { keySize: 8, valueSize: 208, maxEntries: MILLION, flags: 1 };
  const [finding] = found(auditOf([objectOf("a.o", { a: onDemand })]), "slab-misfit");
  expect(finding?.evidence).toMatchObject({ askedBytes: 272, slabBytes: 512, objects: MILLION });
  expect(finding?.message).toContain("when full");
});

test("names that are one after 15 bytes are told with both maps, so that a waiver must name both", () => {
  const object = objectOf("a.o", {
    connection_table_v4: {},
    connection_table_v6: { keySize: 16 },
  });
  const waivers = (map: string) => [{ map, reason: "known", until: "2027-01-31" }];
  const waived = (map: string) =>
    found(auditOf([object], { config: { waivers: waivers(map) } }), "name-collision").map(
      (it) => it.waived !== undefined,
    );
  expect(waived("connection_table_v?")).toEqual([true]);
  expect(waived("connection_table_v4")).toEqual([false]);
});

test("a map that several objects declare alike is one finding, with all of them to be waived", () => {
  const objects = ["a.o", "b.o"].map((file) => objectOf(file, { a: CLIFF }));
  const waived = (object: string) =>
    found(
      auditOf(objects, {
        config: { waivers: [{ object, reason: "known", until: "2027-01-31" }] },
      }),
      "bucket-cliff",
    ).map((it) => it.waived !== undefined);
  expect(waived("*.o")).toEqual([true]);
  expect(waived("a.o")).toEqual([false]);
});

describe("levels and options are those of the config", () => {
  const object = objectOf("a.o", { a: CLIFF });
  const levels = (rule: unknown) =>
    found(auditOf([object], { config: { rules: { "bucket-cliff": rule } } }), "bucket-cliff").map(
      (it) => it.severity,
    );

  test.each([
    ["warning", ["warning"]],
    ["error", ["error"]],
    ["off", []],
    [["error", { minSavedBytes: 16_777_216 }], ["error"]],
    [["error", { minSavedBytes: 16_777_217 }], []],
  ])("%j", (rule, expected) => {
    expect(levels(rule)).toEqual(expected);
  });
});

test("a definition that the kernel refuses is judged by no rule of maps", () => {
  const audit = auditOf([objectOf("a.o", { a: { ...CLIFF, keySize: 0 } })]);
  expect(found(audit, "refused-map").length).toBe(1);
  expect(found(audit, "bucket-cliff")).toEqual([]);
});

const auditFiles = async (...files: readonly string[]) => {
  const { stdout } = await runCli(["audit", ...files, "--format", "json"]);
  return auditSchema.parse(JSON.parse(stdout));
};

const kmesh = ["cgroup-sock", "sockops"].map(
  (it) => `fixtures/bpf-object/kmesh-head-kernel-native-${it}.el.o`,
);

test("a map that no program refers to is told at the object that declares it", async () => {
  const audit = await auditFiles(...kmesh);
  const [finding] = found(audit, "unused-map").filter((it) => it.subject.id === "kmesh_map296");
  expect(finding?.location?.file).toBe(kmesh[0]);
  expect(finding?.evidence).toMatchObject({ isLive: false });
});

test("objects beside a dump are judged once", async () => {
  const files = ["cgroup-sock", "sockops"].map(
    (it) => `fixtures/bpf-object/kmesh-v0.5.0-${it}.el.o`,
  );
  const audit = await auditFiles("fixtures/capture-6.18/before/map-show.json", ...files);
  for (const rule of ["unused-map", "name-collision", "slab-misfit", "bucket-cliff"]) {
    const names = found(audit, rule).map((it) => it.message.split(" (on ")[0]);
    expect(new Set(names).size).toBe(names.length);
  }
  const collisions = found(audit, "name-collision").map((it) => it.evidence.kernelName);
  expect(new Set(collisions).size).toBe(collisions.length);
});
