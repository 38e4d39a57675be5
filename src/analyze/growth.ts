/** Snapshots with a scale -> floor and slope of every family, which map fills first, when daemons scale up next. */
import { type Basis, weakerBasis } from "../base/basis.ts";
import { fullAnswer } from "../model/map-errors.ts";
import { upStep } from "../model/scaling/policy.ts";
import { scaleUpAt } from "../model/scaling/thresholds.ts";
import type { AnalysisFamily, AnalysisSnapshot, Growth } from "./analysis.ts";
import { familyLabel } from "./family-label.ts";
import { lineThrough } from "./line.ts";

type Fit = NonNullable<Growth["totals"]["maps"]>;
type Name = "maps" | "entries" | "memlockBytes" | "residentBytes";
const NAMES: readonly Name[] = ["maps", "entries", "memlockBytes", "residentBytes"];

/** Maps that are named as filling; the first is what matters. */
const MOST_FILLS = 5;

interface Point {
  readonly amount: number;
  readonly basis: Basis;
  readonly snapshot: AnalysisSnapshot;
  readonly families: ReadonlyMap<string, AnalysisFamily>;
}

/** One for each unit that two snapshots know with different amounts. */
export function growthOf(snapshots: readonly AnalysisSnapshot[]): Growth[] {
  const units = new Set(snapshots.flatMap((it) => Object.keys(it.scale ?? {})));
  return [...units].sort().flatMap((unit) => {
    const points = pointsOf(unit, snapshots);
    return new Set(points.map((it) => it.amount)).size < 2 ? [] : [growthBy(unit, points)];
  });
}

function pointsOf(unit: string, snapshots: readonly AnalysisSnapshot[]): Point[] {
  return snapshots
    .flatMap((snapshot): Point[] => {
      const scale = snapshot.scale?.[unit];
      if (scale === undefined || snapshot.families.length === 0) return [];
      const families = new Map(snapshot.families.map((it) => [it.id, it]));
      return [{ amount: scale.value, basis: scale.basis, snapshot, families }];
    })
    .sort((a, b) => a.amount - b.amount);
}

function growthBy(unit: string, points: readonly Point[]): Growth {
  const last = points.at(-1) as Point;
  const known = new Map(points.flatMap((it) => [...it.families]));
  const rows = [...known.values()].map((family) => ({ family, fits: fitsOf(family.id, points) }));
  const changing = rows
    .filter(({ fits }) => Object.values(fits).some((it) => it.perUnit !== 0))
    .sort((a, b) => steepness(b.fits) - steepness(a.fits) || (a.family.id < b.family.id ? -1 : 1));
  const nextStep = nextStepOf(points);
  return {
    unit,
    points: points.map(({ amount, basis, snapshot }) => ({
      snapshot: snapshot.label,
      amount,
      basis,
    })),
    totals: { ...totalFits(points), missing: last.snapshot.totals.residentBytes?.missing ?? 0 },
    families: changing.map(({ family, fits }) => ({
      id: family.id,
      label: familyLabel(family),
      ...fits,
    })),
    fills: changing
      .flatMap(({ family, fits }) => fillOf(family, fits.entries))
      .sort((a, b) => a.at - b.at)
      .slice(0, MOST_FILLS),
    ...(nextStep !== undefined && { nextStep }),
  };
}

function steepness(fits: Partial<Record<Name, Fit>>): number {
  return Math.abs((fits.residentBytes ?? fits.memlockBytes)?.perUnit ?? 0);
}

function fitsOf(id: string, points: readonly Point[]): Partial<Record<Name, Fit>> {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const fit = fitOf(points, ({ families }) => figureAt(families.get(id), name));
      return fit === undefined ? [] : [[name, fit]];
    }),
  );
}

interface Value {
  readonly value: number;
  readonly basis: Basis;
}

/** A family that is not there has no maps and takes nothing; one whose figure is not known has none. */
function figureAt(family: AnalysisFamily | undefined, name: Name): Value | undefined {
  if (family === undefined) return { value: 0, basis: "counted" };
  return name === "maps" ? { value: family.count, basis: "counted" } : family[name];
}

function fitOf(
  points: readonly Point[],
  read: (point: Point) => Value | undefined,
): Fit | undefined {
  const values: (readonly [number, number])[] = [];
  let basis: Basis = "reported";
  for (const point of points) {
    const value = read(point);
    if (value === undefined) return undefined;
    values.push([point.amount, value.value]);
    basis = weakerBasis(basis, weakerBasis(point.basis, value.basis));
  }
  const line = lineThrough(values);
  if (line === undefined) return undefined;
  return {
    perUnit: line.slope,
    floor: line.floor,
    ...(points.length > 2 && { residual: line.residual }),
    basis,
  };
}

/** Sums over the families whose figure is known at every point, so that they are sums of the same maps. */
function totalFits(points: readonly Point[]): Partial<Record<Name, Fit>> {
  const ids = new Set(points.flatMap((it) => [...it.families.keys()]));
  return Object.fromEntries(
    (["maps", "memlockBytes", "residentBytes"] as const).flatMap((name) => {
      const whole = [...ids].filter((id) =>
        points.every(({ families }) => figureAt(families.get(id), name) !== undefined),
      );
      if (whole.length === 0) return [];
      const fit = fitOf(points, ({ families }) =>
        whole.reduce<Value>(
          (sum, id) => {
            const value = figureAt(families.get(id), name) as Value;
            return { value: sum.value + value.value, basis: weakerBasis(sum.basis, value.basis) };
          },
          { value: 0, basis: "reported" },
        ),
      );
      return fit === undefined ? [] : [[name, fit]];
    }),
  );
}

function fillOf(family: AnalysisFamily, fit: Fit | undefined): Growth["fills"] {
  const { id, type, maxEntries, count } = family;
  if (fit === undefined || fit.perUnit <= 0 || type === null || maxEntries === null) return [];
  const answer = fullAnswer(type);
  if (maxEntries === 0 || (answer === undefined && !type.startsWith("lru_"))) return [];
  // A hair below a whole number is that number: the division is not exact.
  const at = Math.ceil((maxEntries * count - fit.floor) / fit.perUnit - 1e-9);
  if (!Number.isSafeInteger(at)) return [];
  return [
    {
      family: id,
      label: familyLabel(family),
      at: Math.max(0, at),
      maxEntries,
      entriesPerUnit: fit.perUnit,
      ...(answer !== undefined && { errno: answer.errno }),
    },
  ];
}

/** By the slots that a daemon uses at each point, and the watermark of the claim at the last. */
function nextStepOf(points: readonly Point[]): Growth["nextStep"] {
  const scaling = points.at(-1)?.snapshot.scaling;
  const claimed = scaling?.innerMaps?.claimedPerDaemon;
  if (scaling === undefined || claimed === undefined || claimed <= 0) return undefined;
  const fit = fitOf(points, ({ snapshot }) => {
    const used = snapshot.scaling?.innerMaps?.usedPerDaemon;
    return used === undefined ? undefined : { value: used, basis: "inferred" };
  });
  if (fit === undefined || fit.perUnit <= 0) return undefined;
  const step = upStep(scaling.policy, claimed);
  if (step === 0) return undefined;
  const usedSlots = scaleUpAt(scaling.policy, claimed);
  return {
    at: Math.max(0, Math.ceil((usedSlots - fit.floor) / fit.perUnit - 1e-9)),
    usedSlotsPerUnit: fit.perUnit,
    usedSlots,
    claimedSlots: claimed,
    claimedSlotsAfter: claimed + step,
  };
}
