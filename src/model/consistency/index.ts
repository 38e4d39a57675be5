/** What a report says in words, held against itself and against what was measured in it. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { cgroupsOf } from "../pods/cgroups.ts";
import { comparisonsOf } from "../pods/comparisons.ts";
import { podsOf } from "../pods/pods.ts";
import type { Snapshot } from "../snapshot.ts";
import { cpuShares } from "./cpu-shares.ts";
import { memoryPairs } from "./memory-pairs.ts";
import { scaleCounts } from "./scale-counts.ts";

export function contradictionsIn(snapshot: Snapshot): readonly Diagnostic[] {
  const { statements, host } = snapshot;
  if (statements.length === 0) return [];
  const comparisons = comparisonsOf(podsOf(snapshot, cgroupsOf(snapshot.cgroupUsage)));
  const cpus = host.find((it) => it.fact === "possibleCpus")?.value;
  return [
    ...memoryPairs(statements, comparisons),
    ...cpuShares(statements, typeof cpus === "number" ? cpus : undefined),
    ...scaleCounts(statements),
  ];
}
