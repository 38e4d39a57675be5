/** Which pod a name is of, where only control groups with uids are known: said with the reason, or not at all. */
import type { PodUsage } from "../usage/pod-usage.ts";
import type { Pod } from "./pod.ts";
import type { PodIndex } from "./pod-index.ts";

export interface NameMatch {
  readonly pod: Pod;
  /** Empty where the name itself was known. */
  readonly because: string;
}

/** Undefined when no pod, or more than one, can be meant. */
export function nameMatch(index: PodIndex, usage: PodUsage): NameMatch | undefined {
  const { name, namespace, part } = usage;
  const named = index.ofName(name, namespace, part);
  if (named) return { pod: named, because: "" };
  const container = index.ofContainerNamed(name, part);
  if (container)
    return { pod: container, because: `the name ${name} begins with that of its container` };
  const only = part === undefined ? undefined : index.onlyNameless(part);
  if (only)
    return { pod: only, because: `${name} is the only pod named in this part of the report` };
  if (part?.variant !== undefined) return undefined;

  // Named above the variants: `test-kata` is the pod of the part about kata.
  const meant = index
    .inVariantsOf(part)
    .filter((it) => it.name === undefined && hasWord(name, it.part?.variant ?? ""));
  const [pod] = meant;
  return pod && meant.length === 1
    ? { pod, because: `the name ${name} has the word ${pod.part?.variant}` }
    : undefined;
}

function hasWord(name: string, word: string): boolean {
  return name.split(/[^a-z0-9]+/i).includes(word);
}
