/** Waivers: what is known, accepted for a reason, and until when. */
import type { Waiver } from "./config.ts";
import type { RawFinding } from "./findings.ts";
import { matcher } from "./globs.ts";
import { objectNames } from "./identity.ts";
import type { AuditRuleId } from "./rules.ts";

export interface Waived {
  readonly finding: RawFinding;
  readonly waiver: Waiver | undefined;
}

/** @param today `2026-11-24`; a waiver holds on its last day. */
export function applyWaivers(
  findings: readonly RawFinding[],
  waivers: readonly Waiver[],
  today: string,
): { readonly waived: readonly Waived[]; readonly more: readonly RawFinding[] } {
  const holding = waivers.filter((it) => it.until >= today);
  const used = new Set<Waiver>();
  const waived = findings.map((finding) => {
    const waiver = holding.find((it) => covers(it, finding));
    if (waiver !== undefined) used.add(waiver);
    return { finding, waiver };
  });
  return {
    waived,
    more: [
      ...waivers.filter((it) => it.until < today).map((it) => expired(it, findings)),
      ...holding.filter((it) => !used.has(it)).map(unused),
    ],
  };
}

function covers({ rule, budget, map, object }: Waiver, finding: RawFinding): boolean {
  const [byRule, byMap, byObject] = [matcher(rule), matcher(map), matcher(object)];
  if (!byRule(finding.rule)) return false;
  // The names of budgets hold spaces and signs, so that one is also meant literally.
  const isBudget = (name: string) => budget?.includes(name) === true || matcher(budget)(name);
  if (budget !== undefined && (finding.budget === undefined || !isBudget(finding.budget)))
    return false;
  // A finding about several maps is waived when all of them are.
  const names = mapNames(finding);
  if (map !== undefined && (names.length === 0 || !names.every(byMap))) return false;
  const objects = finding.objects ?? finding.maps.flatMap(objectNames);
  return (
    object === undefined || (objects.length > 0 && objects.every((known) => known.some(byObject)))
  );
}

/** What these are about has another name: a file, a budget, a key of the config. */
const ABOUT_NO_MAP: ReadonlySet<string> = new Set<AuditRuleId>([
  "unreadable-input",
  "unused-budget",
  "unused-glob",
]);

function mapNames({ rule, maps, subject }: RawFinding): readonly string[] {
  if (maps.length > 0) return maps.map((it) => it.name);
  return ABOUT_NO_MAP.has(rule) ? [] : [subject.id];
}

function expired(waiver: Waiver, findings: readonly RawFinding[]): RawFinding {
  const back = findings.filter((it) => covers(waiver, it)).length;
  return {
    rule: "expired-waiver",
    subject: { snapshot: "", kind: "object", id: nameOf(waiver) },
    maps: [],
    message:
      `the waiver for ${nameOf(waiver)} ended on ${waiver.until} ("${waiver.reason}")` +
      (back === 0 ? "; nothing needs it any more" : `; ${back} of the findings came back with it`),
    evidence: { until: waiver.until, findings: back },
    recommendation:
      back === 0
        ? "Remove it."
        : "Mend what it waived, or renew it with a reason that still holds.",
  };
}

function unused(waiver: Waiver): RawFinding {
  return {
    rule: "unused-waiver",
    subject: { snapshot: "", kind: "object", id: nameOf(waiver) },
    maps: [],
    message: `the waiver for ${nameOf(waiver)} (until ${waiver.until}) waives nothing`,
    evidence: { until: waiver.until },
    recommendation: "Remove it.",
  };
}

function nameOf({ rule, budget, map, object }: Waiver): string {
  const parts = { rule, budget, map, object };
  return Object.entries(parts)
    .flatMap(([key, globs]) => (globs === undefined ? [] : [`${key} ${globs.join(" or ")}`]))
    .join(", ");
}
