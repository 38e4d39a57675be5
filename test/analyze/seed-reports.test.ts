/** Whole reports: what their authors measured comes out as numbers, each known answer from the report itself. */
import { describe, expect, test } from "vitest";
import { analyzeFixture } from "../support/analyze-fixture.ts";

const MIB = 1024 * 1024;
const mib = (figure: { readonly value: number } | undefined) =>
  figure && Math.round((figure.value / MIB) * 10) / 10;

describe("kata and runc", async () => {
  const { snapshots, findings, diagnostics } = await analyzeFixture(
    "reports/003-kata-and-runc/report.md",
  );
  const [snapshot] = snapshots;
  const of = (rule: string) => findings.filter((it) => it.rule === rule);

  test("one snapshot, with the runtimes side by side", () => {
    expect(snapshots).toHaveLength(1);
    const table = snapshot?.podComparisons?.map((it) => [
      it.from.variant,
      mib(it.from.total),
      it.to.variant,
      mib(it.to.total),
    ]);
    expect(table).toEqual([
      ["runc", 2.8, "kata", 165.3],
      ["runc", 132.6, "kata", 672],
      ["sandbox_cgroup_only=false", 110.7, "sandbox_cgroup_only=true", 110.2],
    ]);
  });

  test("the difference keeps the error of both figures, which the tool cuts after 0.1 MiB", () => {
    const [{ difference } = { difference: undefined }] = snapshot?.podComparisons ?? [];
    expect(mib(difference)).toBe(162.5);
    expect((difference?.most ?? 0) - (difference?.least ?? 0)).toBeLessThanOrEqual(0.2 * MIB);
    expect(difference?.least).toBeLessThan(162.5 * MIB);
  });

  test("every pod has its name, by what joins it", () => {
    expect(
      snapshot?.pods?.map((it) => [it.name, it.runtime, mib(it.memory), mib(it.outside)]),
    ).toEqual([
      ["test-runc", "runc", 2.8, undefined],
      ["test-kata", "kata", 165.3, undefined],
      ["caihcloud-d8469d8f5-hs8ks", "runc", 132.6, undefined],
      ["caihcloud-f954b5dcd-t9qln", "kata", 672, undefined],
      ["test-kata", "kata", undefined, 110.7],
      ["test-kata", "kata", 110.2, undefined],
    ]);
    expect(snapshot?.pods?.every((it) => it.joined.length > 0)).toBe(true);
  });

  test("the overhead group keeps its readings apart by part; it is in no pod", () => {
    const readings = snapshot?.cgroups
      .filter((it) => it.path === "/kata_overhead")
      .map((it) => it.readings.map((reading) => mib(reading.memory)));
    expect(readings).toEqual([[2.4], [4.9], [4.9], [65, 65, 175.8], [1126.4, 1126.4]]);
  });

  test("what is outside of the pod, and the debug console's part of it", () => {
    const evidence = of("overhead-outside-pod").map((it) => it.evidence);
    expect(evidence).toContainEqual(
      expect.objectContaining({ path: expect.stringContaining("/84e5718cae98") }),
    );
    expect(evidence).toContainEqual(
      expect.objectContaining({ beforeBytes: 65 * MIB, setting: "debug_console_enabled=true" }),
    );
  });

  test("160Mi declared against 110.7M measured, and the node's sum that agrees with it", () => {
    expect(
      of("pod-overhead-mismatch").map((it) => [it.severity, it.evidence.declaredBytes]),
    ).toEqual([
      ["warning", 0],
      ["info", 160 * MIB],
      ["info", 160 * MIB],
    ]);
    expect(of("pod-overhead-mismatch")[1]?.evidence.limitWithOverheadBytes).toBe(1184 * MIB);
  });

  test("kubectl top shows 0Mi where 110 MiB and more are held", () => {
    const hidden = of("hidden-from-kubectl-top");
    expect(hidden.filter((it) => it.evidence.shownBytes === 0)).toHaveLength(3);
  });

  test("the conclusion says 4M and 237M, which no table shows; the other pair agrees", () => {
    expect(diagnostics.filter((it) => it.code === "contradiction")).toMatchObject([
      { path: "line 3", message: expect.stringContaining("4 M against 237 M") },
    ]);
  });
});

describe("resources of Kmesh 0.4", async () => {
  const { snapshots, findings, diagnostics } = await analyzeFixture(
    "reports/000-kmesh-resources/report.md",
  );
  const tables = snapshots[0]?.measurements ?? [];

  test("threads and CPU, services and memory", () => {
    expect(
      tables.map((it) =>
        it.rows.map((row) => [row.scale, ...row.values.map((value) => value?.text)]),
      ),
    ).toEqual([
      [
        [100, "12.3%", "1%"],
        [500, "35%", "4.1%"],
        [1000, "61.7%", "8.8%"],
        [3000, "67%", "9.5%"],
      ],
      [
        [1, "23 MB"],
        [100, "23 MB"],
        [1000, "23 MB"],
      ],
    ]);
    expect(tables[0]?.cpus?.value).toBe(8);
  });

  test("the constant has one sum within its rounding, and none is claimed", () => {
    const [found] = findings.filter((it) => it.rule === "constant-over-scale");
    expect(found?.evidence.sumsThatFit).toEqual([
      expect.stringContaining("23490560 v0.4.0 kernel-native enhanced rounded-entries"),
    ]);
    expect(found?.message).toContain(
      "Nothing in the report settles it; the kernel it names is 5.10",
    );
  });

  test("12.1 of 12.5 % is named; 1.73 and 1.81 are not", () => {
    const found = findings.filter((it) => it.rule === "ebpf-cpu-near-limit");
    expect(found.map((it) => it.evidence.usedPercent)).toEqual([12.1]);
  });

  test("the text contradicts itself twice; five images hold figures", () => {
    expect(diagnostics.filter((it) => it.code === "contradiction")).toHaveLength(2);
    expect(diagnostics.filter((it) => it.code === "image-only")).toMatchObject([
      { message: expect.stringContaining("resource_test_memory.png (line ") },
    ]);
  });
});

test("an article that measures nothing: that is said, and which figures are in images only", async () => {
  const { snapshots, findings, diagnostics } = await analyzeFixture(
    "reports/002-kmesh-introduction/report.md",
  );
  expect(findings).toEqual([]);
  expect(snapshots[0]?.measurements).toBeUndefined();
  expect(diagnostics.map((it) => it.code).sort()).toEqual(["image-only", "nothing-known"]);
  expect(diagnostics.find((it) => it.code === "image-only")?.message).not.toContain("arch");
});

test("a proposal that lost its characters: each image that shows what its metrics plot is named", async () => {
  const { diagnostics } = await analyzeFixture("markdown-issue/monitoring-proposal.md");
  expect(diagnostics.filter((it) => it.code === "image-only").map((it) => it.message)).toEqual([
    "3 images seem to show figures, which cannot be read: pics/two_panels.jpg (line 17), pics/daemon.jpg (line 60), pics/operations.jpg (line 62)",
  ]);
});
