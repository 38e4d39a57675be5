/** How large the deployment was at a snapshot: as given, else as the snapshot's label says it (`1,000 services`). */
import type { AnalysisSnapshot } from "./analysis.ts";

/** Units that a heading may count; each with the ways in which people write it. */
const UNITS: Readonly<Record<string, string>> = {
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
};

const COUNT_OF = /(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{1,9})(k?)[\s_-]{0,3}([a-z]{3,15})/gi;

export type Scale = NonNullable<AnalysisSnapshot["scale"]>;

/** @param given unit to amount, by snapshot label. */
export function withScale(
  snapshot: AnalysisSnapshot,
  given: ReadonlyMap<string, Readonly<Record<string, number>>>,
): AnalysisSnapshot {
  const scale: Scale = {
    ...snapshot.scale,
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
    const unit = UNITS[word.toLowerCase()];
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
