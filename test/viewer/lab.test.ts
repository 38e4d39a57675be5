/** The scaling lab without its page: sliders and links, the demand, and the curves that are drawn. */
import { describe, expect, test } from "vitest";
import { simulation } from "../../src/analyze/simulation.ts";
import { contradictions } from "../../src/model/scaling/contradictions.ts";
import { kmesh05, PRESETS } from "../../src/model/scaling/presets.ts";
import type { Chart } from "../../src/report/charts/chart.ts";
import { simulated } from "../../src/report/charts/simulated.ts";
import { drawnCharts } from "../../src/report/html/charts.ts";
import { MOST_ENDPOINTS, MOST_SERVICES, rampDemand } from "../../src/viewer/lab/demand.ts";
import { changed, constantsOf, fromLink, SLIDERS } from "../../src/viewer/lab/settings.ts";

const FULL = { services: 2549, endpoints: 1, andBack: true };

const played = (demand: ReturnType<typeof rampDemand>, policies = [kmesh05]) =>
  simulation({
    demand,
    policies,
    withoutPool: false,
    host: { kernel: "6.1", kernelSource: "as given", possibleCpus: 8 },
    run: {},
    toolVersion: "0",
    diagnostics: [],
  });

function valuesOf(chart: Chart | undefined): readonly Record<string, number>[] {
  const spec = chart?.spec as { data?: { values: Record<string, number>[] } } | undefined;
  return spec?.data?.values ?? [];
}

describe("sliders", () => {
  test.each(SLIDERS.map((it) => [it.id, it] as const))("%s takes the presets' values", (id, it) => {
    for (const preset of PRESETS) {
      const value = preset[id];
      if (it.unit === "slots" && value === 0) continue;
      const place = it.toPlace(value);
      expect(it.toValue(Math.round(place))).toBeCloseTo(value, 10);
    }
  });

  test("a link holds what was changed, and what is no number or out of range in it does nothing", () => {
    const base = constantsOf(kmesh05);
    expect(fromLink(base, new Map([["scaleUpStep", "4096"]]))).toEqual({
      ...base,
      scaleUpStep: 4096,
    });
    const wrong = new Map([
      ["scaleUpStep", "x"],
      ["floorSlots", "-1"],
      ["highWatermark", "7"],
      ["initialSlots", "1e99"],
      ["__proto__", "1"],
    ]);
    expect(fromLink(base, wrong)).toEqual(base);
  });

  test("constants that cannot stand together are told", () => {
    const crossed = changed(kmesh05, { ...constantsOf(kmesh05), lowWatermark: 0.9 });
    expect(contradictions(crossed)).toEqual([
      { path: "lowWatermark", message: "0.9 must be below highWatermark 0.7" },
    ]);
    expect(contradictions(kmesh05)).toEqual([]);
  });
});

describe("the ramp", () => {
  test("a service with one endpoint takes 9 slots, as counted with Kmesh's own library", () => {
    const { slots } = rampDemand({ services: 3, endpoints: 1, andBack: true });
    expect(Array.from(slots)).toEqual([0, 9, 18, 27, 18, 9, 0]);
    expect(Array.from(rampDemand({ services: 2, endpoints: 0, andBack: false }).slots)).toEqual([
      0, 6, 12,
    ]);
  });

  test("the most that the fields take stays where single precision counts slots exactly", () => {
    const { slots } = rampDemand({
      services: MOST_SERVICES,
      endpoints: MOST_ENDPOINTS,
      andBack: false,
    });
    expect(Math.max(...Array.from(slots).slice(-1))).toBeLessThanOrEqual(2 ** 24);
  });
});

describe("the curves", () => {
  const demand = rampDemand(FULL);
  const chart = simulated(demand.slots, played(demand).runs);
  const rows = valuesOf(chart);

  test("Kmesh v0.5 claims 65,536 slots from 22,938 used on, and scales in below 0.3 of the claim", () => {
    expect(rows.length).toBeGreaterThan(100);
    for (const { point = 0, used = 0, first } of rows) {
      if (point <= FULL.services) expect(first).toBe(used < 22_938 ? 32_768 : 65_536);
    }
    const steps = played(demand).runs[0]?.steps ?? [];
    expect(steps.filter((it) => it.event === "scale-in").length).toBeGreaterThan(0);
    for (const step of steps.filter((it) => it.point >= 0)) {
      expect(rows.find((it) => it.point === step.point)?.first).toBe(
        steps.findLast((it) => it.point === step.point)?.claimedAfter,
      );
    }
  });

  test("the marks are shares of the claim", () => {
    for (const { first = 0, high, low } of rows) {
      expect(high).toBe(first * 0.7);
      expect(low).toBe(first * 0.3);
    }
  });

  test("it draws, with a second policy too", async () => {
    const other = { ...kmesh05, name: "<b>&", scaleUpStep: 4096, scaleInStep: 4096 };
    const runs = played(demand, [other, kmesh05]).runs;
    const [figure = ""] = await drawnCharts([simulated(demand.slots, runs)]);
    expect(figure).toContain("claimed by &lt;b&gt;&amp;");
    expect(figure).toContain("claimed by kmesh-0.5");
    expect(figure).not.toContain("<b>");
  });

  test("a curve of half a million points is drawn with a few hundred", () => {
    const slots = Array.from({ length: 500_000 }, (_, at) => at % 1000);
    const long = simulated(slots, played({ source: "s", slots, notes: [] }).runs);
    expect(valuesOf(long).length).toBeGreaterThan(100);
    expect(valuesOf(long).length).toBeLessThan(1000);
  });

  test("no points, no picture", () => {
    expect(simulated([], played(demand).runs)).toBeUndefined();
    expect(simulated(demand.slots, [])).toBeUndefined();
  });
});
