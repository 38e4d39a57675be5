/** How findings about pods name them, and how they write figures that a tool had rounded. */
import type { AnalysisPod, AnalysisSnapshot } from "../analysis.ts";
import { exactBytes } from "../wording.ts";

/** Everything that a snapshot says of pods, with its label. */
export interface PodRow {
  readonly snapshot: string;
  readonly pod: AnalysisPod;
}

export function podRows(snapshots: readonly AnalysisSnapshot[]): readonly PodRow[] {
  return snapshots.flatMap(({ label, pods = [] }) => pods.map((pod) => ({ snapshot: label, pod })));
}

/** `pod test-kata (sandbox_cgroup_only=false)`. */
export function podLabel({ name, uid, id, part }: AnalysisPod): string {
  const variant = part?.variant;
  return `pod ${name ?? uid ?? id}${variant === undefined ? "" : ` (${variant})`}`;
}

/** A figure as the tool showed it; its bounds stand in the evidence. */
export function shownBytes(figure: { readonly value: number }): string {
  return exactBytes(figure.value);
}

/** `kubectl top` drops what is below 1 MiB, so its 0 is no measured nothing. */
export function topShows(figure: { readonly value: number; readonly most: number }): string {
  return figure.value === 0 ? "0Mi" : exactBytes(figure.value);
}

/** All that is known to be held for a pod; undefined when nothing is. */
export function heldFor({ memory, outside }: AnalysisPod) {
  const known = [memory, outside].filter((it) => it !== undefined);
  if (known.length === 0) return undefined;
  const sum = (key: "value" | "least" | "most") => known.reduce((total, it) => total + it[key], 0);
  return { value: sum("value"), least: sum("least"), most: sum("most") };
}
