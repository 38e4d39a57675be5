/** `--scale before=services:100,pods:200`: how large the deployment was at a snapshot. */
import { UsageError } from "../usage-error.ts";

const UNIT = /^([a-z][a-z0-9-]{0,31}):(\d{1,9})$/;

export function parseScale(
  texts: readonly string[],
): ReadonlyMap<string, Readonly<Record<string, number>>> {
  const scale = new Map<string, Record<string, number>>();
  for (const text of texts) {
    const at = text.lastIndexOf("=");
    const label = text.slice(0, Math.max(0, at)).trim();
    const units = text.slice(at + 1).split(",");
    if (at < 0 || label === "") throw wrong(text);
    const known = scale.get(label) ?? {};
    for (const unit of units) {
      const [, name, count] = UNIT.exec(unit.trim()) ?? [];
      if (name === undefined) throw wrong(text);
      known[name] = Number(count);
    }
    scale.set(label, known);
  }
  return scale;
}

/**
 * Checked once the snapshots are known: a label that none has is a slip of the pen, and what one unit costs cannot be
 * told where it is the same everywhere.
 */
export function checkScale(
  scale: ReadonlyMap<string, Readonly<Record<string, number>>>,
  labels: readonly string[],
): void {
  for (const label of scale.keys()) {
    if (labels.includes(label)) continue;
    throw new UsageError(
      `--scale ${label}: no snapshot has this label`,
      `There ${labels.length === 1 ? "is" : "are"} ${labels.join(", ") || "none"}; --snapshot label=path gives an input another.`,
    );
  }
  if (scale.size < 2 || !labels.every((it) => scale.has(it))) return;
  const [first = {}, ...others] = scale.values();
  for (const [unit, amount] of Object.entries(first)) {
    if (others.some((it) => it[unit] !== amount)) continue;
    throw new UsageError(
      `--scale ${unit}:${amount} at every snapshot: what one of the ${unit} costs shows between two different numbers`,
      "Leave it out, or give what was there at each: --scale before=services:100 --scale after=services:1000",
    );
  }
}

function wrong(text: string): UsageError {
  return new UsageError(
    `--scale ${text}: must be a snapshot's label, =, and units with their numbers`,
    "For example: --scale before=services:100 --scale after=services:1000,pods:3000",
  );
}
