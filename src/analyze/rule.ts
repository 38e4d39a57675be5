/** What a rule must declare: what it finds, why it matters, what it needs, and the check itself. */
import type { z } from "zod";
import type { Finding, Severity } from "./analysis.ts";
import type { Need } from "./needs.ts";
import type { Tables } from "./tables.ts";

/** A finding as a rule yields it: the rule's id, docs page and severity are filled in. */
export type RuleFinding = Omit<Finding, "rule" | "severity" | "docs"> & {
  /** When one case is worse, or more harmless, than the rule's own severity. */
  readonly severity?: Severity;
};

export interface Rule<Options extends z.ZodType = z.ZodType> {
  /** A noun phrase for what it surfaces, in its failing state: `idle-preallocation`. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
  /** Facts without which the rule is "not applicable". */
  readonly needs: readonly Need[];
  readonly docs: string;
  readonly options: Options;
  check(tables: Tables, options: z.infer<Options>): Iterable<RuleFinding>;
}

export function defineRule<Options extends z.ZodType>(rule: Rule<Options>): Rule<Options> {
  return rule;
}
