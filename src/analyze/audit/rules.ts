/** What an audit itself can find, besides the rules that judge maps: each with its usual level and its section in docs. */
import type { Severity } from "../analysis.ts";

export interface AuditRule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
}

const DOCS = "docs/audit.md";

export const AUDIT_RULES = {
  "budget-exceeded": {
    title: "Maps cost more than their budget",
    why: "Every node that loads the objects pays it.",
    severity: "error",
  },
  "budget-undecided": {
    title: "A budget cannot be judged",
    why: "A figure that is not known may be over the limit.",
    severity: "warning",
  },
  "unused-budget": {
    title: "A budget limits nothing",
    why: "A name that is misspelled, or a map that is called otherwise now, lets everything pass.",
    severity: "warning",
  },
  "unused-glob": {
    title: "A scale point, mode or shared map matches nothing",
    why: "What it promises of maps is checked for none of them.",
    severity: "warning",
  },
  "scale-point-overflow": {
    title: "A map is too small for a scale point",
    why: "Updates fail with E2BIG, or entries are evicted, before that scale is reached.",
    severity: "error",
  },
  "refused-map": {
    title: "A kernel would not create the map",
    why: "Loading the object fails there.",
    severity: "error",
  },
  "shared-map-conflict": {
    title: "Objects declare a shared map differently",
    why: "A loader that finds the pinned map refuses another definition.",
    severity: "error",
  },
  "pinned-map-changed": {
    title: "A pinned map changed its shape",
    why: "After an upgrade the map that is still pinned is of the old shape, and the loader refuses it.",
    severity: "warning",
  },
  "unreadable-input": {
    title: "An input could not be read",
    why: "What is not read is not in the figures, so no budget is proved.",
    severity: "error",
  },
  "expired-waiver": {
    title: "A waiver has expired",
    why: "What it waived counts again.",
    severity: "warning",
  },
  "unused-waiver": {
    title: "A waiver waives nothing",
    why: "It would silently waive the next problem of that kind.",
    severity: "info",
  },
} as const satisfies Record<string, Omit<AuditRule, "id">>;

export type AuditRuleId = keyof typeof AUDIT_RULES;
export const AUDIT_RULE_IDS = Object.keys(AUDIT_RULES) as readonly AuditRuleId[];

export function auditRuleDocs(id: AuditRuleId): string {
  return `${DOCS}#${id}`;
}
