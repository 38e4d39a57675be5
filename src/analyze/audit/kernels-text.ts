/** What a change costs on several kernels, in one clause: kernels that make the same of it are told together. */
import { KiB } from "../../base/units.ts";
import type { Point } from "./point.ts";

/** Kernels told in figures; the table has all. */
const MOST_TOLD = 2;

interface Group {
  readonly kernels: string[];
  readonly text: string;
  readonly figures: readonly (number | undefined)[];
  /** Kernels whose figures are nearly those of this one, by how near. */
  readonly near: Map<string, string[]>;
}

/**
 * @param figures what is compared between kernels.
 * @param textOn what is said of one kernel; empty where nothing is known.
 */
export function kernelsText<T extends { readonly point: Point }>(
  costs: readonly T[],
  figures: (cost: T) => readonly (number | undefined)[],
  textOn: (costs: readonly T[]) => string,
): string {
  const groups: Group[] = [];
  // In the order of the config.
  for (const kernel of new Set(costs.map(({ point }) => point.kernel))) {
    const here = costs.filter(({ point }) => point.kernel === kernel);
    const text = textOn(here);
    if (text === "") continue;
    const own = { kernels: [kernel], text, figures: here.flatMap(figures), near: new Map() };
    const same = groups.find((it) => it.text === text);
    if (same !== undefined) {
      same.kernels.push(kernel);
      continue;
    }
    const like = groups.flatMap((group) => {
      const how = nearness(group.figures, own.figures);
      return how === undefined ? [] : [{ group, how }];
    })[0];
    if (like === undefined) groups.push(own);
    else like.group.near.set(like.how, [...(like.group.near.get(like.how) ?? []), kernel]);
  }
  const rest = groups
    .slice(MOST_TOLD)
    .flatMap((it) => [...it.kernels, ...[...it.near.values()].flat()]);
  return [
    ...groups.slice(0, MOST_TOLD).map(groupText),
    ...(rest.length === 0 ? [] : [`on ${joined(rest)} something else again`]),
  ].join("; ");
}

function groupText({ kernels, near, text }: Group): string {
  const nearly = [...near].map(([how, which]) => `${joined(which)} ${how}`);
  const note = nearly.length === 0 ? "" : ` (${nearly.join(", ")})`;
  return `on ${joined(kernels)}${note} ${text}`;
}

function nearness(
  all: readonly (number | undefined)[],
  others: readonly (number | undefined)[],
): string | undefined {
  const pairs = all.map((it, at) => [it, others[at]] as const);
  if (
    all.length !== others.length ||
    pairs.some(([a, b]) => (a === undefined) !== (b === undefined))
  )
    return undefined;
  const differences = pairs.map(([a = 0, b = 0]) => ({ by: Math.abs(a - b), of: Math.abs(a) }));
  if (differences.every(({ by, of }) => by <= of / 100)) return "within 1 %";
  return differences.every(({ by }) => by < KiB) ? "within 1 KiB" : undefined;
}

export function joined(texts: readonly string[]): string {
  return [texts.slice(0, -1).join(", "), texts.at(-1)].filter(Boolean).join(" and ");
}
