/** Who takes the most: one to three families of the last snapshot (of the host that takes most), with their share, and the finding that says why. */
import type { AnalysisFamily, AnalysisSnapshot, Finding, Verdict } from "./analysis.ts";
import { familyLabel, familyPhrase } from "./family-label.ts";
import { rules } from "./rules/index.ts";
import { mainSeries } from "./series.ts";

/** A family below this share is no suspect, unless it is the largest of all. */
const MIN_SHARE = 0.05;
const MAX_SUSPECTS = 3;

/** Resident bytes stand for all only when the maps without them are small beside them; else memlock does. */
const MAX_UNKNOWN_SHARE = 0.25;

/** Undefined when no family has a figure to go by. */
export function verdictOf(
  snapshots: readonly AnalysisSnapshot[],
  findings: readonly Finding[] = [],
): Verdict | undefined {
  const snapshot = mainSeries(snapshots).findLast((it) => it.families.length > 0);
  if (snapshot === undefined) return undefined;
  const figure = figureOf(snapshot.families);
  const total = snapshot.totals[figure];
  if (total === undefined || total.value <= 0) return undefined;
  const ranked = snapshot.families
    .map((family) => ({ family, value: family[figure]?.value ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || (a.family.id < b.family.id ? -1 : 1))
    .slice(0, MAX_SUSPECTS);
  const suspects = ranked.filter(
    ({ value }, index) => index === 0 || value >= MIN_SHARE * total.value,
  );
  return {
    snapshot: snapshot.label,
    figure,
    total,
    suspects: suspects.map(({ family, value }) => ({
      family: family.id,
      label: familyLabel(family),
      what: familyPhrase(family),
      count: family.count,
      value,
      share: Math.min(1, value / total.value),
      ...idleOf(family),
      ...(figure === "memlockBytes" && atCreationOf(family)),
      ...findingOf(family, figure, snapshot, findings),
    })),
  };
}

function idleOf({ idleBytes, allocatedBytes }: AnalysisFamily) {
  if (idleBytes === undefined || allocatedBytes === undefined || allocatedBytes.value <= 0)
    return {};
  const { value: bytes, basis } = idleBytes;
  const share = Math.min(1, Math.max(0, bytes / allocatedBytes.value));
  return { idle: { bytes, share, basis } };
}

/** What is reported may be a product of the definition; this is what is known to be taken, whatever the map holds. */
function atCreationOf({ preallocatedBytes }: AnalysisFamily) {
  if (preallocatedBytes === undefined) return {};
  const { value: bytes, basis } = preallocatedBytes;
  return { atCreation: { bytes, basis } };
}

/** These say how figures are to be read, not why a map takes what it takes. */
const NOT_A_CAUSE: ReadonlySet<string> = new Set(["uncounted-inner-maps", "name-collision"]);
/** This is no reason either where nothing can be done about it. */
const CAUSE_IF_IT_SAVES = "slab-misfit";

/** Findings come in the order of their weight, so the first that is about the family, or its daemons, is the gravest. */
function findingOf(
  family: AnalysisFamily,
  figure: Verdict["figure"],
  { label, scaling }: AnalysisSnapshot,
  findings: readonly Finding[],
) {
  const isPool = scaling?.innerMaps?.family === family.id;
  const found = findings.find(
    ({ rule, subject, evidence, savesBytes }) =>
      subject.snapshot === label &&
      !NOT_A_CAUSE.has(rule) &&
      (rule !== CAUSE_IF_IT_SAVES || savesBytes !== undefined) &&
      ((subject.kind === "family" && subject.id === family.id) ||
        (subject.kind === "daemon" && isPool) ||
        (figure === "memlockBytes" && isNamedIn(evidence.furthestOff, family))),
  );
  if (found === undefined) return {};
  const { rule, subject, savesBytes, savesAtMost } = found;
  const title = rules.find((it) => it.id === rule)?.title ?? rule;
  return {
    finding: {
      rule,
      title,
      subject: subject.id,
      ...(savesBytes !== undefined && { savesBytes }),
      ...(savesAtMost && { savesAtMost }),
    },
  };
}

function figureOf(families: readonly AnalysisFamily[]): Verdict["figure"] {
  let known = 0;
  let unknown = 0;
  for (const { memlockBytes, preallocatedBytes, residentBytes } of families) {
    if (residentBytes !== undefined) known += residentBytes.value;
    // What is taken at creation is the better guess: up to Linux 6.3 memlock is no measurement.
    else unknown += (preallocatedBytes ?? memlockBytes)?.value ?? 0;
  }
  return known > 0 && unknown <= MAX_UNKNOWN_SHARE * (known + unknown)
    ? "residentBytes"
    : "memlockBytes";
}

/** What was reported of it is far from what it takes: that is why it stands here. */
function isNamedIn(furthestOff: Finding["evidence"][string] | undefined, family: AnalysisFamily) {
  return Array.isArray(furthestOff) && furthestOff.includes(familyLabel(family));
}
