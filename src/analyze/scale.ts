/**
 * How large the deployment was at a snapshot: as given, else as the snapshot's label says it (`1,000 services`), else as
 * the text under the heading that is its label does (`We created 1,000 services`).
 */
import type { AnalysisSnapshot } from "./analysis.ts";

/** Units that a heading may count; each with the ways in which people write it. */
const UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    service: "services",
    services: "services",
    svc: "services",
    svcs: "services",
    serviceentries: "services",
    pod: "pods",
    pods: "pods",
    workload: "workloads",
    workloads: "workloads",
    endpoint: "endpoints",
    endpoints: "endpoints",
    node: "nodes",
    nodes: "nodes",
    policies: "policies",
  }),
);

const COUNT_OF = /(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{1,9})(k?)[\s_-]{0,3}([a-z]{3,15})/gi;

export type Scale = NonNullable<AnalysisSnapshot["scale"]>;

/** @param given unit to amount, by snapshot label. */
export function withScale(
  snapshot: AnalysisSnapshot,
  given: ReadonlyMap<string, Readonly<Record<string, number>>>,
): AnalysisSnapshot {
  const scale: Scale = {
    ...snapshot.scale,
    ...scaleInStatements(snapshot),
    ...scaleInText(snapshot.label),
    ...Object.fromEntries(
      Object.entries(given.get(snapshot.label) ?? {}).map(([unit, value]) => [
        unit,
        { value, basis: "reported" as const, source: `--scale ${snapshot.label}=${unit}:${value}` },
      ]),
    ),
  };
  return Object.keys(scale).length === 0 ? snapshot : { ...snapshot, scale };
}

/** `after 1,000 services` -> services 1,000. A unit that is named twice with other numbers is none. */
export function scaleInText(text: string): Scale {
  const found = new Map<string, Set<number>>();
  for (const [, digits = "", kilo, word = ""] of text.slice(0, 500).matchAll(COUNT_OF)) {
    const unit = UNITS.get(word.toLowerCase());
    if (unit === undefined) continue;
    const value = Number(digits.replaceAll(",", "")) * (kilo === "" ? 1 : 1000);
    found.set(unit, (found.get(unit) ?? new Set()).add(value));
  }
  const single = [...found].filter(([, values]) => values.size === 1);
  return Object.fromEntries(
    single.map(([unit, values]) => [
      unit,
      { value: [...values][0] as number, basis: "inferred", source: `the label ${text}` },
    ]),
  );
}

/** Of the section that the snapshot is; a number for each unit, or none where the section gives several. */
function scaleInStatements({ label, statements = [] }: AnalysisSnapshot): Scale {
  const found = new Map<string, { values: Set<number>; source: string }>();
  for (const { kind, of, count, part, source } of statements) {
    const unit = UNITS.get((of ?? "").toLowerCase().replace(/\s/g, ""));
    if (kind !== "scale-count" || unit === undefined || count === undefined) continue;
    if (part?.heading !== label && part?.subject !== label) continue;
    const known = found.get(unit) ?? { values: new Set(), source };
    known.values.add(count);
    found.set(unit, known);
  }
  return Object.fromEntries(
    [...found]
      .filter(([, { values }]) => values.size === 1)
      .map(([unit, { values, source }]) => [
        unit,
        { value: [...values][0] as number, basis: "inferred" as const, source },
      ]),
  );
}
