/** Known answers: 6, 9, 11 and 27 slots of four clusters, as the C library of Kmesh v0.5.0 took them. */
import { expect, test } from "vitest";
import type { AnalysisHierarchy, AnalysisSnapshot } from "../../../src/analyze/analysis.ts";
import { unreferencedInnerMaps } from "../../../src/analyze/rules/unreferenced-inner-maps.ts";
import { runRules } from "../../../src/analyze/run-rules.ts";
import { MiB } from "../../../src/base/units.ts";
import { analyzeFixture } from "../../support/analyze-fixture.ts";
import { family, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const outer = family({ id: "outer", name: "outer_map", role: "outer" });
const OUTER_NODE: AnalysisHierarchy["outers"][number] = {
  mapId: 7,
  name: "outer_map",
  maxEntries: 1 << 20,
  held: 32_767,
  unlisted: 0,
  families: [],
  complete: true,
  source: "map-dump-outer_map.json",
};
const XDS: NonNullable<AnalysisHierarchy["xds"]> = {
  generation: "outer-map",
  layout: "",
  held: [
    { map: "outer_map", slots: 32_767, slotBytes: { value: 2056, basis: "modeled", formula: "" } },
  ],
  reached: 12_767,
  unreferenced: 20_000,
  dangling: 0,
  shared: 0,
  objects: 1,
  owners: [],
  byKind: [],
};

function withTree(
  xds: Partial<typeof XDS>,
  more: Partial<AnalysisSnapshot> = {},
  outsiders: AnalysisHierarchy["outsiders"] = [],
) {
  const hierarchy = { outers: [OUTER_NODE], programSlots: [], outsiders, xds: { ...XDS, ...xds } };
  const lost = family({ id: "lost", name: null, count: 2000, residentBytes: 4 * MiB });
  return tablesOf(snapshot([outer, lost], { hierarchy, ...more }));
}

const state = (used: number) => ({
  persistedStates: [{ used, claimed: 32_768, maxIndex: 32_767, source: "mim_mng_persist" }],
});

ruleCases(unreferencedInnerMaps, {
  fires: {
    "slots that nothing refers to: free, or leaked, which is not known": [
      withTree({}),
      {
        severity: "info",
        subject: { snapshot: "snapshot", kind: "family", id: "outer" },
        message:
          "20,000 inner maps of outer_map are referred to by no cluster, listener or route: 61 % of the " +
          "32,767 maps it holds, 41,120,000 bytes resident; they are the free slots of the pool, or slots that " +
          "were never given back",
        evidence: {
          heldSlots: 32_767,
          reachedSlots: 12_767,
          unreferencedSlots: 20_000,
          residentBytes: 41_120_000,
        },
      },
    ],
    "the daemon counts more in use than have an owner": [
      withTree({}, state(30_000)),
      {
        severity: "info",
        message: expect.stringContaining(
          "the daemon last counted 30,000 slots in use: if nothing was removed since, 17,233 slots were never given back",
        ),
        evidence: expect.objectContaining({ unreturnedSlots: 17_233 }),
        savesBytes: 17_233 * 2056,
      },
    ],
    "the daemon counts no more in use than have an owner": [
      withTree({}, state(12_767)),
      { evidence: expect.objectContaining({ unreturnedSlots: 0 }) },
    ],
    "maps of the shape of inner maps in no outer map": [
      withTree({ unreferenced: 0 }, {}, [{ family: "lost", maps: 2000, alike: "inner" }]),
      {
        severity: "warning",
        subject: { snapshot: "snapshot", kind: "family", id: "lost" },
        evidence: { maps: 2000, residentBytes: 4 * MiB },
      },
    ],
  },
  silent: {
    "every slot has an owner": withTree({ unreferenced: 0 }),
    "few bytes": withTree({ unreferenced: 500 }),
    "what refers to them is not known": tablesOf(
      snapshot([outer], { hierarchy: { outers: [OUTER_NODE], programSlots: [], outsiders: [] } }),
    ),
  },
  notApplicable: {
    "no dump of an outer map": [tablesOf(snapshot([outer])), /no dump of an outer map/],
  },
});

test("the node of v0.5.0: 29 of 128 slots, found when so few bytes are asked for", async () => {
  const folder = "kmesh-v0.5.0-node";
  const files = ["map-show", "inner-maps", "map-dump-outer_map", "map-dump-kmesh_cluster"];
  const rest = ["map-dump-kmesh_listener", "map-dump-map_of_router_config"];
  const { snapshots } = await analyzeFixture(
    [...files, ...rest].map((it) => `${folder}/${it}.json`),
    { kernel: "6.1", possibleCpus: 8 },
  );
  const options = { [unreferencedInnerMaps.id]: { minBytes: 1 } };
  const { findings } = runRules([unreferencedInnerMaps], tablesOf(...snapshots), options);
  expect(findings).toMatchObject([{ evidence: { unreferencedSlots: 29, heldSlots: 128 } }]);
});

test("free slots of a pool are no saving by themselves", () => {
  for (const more of [{}, state(12_767)]) {
    const { findings } = runRules([unreferencedInnerMaps], withTree({}, more));
    expect(findings[0]).not.toHaveProperty("savesBytes");
  }
});
