/** Which map that went may be one that came: a kernel has no memory of names, so it is a guess that says so. */
import { type AuditedMap, sameDefinition } from "./maps.ts";

export interface Rename {
  readonly from: AuditedMap;
  readonly to: AuditedMap;
  /** Other maps of the same shape that it may as well have been. */
  readonly alternatives: readonly string[];
}

/**
 * A map that went and one that came: of the same shape with names that have something in common, then of the same type,
 * and of the same key or of a shape that differs in one thing, with names that have most in common. The likeliest pairs
 * first; what else would fit is named.
 */
export function renamesBetween(
  removed: readonly AuditedMap[],
  added: readonly AuditedMap[],
): Rename[] {
  const pairs = removed.flatMap((from) =>
    added
      .map((to) => ({
        from,
        to,
        isSameShape: from.definition !== undefined && sameDefinition(from, to),
        likeness: likeness(from.name, to.name),
      }))
      .filter(isPair),
  );
  pairs.sort(
    (a, b) =>
      Number(b.isSameShape) - Number(a.isSameShape) ||
      b.likeness - a.likeness ||
      (a.from.name < b.from.name ? -1 : a.from.name > b.from.name ? 1 : 0),
  );
  const used = new Set<AuditedMap>();
  const taken = pairs.filter(({ from, to }) => {
    if (used.has(from) || used.has(to)) return false;
    used.add(from).add(to);
    return true;
  });
  return taken.map(({ from, to, isSameShape }) => ({
    from,
    to,
    // What another map became is out of the question.
    alternatives: pairs
      .filter((it) => it.from === from && !used.has(it.to) && it.isSameShape === isSameShape)
      .map((it) => it.to.name),
  }));
}

interface Pair {
  readonly from: AuditedMap;
  readonly to: AuditedMap;
  readonly isSameShape: boolean;
  readonly likeness: number;
}

/** Names with less in common are of different maps that happen to have one shape. */
const LEAST_LIKENESS = 0.3;

/** What changed shape as well must be called nearly the same. */
const LEAST_LIKENESS_ALONE = 0.6;

function isPair({ from, to, isSameShape, likeness: like }: Pair): boolean {
  // Sections of variables are called alike in every object, and what has one name was not renamed.
  if (from.name.startsWith(".") || to.name.startsWith(".") || from.name === to.name) return false;
  if (isSameShape) return like >= LEAST_LIKENESS;
  return like >= LEAST_LIKENESS_ALONE && isNearShape(from.definition, to.definition);
}

type Definition = AuditedMap["definition"];

const SIZES = ["keySize", "valueSize", "maxEntries", "flags"] as const;

/** What a map is a map of is its key; a key that grew by a member leaves the rest as it was. */
function isNearShape(from: Definition, to: Definition): boolean {
  if (from === undefined || to === undefined) return from === to;
  if (from.type !== to.type) return false;
  const other = SIZES.filter((field) => !Object.is(from[field], to[field]));
  return other.length === 1 || !other.includes("keySize");
}

/** Share of letter pairs that two names have in common (Dice), without regard to underscores. */
function likeness(a: string, b: string): number {
  const [first, second] = [letterPairs(a), letterPairs(b)];
  if (first.length + second.length === 0) return a === b ? 1 : 0;
  const rest = [...second];
  let common = 0;
  for (const pair of first) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    rest.splice(at, 1);
    common += 1;
  }
  return (2 * common) / (first.length + second.length);
}

function letterPairs(name: string): string[] {
  const text = name.toLowerCase().replaceAll("_", "").slice(0, 128);
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
}
