/** What Kmesh's map metrics leave out, and what they count that is not Kmesh's. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import type { AnalysisFamily, AnalysisSnapshot } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule, type RuleFinding } from "../rule.ts";
import { counted, listed } from "../wording.ts";

type Metric = NonNullable<AnalysisSnapshot["metrics"]>[number];

/** `isKmeshMap` of pkg/controller/telemetry/map_metric.go. */
const EXPORTED_PREFIX = "kmesh_";
/** What nearly all maps of Kmesh are called since v1.0.0. */
const OWN_PREFIX = "km_";
const OWNER = /^kmesh(?:[-\s]|$)/i;

const NAMED = 4;

export const metricBlindSpot = defineRule({
  id: "metric-blind-spot",
  title: "A metric does not see the maps it is meant for",
  why: "Kmesh's exporter keeps maps whose name begins with kmesh_, while its maps are called km_* since v1.0.0: a dashboard made of it shows a few maps and hides the others.",
  severity: "warning",
  needs: ["map-metrics"],
  docs: "docs/rules/metric-blind-spot.md",
  options: z.strictObject({}),

  *check({ snapshots }) {
    for (const snapshot of snapshots) {
      const own = (snapshot.metrics ?? []).filter((it) => it.exporter === "kmesh");
      if (own.length === 0) continue;
      yield* unseen(snapshot, own);
      yield* miscounted(snapshot, own);
      yield* falseZeros(snapshot, own);
    }
  },
});

/** Maps of Kmesh, in the kernel or only declared, that no metric speaks of. */
function* unseen(snapshot: AnalysisSnapshot, metrics: readonly Metric[]): Generator<RuleFinding> {
  const seen = new Set(metrics.flatMap((it) => (it.subject === "map" ? (it.name ?? []) : [])));
  const live = snapshot.families.filter((it) => isOwn(it) && !seen.has(it.name ?? ""));
  const declared = (snapshot.declared?.maps ?? []).filter(
    (it) =>
      it.kernelName.startsWith(OWN_PREFIX) && it.live === undefined && !seen.has(it.kernelName),
  );
  const names = [...live.map(familyLabel), ...declared.map((it) => it.name)];
  if (names.length === 0) return;
  const shown = names.length > NAMED ? [...names.slice(0, NAMED), "others"] : names;
  const maps = live.reduce((sum, it) => sum + it.count, 0) + declared.length;
  yield {
    subject: { snapshot: snapshot.label, kind: "metric", id: "kmesh_map_entry_count" },
    message:
      `kmesh_map_entry_count speaks of ${counted(seen.size, "map")}, and ${counted(maps, "map")} of Kmesh ` +
      `${maps === 1 ? "is" : "are"} in none of its series (${listed(shown)}): the exporter keeps names that begin with ${EXPORTED_PREFIX}`,
    evidence: {
      exported: [...seen].sort(),
      unseen: names.slice(0, 64),
      unseenMaps: maps,
    },
    recommendation:
      "Count these maps where the kernel lists them: `bpftool -j map show > maps.json`, and `bpftool -j map dump name NAME` for their entries; " +
      "do not read a missing series as an empty map.",
  };
}

function isOwn({ name, owner, role }: AnalysisFamily): boolean {
  if (name === null || name.startsWith(".") || role === "inner") return false;
  return name.startsWith(OWN_PREFIX) || (owner !== undefined && OWNER.test(owner.name));
}

/** The count of maps is of every map without a name too, whoever made it. */
function* miscounted(
  { label, families }: AnalysisSnapshot,
  metrics: readonly Metric[],
): Generator<RuleFinding> {
  const count = metrics.find((it) => it.measure === "maps");
  if (count === undefined || families.every((it) => it.mapIds.length === 0)) return;
  const sum = (of: readonly AnalysisFamily[]) => of.reduce((total, it) => total + it.count, 0);
  const unnamed = sum(families.filter((it) => it.name === null));
  const exported = sum(families.filter((it) => it.name?.startsWith(EXPORTED_PREFIX)));
  const missed = sum(families.filter((it) => it.name?.startsWith(OWN_PREFIX)));
  if (missed === 0 && unnamed === 0) return;
  yield {
    severity: "info",
    subject: { snapshot: label, kind: "metric", id: count.series },
    message:
      `${count.series} says ${formatCount(count.value)}; it counts maps called ${EXPORTED_PREFIX}* (${formatCount(exported)} are listed) ` +
      `and every map of the host without a name (${formatCount(unnamed)}), and none called ${OWN_PREFIX}* (${formatCount(missed)})`,
    evidence: {
      value: count.value,
      listedExported: exported,
      listedUnnamed: unnamed,
      listedNotCounted: missed,
    },
    recommendation:
      "Do not take it for the number of Kmesh's maps: `bpftool -j map show | jq length` counts all of the host.",
  };
}

/** A count of 0 for a map that a dump, or its memlock, shows to hold entries. */
function* falseZeros(
  { label, families }: AnalysisSnapshot,
  metrics: readonly Metric[],
): Generator<RuleFinding> {
  const zeros = new Map(
    metrics.filter((it) => it.measure === "entries" && it.value === 0).map((it) => [it.family, it]),
  );
  for (const family of families) {
    const zero = zeros.get(family.id);
    const entries = family.entries?.value ?? family.nonZeroSlots?.value ?? 0;
    if (zero === undefined || entries === 0) continue;
    yield {
      subject: { snapshot: label, kind: "family", id: family.id },
      message: `${zero.series} says 0 for ${familyLabel(family)}, which holds ${formatCount(entries)}: ${zero.doubt ?? "the counts differ"}`,
      evidence: {
        reported: 0,
        entries,
        basis: family.entries?.basis ?? family.nonZeroSlots?.basis ?? "counted",
      },
      recommendation:
        "Take a 0 of this series for unknown: count the map with `bpftool -j map dump id ID`.",
    };
  }
}
