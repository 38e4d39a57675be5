/** The same thing measured under two runtimes or settings: its pods side by side. */
import { differenceOf, exactly, type Rounded, sumOfRounded } from "../rounded.ts";
import type { Pod } from "./pod.ts";

export interface PodComparison {
  /** What is compared, as the report's heading says. */
  readonly subject: string;
  readonly from: Compared;
  readonly to: Compared;
  /** All that is known to be held for the pod, in its own group and outside of it. */
  readonly difference: Rounded;
}

export interface Compared {
  readonly variant: string;
  readonly pod: string;
  /** In the pod's own group; absent where that has no figure. */
  readonly inside?: Rounded;
  readonly outside?: Rounded;
  /** Of those that have a figure. */
  readonly total: Rounded;
}

/** Each later variant against the first; a variant with several pods, or without a figure, is left out. */
export function comparisonsOf(pods: readonly Pod[]): readonly PodComparison[] {
  const subjects = new Map<string, Map<string, Pod[]>>();
  for (const pod of pods) {
    const { subject, variant } = pod.part ?? {};
    if (subject === undefined || variant === undefined || pod.uid === undefined) continue;
    const variants = subjects.get(subject) ?? new Map<string, Pod[]>();
    subjects.set(subject, variants);
    variants.set(variant, [...(variants.get(variant) ?? []), pod]);
  }
  return [...subjects].flatMap(([subject, variants]) => {
    const sides = [...variants].flatMap(([variant, own]) => comparedOf(variant, own) ?? []);
    const [from, ...others] = sides;
    if (from === undefined) return [];
    return others.map((to) => ({
      subject,
      from,
      to,
      difference: differenceOf(to.total, from.total),
    }));
  });
}

function comparedOf(variant: string, pods: readonly Pod[]): Compared | undefined {
  const [pod] = pods;
  if (pod === undefined || pods.length > 1) return undefined;
  const inside = pod.memory?.figure;
  const outside = pod.outside?.figure;
  if (inside === undefined && outside === undefined) return undefined;
  return {
    variant,
    pod: pod.id,
    ...(inside !== undefined && { inside }),
    ...(outside !== undefined && { outside }),
    total: sumOfRounded([inside ?? exactly(0), outside ?? exactly(0)]),
  };
}
