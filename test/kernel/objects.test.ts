/** The committed objects, loaded into the running kernel, filled, dumped and analysed: every figure the kernel knows. */
import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisSnapshot } from "../../src/analyze/analysis.ts";
import { analyzeSources } from "../support/analyze-fixture.ts";
import { differences, entriesPutIn, type Fact, only } from "../support/kernel-figures.ts";
import { describeLive, kernelRelease, possibleCpus } from "./live-kernel.ts";
import { runScenario, type Scenario } from "./scenario.ts";
import { Vmlinux } from "./vmlinux.ts";

/** Snapshots of each scenario, with the maps without a name that it has made and not taken away by then. */
const SCENARIOS = [
  { name: "objects", innerMaps: { before: 254, after: 509 } },
  { name: "head", innerMaps: { "kernel-native": 0, "dual-engine": 0 } },
] as const;

describeLive("the committed objects on this kernel", () => {
  let structSizes: Record<string, number>;

  beforeAll(() => {
    structSizes = new Vmlinux().structSizes();
  }, 60_000);

  describe.each(SCENARIOS)("scenario $name", ({ name, innerMaps }) => {
    let scenario: Scenario;

    beforeAll(() => {
      scenario = runScenario(name);
    }, 180_000);

    describe.each(Object.entries(innerMaps))("%s", (label, expectedInnerMaps) => {
      let told: AnalysisSnapshot;
      let inferred: AnalysisSnapshot;
      let facts: readonly Fact[];

      beforeAll(async () => {
        const files = scenario.snapshot(label);
        const host = { kernel: kernelRelease(), possibleCpus: possibleCpus(), structSizes };
        told = only(await analyzeSources(files, host));
        inferred = only(await analyzeSources(files));
        facts = scenario.facts.filter((it) => it.snapshot === label);
      });

      test("has every map that was made", () => {
        expect(told.totals.maps).toBe(facts.length + expectedInnerMaps);
      });

      test("memlock is modelled to the byte, with the host told", () => {
        expect(differences(told)).toEqual([]);
      });

      test("memlock is modelled to the byte, with the host inferred from the dumps", () => {
        expect(differences(inferred)).toEqual([]);
      });

      test("what is inferred of the host is what the kernel says", () => {
        const { accounting, possibleCpus: cpus } = inferred.host;
        expect(accounting?.value).toBe(told.host.accounting?.value);
        if (cpus !== undefined) expect(cpus.value).toBe(possibleCpus());
        const calibrated = inferred.host.structSizes?.calibrated ?? {};
        for (const [struct, size] of Object.entries(calibrated)) {
          expect([struct, size.value]).toEqual([struct, structSizes[struct]]);
        }
      });

      test("entries are those that were put in", () => {
        const { put, known } = entriesPutIn(told, facts);
        expect(known).toEqual(put.filter((it) => known.some(({ id }) => id === it.id)));
        expect(known.length).toBeGreaterThan(3);
      });

      test("maps without a name are one family of inner maps, tied to the outer map", () => {
        const inner = told.families.filter((it) => it.role === "inner");
        expect(inner.reduce((sum, it) => sum + it.count, 0)).toBe(expectedInnerMaps);
        expect(inner.map((it) => it.outer?.name)).toEqual(
          expectedInnerMaps > 0 ? ["outer_map"] : [],
        );
      });
    });
  });
});
