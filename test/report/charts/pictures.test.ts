/** What pictures show, from their specs: the same numbers as the analysis, and nothing of it left out in silence. */
import { describe, expect, test } from "vitest";
import type { AnalysisSnapshot } from "../../../src/analyze/analysis.ts";
import type { Chart } from "../../../src/report/charts/chart.ts";
import { programMaps, usesOf } from "../../../src/report/charts/program-maps.ts";
import { reconciliation } from "../../../src/report/charts/reconciliation.ts";
import { slotSizes } from "../../../src/report/charts/slot-sizes.ts";
import { drawnCharts } from "../../../src/report/html/charts.ts";
import { analyzeFixture } from "../../support/analyze-fixture.ts";
import { filesUnder } from "../../support/project-files.ts";

interface Layer {
  readonly data?: { readonly values: readonly Record<string, unknown>[] };
}

const specOf = (chart: Chart | undefined) =>
  chart?.spec as unknown as Layer & { readonly layer?: readonly Layer[] };
const valuesOf = (chart: Chart | undefined) => specOf(chart).data?.values ?? [];

describe("why sums differ", () => {
  test("issue 945: bars lead from the sum by program to the sum by map, each from where the last one ended", async () => {
    const { snapshots } = await analyzeFixture("issue-945/report.md");
    const found = snapshots.find((it) => it.label === "after")?.reconciliation;
    const bars = valuesOf(reconciliation(found)) as {
      what: string;
      kind: string;
      from: number;
      to: number;
    }[];
    const MiB = 1024 ** 2;
    expect(bars[0]).toMatchObject({ kind: "sum", from: 0, to: 668_854_718 / MiB });
    expect(bars.find((it) => it.what.includes("131,116 maps"))).toMatchObject({
      kind: "sum",
      from: 0,
      to: 832_921_600 / MiB,
    });
    let at = bars[0]?.to ?? Number.NaN;
    for (const bar of bars.slice(1)) {
      if (bar.kind !== "sum") expect(bar.from).toBeCloseTo(at, 9);
      else expect(bar.to).toBeCloseTo(at, 9);
      at = bar.to;
    }
    expect(bars.filter((it) => it.kind === "not explained")).toEqual([]);
  });

  test("nothing to compare, no picture", () => {
    expect(reconciliation(undefined)).toBeUndefined();
    expect(reconciliation({ views: [], steps: [], notes: [] })).toBeUndefined();
  });
});

describe("programs and maps", () => {
  test("each use that a program list tells is one line; one map's programs alone are a part of it", async () => {
    const { snapshots } = await analyzeFixture(
      filesUnder("fixtures/capture-6.18/after").map(short),
    );
    const snapshot = snapshots[0] as AnalysisSnapshot;
    const uses = usesOf(snapshot);
    const told = snapshot.programs.filter((it) => (it.families ?? []).length > 0);
    expect(uses.programs.length).toBeGreaterThan(0);
    expect(uses.programs.length).toBeLessThanOrEqual(told.length);
    const lines = specOf(programMaps(uses)).layer?.[0]?.data?.values ?? [];
    expect(lines).toHaveLength(uses.programs.reduce((sum, it) => sum + it.families.length, 0));
    const [family] = uses.families;
    const only = specOf(programMaps(uses, family?.id)).layer?.[1]?.data?.values ?? [];
    expect(only).toHaveLength(
      uses.programs.filter((it) => it.families.includes(family?.id ?? "")).length,
    );
  });

  test("hundreds of programs are cut, and the title says so", () => {
    const families = [{ id: "m", label: "m" }];
    const programs = Array.from({ length: 100 }, (_, at) => ({ label: `p${at}`, families: ["m"] }));
    expect(programMaps({ programs, families })?.title).toContain("60 more programs are not drawn");
  });
});

describe("slot sizes", () => {
  const chart = slotSizes({
    name: "<i>",
    lengths: new Map([
      [60, 10],
      [64, 5],
      [1500, 1],
    ]),
    now: [64, 1600],
    best: [64, 1504],
  });

  test("every value is in a bar, and one that just fits a class is left of its boundary", () => {
    const bars = specOf(chart).layer?.[0]?.data?.values as {
      from: number;
      to: number;
      values: number;
    }[];
    expect(bars.reduce((sum, it) => sum + it.values, 0)).toBe(16);
    expect(bars.filter((it) => it.to <= 64).reduce((sum, it) => sum + it.values, 0)).toBe(15);
  });

  test("it draws, and its name is text", async () => {
    const [figure = ""] = await drawnCharts([chart]);
    expect(figure).toContain("<svg");
    expect(figure).not.toContain("<i>");
  });

  test("no values, no picture", () => {
    expect(slotSizes({ name: "m", lengths: new Map(), now: [64], best: [] })).toBeUndefined();
  });
});

function short(file: string): string {
  return file.replace(/^fixtures\//, "");
}
