/** Figures of memory that two snapshots both have: of the host, of a control group, of a pod. */
import type { AnalysisSnapshot, Comparison } from "./analysis.ts";

type Change = NonNullable<Comparison["memory"]>[number];

interface Figure {
  readonly value: number;
  readonly least: number;
  readonly most: number;
}

/** Keys of memory.stat that count events, not bytes. */
const COUNTS = /^(?:total_)?(?:pg|workingset_|thp_|swpin|swpout|zswp|numa_)/;

/** In the order of the later one; what only one of them has is no change of it. */
export function memoryChanges(from: AnalysisSnapshot, to: AnalysisSnapshot): Change[] {
  const before = figuresOf(from);
  return [...figuresOf(to)].flatMap(([what, now]) => {
    const then = before.get(what);
    if (then === undefined) return [];
    return [
      {
        what,
        from: then.value,
        to: now.value,
        delta: now.value - then.value,
        errorBytes: Math.max(
          now.most - now.value + (then.value - then.least),
          now.value - now.least + (then.most - then.value),
        ),
      },
    ];
  });
}

/** Of several readings in one snapshot, the last. */
function figuresOf({
  hostMemory = [],
  memoryStats = [],
  cgroups,
  pods = [],
}: AnalysisSnapshot): ReadonlyMap<string, Figure> {
  const found = new Map<string, Figure>();
  for (const { tool, figures } of hostMemory) {
    for (const [name, figure] of Object.entries(figures)) found.set(`${tool} ${name}`, figure);
  }
  for (const { cgroup, figures } of memoryStats) {
    const place = cgroup === undefined ? "" : ` of ${cgroup}`;
    for (const [name, value] of Object.entries(figures)) {
      if (COUNTS.test(name)) continue;
      found.set(`memory.stat ${name}${place}`, { value, least: value, most: value });
    }
  }
  for (const { path, memory } of cgroups) if (memory) found.set(`group ${path}`, memory);
  for (const { name, workingSet } of pods) {
    if (name !== undefined && workingSet) found.set(`kubectl top ${name}`, workingSet);
  }
  return found;
}
