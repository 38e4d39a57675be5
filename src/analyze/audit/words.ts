/** What the words of an audit's report mean: `mapscope explain` answers them. */
import type { MapChange } from "./changes.ts";
import type { Audit, BudgetResult } from "./schema.ts";

type Outcome = BudgetResult["outcome"] | Audit["rules"][number]["outcome"];

export const OUTCOME_MEANING = {
  met: "every figure of the budget is known and within its limit, at every point",
  missed: "a figure is over its limit at some point",
  waived: "it is missed, and a waiver says why that does not count, and until when",
  undecided: "what is known is within the limit, and a figure of some map is not known",
  unused: "the budget matches no map or no point, or needs a baseline and none was given",
  findings: "the rule found something",
  passed: "the rule had all it needs and found nothing",
  "not-applicable": "the input lacks what the rule needs; the reason says what",
  failed: "the rule itself went wrong, and the others went on",
  off: "the config has turned the rule off",
} as const satisfies Record<Outcome, string>;

export const FILL_MEANING = {
  empty: "maps as they are created, without an entry",
  full: "maps with as many entries as they can have",
  live: "maps as a dump or an analysis found them",
  "scale point":
    "a cluster of a size that the config names: entries for each glob of map names; the others are empty",
} as const;

export const CHANGE_MEANING = {
  added: "the baseline has no such map",
  removed: "the baseline has a map that is gone",
  renamed: "a map that went and one that came seem to be one, by shape and name: a guess",
  changed: "attributes, members of key or value, or how many of it there are, are others",
} as const satisfies Record<MapChange["change"], string>;

export const AUDIT_MEANING = {
  point: "where maps are costed: a kernel, a number of possible CPUs, and a fill",
  baseline: "what the inputs are compared with: a saved analysis, objects, or a revision of them",
  fingerprint: "equal for the same problem in other runs and checkouts, whatever its numbers",
  location: "where a map is declared, or first used; paths begin at the repository's root",
} as const;
