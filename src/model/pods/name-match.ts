/** Which pod a name is of, where only control groups with uids are known: said with the reason, or not at all. */
import type { PodUsage } from "../usage/pod-usage.ts";
import { partKey, subjectKey } from "./part-key.ts";
import type { Pod } from "./pod.ts";

export interface NameMatch {
  readonly pod: Pod;
  /** Empty where the name itself was known. */
  readonly because: string;
}

/** Undefined when no pod, or more than one, can be meant. */
export function nameMatch(pods: readonly Pod[], usage: PodUsage): NameMatch | undefined {
  const { name, namespace, part } = usage;
  const here = pods.filter((it) => partKey(it.part) === partKey(part));
  const named = here.find(
    (it) =>
      it.name === name &&
      (it.namespace === undefined || namespace === undefined || it.namespace === namespace),
  );
  if (named) return { pod: named, because: "" };

  const nameless = here.filter((it) => it.name === undefined && it.uid !== undefined);
  const container = nameless.find((it) =>
    it.containers.some((own) => name === own || name.startsWith(`${own}-`)),
  );
  if (container)
    return { pod: container, because: `the name ${name} begins with that of its container` };
  const [only] = nameless;
  if (only && nameless.length === 1 && here.length === 1 && part !== undefined)
    return { pod: only, because: `${name} is the only pod named in this part of the report` };

  // Named above the variants: `test-kata` is the pod of the part about kata.
  const inVariants = pods.filter(
    (it) =>
      it.name === undefined &&
      it.part?.variant !== undefined &&
      part?.variant === undefined &&
      subjectKey(it.part) === subjectKey(part) &&
      hasWord(name, it.part.variant),
  );
  const [pod] = inVariants;
  return pod && inVariants.length === 1
    ? { pod, because: `the name ${name} has the word ${pod.part?.variant}` }
    : undefined;
}

function hasWord(name: string, word: string): boolean {
  return name.split(/[^a-z0-9]+/i).includes(word);
}
