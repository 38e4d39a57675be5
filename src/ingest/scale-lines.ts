/** The lines that Kmesh's map-in-map engine prints about its inner maps, up to v0.5 (no time, no level). */
import type { ScaleEvent } from "../model/snapshot.ts";

type Facts = Omit<ScaleEvent, "daemon" | "source" | "at" | "notBefore" | "notAfter">;
type NumberField = Exclude<keyof Facts, "kind">;

interface LinePattern {
  readonly kind: ScaleEvent["kind"];
  readonly pattern: RegExp;
  /** What each group is. */
  readonly fields: readonly NumberField[];
}

/**
 * Not anchored: two threads print without a lock, so a line may follow the rest of another.
 * v0.4.0 has the shorter forms of the allocation lines.
 */
const PATTERNS: readonly LinePattern[] = [
  {
    kind: "scale-up-needed",
    pattern: /Remaining resources are insufficient\((\d+)\/(\d+)\), and capacity expansion/,
    fields: ["used", "claimed"],
  },
  {
    kind: "scale-in-possible",
    pattern: /The remaining resources are sufficient\((\d+)\/(\d+)\) and scale-in/,
    fields: ["used", "claimed"],
  },
  {
    kind: "scale-up-collected",
    pattern: /collect_outter_map_scaleup_slots:(\d+)-(\d+)-(\d+)\s*$/,
    fields: ["scanned", "collected", "lastSlot"],
  },
  {
    kind: "scale-in-collected",
    pattern: /collect_outter_map_scalein_slots:(\d+)-(\d+)-(\d+)\s*$/,
    fields: ["scanned", "collected", "lastSlot"],
  },
  {
    kind: "create-failed",
    pattern: /\[warning\]inner_map_create \((\d+)->\d+\) failed:-?\d+, errno:(\d+)\s*$/,
    fields: ["created", "errno"], // The line has the number of the one that failed: made + 1.
  },
  {
    kind: "allocation-failed",
    pattern: /alloc_outter_map_entry all inner_maps in used:(\d+)-(\d+)-(\d+)\s*$/,
    fields: ["used", "claimed", "lastSlot"],
  },
  {
    kind: "allocation-failed",
    pattern: /alloc_outter_map_entry all inner_maps in used\s*$/,
    fields: [],
  },
  {
    kind: "allocation-failed",
    pattern: /\[\d+ (\d+) (\d+)\]alloc_outter_map_entry failed/,
    fields: ["used", "claimed"],
  },
  {
    kind: "allocation-failed",
    pattern: /\[\d+ (\d+)\]alloc_outter_map_entry failed/,
    fields: ["used"],
  },
];

/** Any of those lines, whole or damaged. */
const TELLTALE =
  /emaining resources are (?:in)?suff|collect_outter_map_scale|inner_map_create \(|alloc_outter_map_entry/;

export function isScaleLine(text: string): boolean {
  return TELLTALE.test(text);
}

/** Undefined when the line is not one of them or is not complete. */
export function parseScaleLine(text: string): Facts | undefined {
  for (const { kind, pattern, fields } of PATTERNS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const facts: { -readonly [K in NumberField]?: number } = {};
    fields.forEach((field, index) => {
      const value = Number(match[index + 1]);
      facts[field] = field === "created" ? value - 1 : value;
    });
    if (Object.values(facts).every((value) => Number.isSafeInteger(value))) {
      return { kind, ...facts };
    }
  }
  return undefined;
}
