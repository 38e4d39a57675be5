/** Inner maps that cost memory while nothing uses them: referred to by no object, or in no outer map. */
import { z } from "zod";
import { MiB } from "../../base/units.ts";
import type { AnalysisSnapshot } from "../analysis.ts";
import { defineRule, type RuleFinding } from "../rule.ts";
import { counted, exactBytes, percent } from "../wording.ts";

export const unreferencedInnerMaps = defineRule({
  id: "unreferenced-inner-maps",
  title: "Inner maps that nothing refers to",
  why: "A map stays as long as something holds it: a slot of the outer map keeps an inner map alive although no stored object leads to it, and so does an open file descriptor.",
  severity: "warning",
  needs: ["hierarchy"],
  docs: "docs/rules/unreferenced-inner-maps.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Resident bytes of unreferenced slots or maps below which they are left alone."),
    minMaps: z
      .int()
      .positive()
      .default(1024)
      .describe("The same as a number of them, for when their bytes are not known."),
  }),

  *check({ snapshots }, limits) {
    for (const snapshot of snapshots) {
      const unreferenced = slotsOf(snapshot, limits);
      if (unreferenced !== undefined) yield unreferenced;
      yield* outsidersOf(snapshot, limits);
    }
  },
});

interface Limits {
  readonly minBytes: number;
  readonly minMaps: number;
}

function isWorthIt(
  bytes: number | undefined,
  maps: number,
  { minBytes, minMaps }: Limits,
): boolean {
  return bytes === undefined ? maps >= minMaps : bytes >= minBytes;
}

/** Slots that are filled and that no object leads to: the free part of a pool, or what was leaked. */
function slotsOf(snapshot: AnalysisSnapshot, limits: Limits): RuleFinding | undefined {
  const xds = snapshot.hierarchy?.xds;
  if (xds?.unreferenced === undefined || xds.generation !== "outer-map") return undefined;
  const [outer] = xds.held;
  const family = snapshot.families.find((it) => it.name === outer?.map);
  if (outer === undefined || family === undefined) return undefined;
  const { unreferenced } = xds;
  const each = outer.slotBytes?.value;
  const bytes = each === undefined ? undefined : unreferenced * each;
  if (unreferenced === 0 || !isWorthIt(bytes, unreferenced, limits)) return undefined;
  const inUse = inUseOf(snapshot);
  const unreturned = inUse === undefined ? undefined : Math.max(0, inUse - xds.reached);
  return {
    severity: "info",
    subject: { snapshot: snapshot.label, kind: "family", id: family.id },
    message:
      `${counted(unreferenced, "inner map")} of ${outer.map} ${unreferenced === 1 ? "is" : "are"} referred to by no cluster, listener or route: ` +
      `${percent(unreferenced / outer.slots)} of the ${counted(outer.slots, "map")} it holds` +
      (bytes === undefined ? "" : `, ${exactBytes(bytes)} resident`) +
      whose(inUse, unreturned),
    evidence: {
      heldSlots: outer.slots,
      reachedSlots: xds.reached,
      unreferencedSlots: unreferenced,
      ...(bytes !== undefined && { residentBytes: bytes }),
      ...(inUse !== undefined && { slotsInUse: inUse }),
      ...(unreturned !== undefined && { unreturnedSlots: unreturned }),
    },
    recommendation:
      unreturned !== undefined && unreturned > 0
        ? "Take the log and the dumps again at one time; if the daemon still counts more than have an owner, it leaks slots: report it with these files. A rollout that removes /sys/fs/bpf/bpf_kmesh frees them."
        : "Lower the pool's first allocation and step, or move to Kmesh v1.0.0 or later, which stores entries on demand.",
    // The free slots of a pool are room that it works with: what a smaller one saves the rules of the pool tell.
    ...(each !== undefined &&
      unreturned !== undefined &&
      unreturned > 0 && { savesBytes: Math.min(unreturned, unreferenced) * each }),
  };
}

/** The daemon's count is of its last step or its restart, and the dumps are of another moment. */
function whose(inUse: number | undefined, unreturned: number | undefined): string {
  if (inUse === undefined || unreturned === undefined) {
    return "; they are the free slots of the pool, or slots that were never given back";
  }
  if (unreturned === 0) {
    return "; the daemon last counted no more slots in use than have an owner, so they are its free slots";
  }
  return `; the daemon last counted ${counted(inUse, "slot")} in use: if nothing was removed since, ${counted(unreturned, "slot")} were never given back`;
}

/** Slots in use by the daemon's own count; several daemons in one kernel cannot be told apart. */
function inUseOf({ scaling, persistedStates }: AnalysisSnapshot): number | undefined {
  const daemons = scaling?.daemons ?? [];
  if (daemons.length === 1) return daemons[0]?.used;
  const [state, another] = persistedStates ?? [];
  return another === undefined ? (state?.usedBits ?? state?.used) : undefined;
}

function* outsidersOf(snapshot: AnalysisSnapshot, limits: Limits): Generator<RuleFinding> {
  for (const { family: id, maps } of snapshot.hierarchy?.outsiders ?? []) {
    const family = snapshot.families.find((it) => it.id === id);
    const bytes = family?.residentBytes?.value;
    if (family === undefined || !isWorthIt(bytes, maps, limits)) continue;
    yield {
      subject: { snapshot: snapshot.label, kind: "family", id },
      message:
        `${counted(maps, "unnamed map")} in the shape of inner maps ${maps === 1 ? "is" : "are"} in no outer map` +
        (bytes === undefined ? "" : ` (${exactBytes(bytes)} resident)`) +
        ": only open file descriptors keep them, or an outer map that is gone",
      evidence: { maps, ...(bytes !== undefined && { residentBytes: bytes }) },
      recommendation:
        "See who holds them: `bpftool -j map show` as root shows pids from Linux 5.8 on; restarting that process frees them.",
      ...(bytes !== undefined && { savesBytes: bytes }),
    };
  }
}
