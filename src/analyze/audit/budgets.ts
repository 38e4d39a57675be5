/** Budgets against maps: each group of maps at each point, and how far the worst is over its limit. */
import { formatBytes } from "../../base/units.ts";
import type { Baseline } from "./baseline.ts";
import { budgetName } from "./budget-name.ts";
import type { AuditConfig, Budget, GROUPINGS } from "./config.ts";
import { matcher } from "./globs.ts";
import { objectNames } from "./identity.ts";
import type { AuditedMap } from "./maps.ts";
import { type Point, pointName } from "./point.ts";
import { type Costing, type Sum, sumAt } from "./points.ts";
import { bytesOf, grownBy } from "./size-text.ts";

export interface BudgetGroup {
  /** The map, object, type, mode or owner that is limited by itself; `total` for all together. */
  readonly id: string;
  readonly maps: readonly AuditedMap[];
  readonly readings: readonly Reading[];
  /** Furthest over its limit, else nearest to it; absent when nothing could be read. */
  readonly worst?: Reading;
  readonly outcome: "met" | "missed" | "undecided";
}

export interface Reading {
  readonly point: Point;
  readonly sum: Sum;
  readonly limit: number;
  /** What the limit is made of. */
  readonly from: "max" | "maxGrowth";
  readonly baseline?: number;
  /** Of the baseline, where it lacks a figure: what is not known cannot be grown from. */
  readonly unknownBefore?: Sum;
}

export interface JudgedBudget {
  readonly budget: Budget;
  readonly name: string;
  readonly groups: readonly BudgetGroup[];
}

export function judge(
  config: AuditConfig,
  maps: readonly AuditedMap[],
  costs: Costing,
  baseline: Baseline | undefined,
): JudgedBudget[] {
  return config.budgets.map((budget) => {
    const own = maps.filter(selector(budget));
    const before = baseline?.maps.filter(selector(budget)) ?? [];
    const points = costs.points.filter(isIn(budget));
    const groups = [...grouped(own, budget.per)].map(([id, members]) => {
      const old = groupOf(before, budget.per, id);
      const readings = points.flatMap((point) =>
        readingsAt(budget, members, costs, point, baseline && { ...baseline, maps: old }),
      );
      const worst = readings.toSorted((a, b) => excess(b) - excess(a))[0];
      return {
        id,
        maps: members,
        readings,
        ...(worst !== undefined && { worst }),
        outcome: outcomeOf(readings),
      };
    });
    return { budget, name: budgetName(budget), groups };
  });
}

export function excess({ sum, limit }: Reading): number {
  return sum.value - limit;
}

function outcomeOf(readings: readonly Reading[]): BudgetGroup["outcome"] {
  if (readings.some((it) => excess(it) > 0)) return "missed";
  return readings.some(isOpen) ? "undecided" : "met";
}

/** Whether a figure that it is made of is not known. */
export function isOpen({ sum, unknownBefore }: Reading): boolean {
  return sum.missing > 0 || unknownBefore !== undefined;
}

function readingsAt(
  { figure, max, maxGrowth }: Budget,
  maps: readonly AuditedMap[],
  costs: Costing,
  point: Point,
  baseline: Baseline | undefined,
): Reading[] {
  const sum = sumAt(costs, maps, point, figure);
  if (sum.maps === 0) return [];
  const readings: Reading[] = [];
  if (max !== undefined) readings.push({ point, sum, limit: bytesOf(max), from: "max" });
  if (maxGrowth !== undefined && baseline?.reaches(point) === true) {
    const old = sumAt(baseline, baseline.maps, point, figure);
    readings.push({
      point,
      sum,
      limit: grownBy(maxGrowth, old.value),
      from: "maxGrowth",
      baseline: old.value,
      ...(old.missing > 0 && { unknownBefore: old }),
    });
  }
  return readings;
}

function isIn({ kernels, possibleCpus, fill }: Budget): (point: Point) => boolean {
  return (point) => {
    // A live point has the kernel it was found on, which no list of kernels can foresee.
    const isLive = point.fill === "live";
    if (fill !== undefined && !fill.includes(point.fill)) return false;
    if (kernels !== undefined && !isLive && !kernels.includes(point.kernel)) return false;
    return (
      possibleCpus === undefined ||
      isLive ||
      (point.possibleCpus !== undefined && possibleCpus.includes(point.possibleCpus))
    );
  };
}

export function selector(
  budget: Pick<Budget, "map" | "exclude" | "object" | "type" | "mode" | "owner">,
) {
  const { map, exclude, object, type, mode, owner } = budget;
  const isLeftOut = exclude === undefined ? () => false : matcher(exclude);
  const [byMap, byObject, byType, byMode, byOwner] = [map, object, type, mode, owner].map(matcher);
  return (it: AuditedMap): boolean =>
    byMap?.(calledOf(it)) === true &&
    !isLeftOut(calledOf(it)) &&
    objectNames(it).some((names) => names.some((name) => byObject?.(name))) &&
    (type === undefined || byType?.(it.definition?.type ?? "") === true) &&
    (mode === undefined || it.modes.some((name) => byMode?.(name))) &&
    (owner === undefined || byOwner?.(it.owner ?? "") === true);
}

/** A map that was renamed is followed: its budget is for what it is called now. */
function calledOf({ name, nowCalled }: AuditedMap): string {
  return nowCalled ?? name;
}

type Grouping = (typeof GROUPINGS)[number];

const KEYS: Readonly<Record<Grouping, (map: AuditedMap) => readonly string[]>> = {
  total: () => ["total"],
  map: (it) => [calledOf(it)],
  object: (it) => it.origins,
  type: (it) => [it.definition?.type ?? "not known"],
  mode: (it) => (it.modes.length === 0 ? ["no mode"] : it.modes),
  owner: (it) => [it.owner ?? "no owner"],
};

function grouped(maps: readonly AuditedMap[], per: Grouping): Map<string, AuditedMap[]> {
  const groups = new Map<string, AuditedMap[]>();
  for (const map of maps) {
    for (const key of KEYS[per](map)) {
      const members = groups.get(key);
      if (members === undefined) groups.set(key, [map]);
      else members.push(map);
    }
  }
  return groups;
}

/** Objects lie elsewhere in a baseline, and are known by what they are called now. */
function groupOf(maps: readonly AuditedMap[], per: Grouping, id: string): readonly AuditedMap[] {
  if (per === "object") return maps.filter((map) => objectNames(map).flat().includes(id));
  return maps.filter((map) => KEYS[per](map).includes(id));
}

export function readingText({ point, sum, limit, from, baseline }: Reading): string {
  const against = from === "max" ? "" : ` (baseline ${formatBytes(baseline ?? 0)})`;
  return `${formatBytes(sum.value)} of ${formatBytes(limit)}${against} on ${pointName(point)}`;
}
