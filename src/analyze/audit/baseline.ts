/** What an audit is held against: what became of each map since, and what the maps of then cost. */
import { type Compared, changesBetween, type MapChange } from "./changes.ts";
import type { AuditConfig } from "./config.ts";
import type { NamesByFile } from "./identity.ts";
import { type AuditedMap, type AuditInput, auditedMaps } from "./maps.ts";
import { namesNow, type Pairs, pairedByPath } from "./paired-objects.ts";
import type { Point } from "./point.ts";
import { type Costing, costing, type PricedHosts, snapshotsOf } from "./points.ts";
import { renamedObjects } from "./renamed-objects.ts";

export interface Baseline {
  /** Renamed ones know what they are called now. */
  readonly maps: readonly AuditedMap[];
  /** What its objects are called now. */
  readonly names: NamesByFile;
  /** What is held against them: renamed ones know what they were called. */
  readonly audited: readonly AuditedMap[];
  /** Of one of them at a point of the audit; undefined where it does not count there. */
  readonly amount: Costing["amount"];
  /** Whether it has anything to compare there: what lives cannot have grown over what was only declared. */
  reaches(point: Point): boolean;
  readonly comparisons: readonly Comparison[];
  /** The snapshot that was taken of several, where it is the last for want of one with the same label. */
  readonly snapshot?: string;
}

export interface Comparison {
  /** Of several snapshots the audited one. */
  readonly snapshot?: string;
  readonly changes: readonly MapChange[];
  readonly from: Costing;
  readonly to: Costing;
}

/** @param audited the maps of `input`. */
export function baselineOf(
  old: AuditInput,
  input: AuditInput,
  audited: readonly AuditedMap[],
  config: AuditConfig,
  hostOf: PricedHosts,
): Baseline {
  const after = kindsOf(audited);
  const { before, counterpart, compared, nowOf, names } = heldAgainst(old, input, after, config);
  const mixed =
    before.declared.length === 0 && after.declared.length > 0
      ? changesBetween(before.of(counterpart(undefined)), after.declared)
      : undefined;
  const named = before.all.map((map): AuditedMap => {
    const declared = mixed?.became.get(map);
    const now = declared ?? nowOf(map);
    return {
      ...map,
      ...(now !== undefined && now.name !== map.name && { nowCalled: now.name }),
      // A node does not tell which object a map is of, nor the config's mode.
      ...(declared !== undefined && {
        origins: declared.origins,
        ...(declared.names !== undefined && { names: declared.names }),
        modes: declared.modes,
      }),
    };
  });
  const asDeclared = new Map(mixed && declaredOnce(before.all, named, mixed));
  const costs = costing(config, named, hostOf);
  const pointOf = pointsOf(costs.points, counterpart);
  const [last] = before.labels.slice(1).slice(-1);
  const isLast = after.labels.length === 0 || after.labels.some((it) => counterpart(it) !== it);
  return {
    maps: named,
    names,
    audited: audited.map((map) => {
      const was = compared.flatMap(({ renamedFrom }) => renamedFrom.get(map) ?? [])[0];
      return was === undefined ? map : { ...map, wasCalled: was.name };
    }),
    amount(map, point, figure) {
      const there = pointOf(point);
      if (there === undefined) return undefined;
      if (point.fill === "live" || mixed === undefined) return costs.amount(map, there, figure);
      const declared = asDeclared.get(map);
      return declared && costs.amount(declared, there, figure);
    },
    reaches: (point) => pointOf(point) !== undefined,
    comparisons: compared.map(({ snapshot, changes, before: from, after: to }) => ({
      ...(snapshot !== undefined && { snapshot }),
      changes,
      from: costing(config, from, hostOf),
      to: costing(config, to, hostOf),
    })),
    ...(last !== undefined && isLast && { snapshot: last }),
  };
}

interface Held {
  readonly before: Kinds;
  readonly counterpart: Counterpart;
  readonly compared: readonly (Sides & Compared)[];
  nowOf(map: AuditedMap): AuditedMap | undefined;
  readonly names: NamesByFile;
}

/** What became of a map tells which object was renamed, and which object it is in what became of the maps of each. */
function heldAgainst(
  old: AuditInput,
  input: AuditInput,
  after: Kinds,
  config: AuditConfig,
  known?: Pairs,
): Held {
  const pairs = known ?? pairedByPath(old, input);
  const names = namesNow(old, input, pairs);
  const before = kindsOf(auditedMaps(old, config, names).maps);
  const counterpart = counterparts(before.labels);
  const compared = sides(before, after, counterpart).map((it) => ({
    ...it,
    ...changesBetween(it.before, it.after),
  }));
  const nowOf = (map: AuditedMap) => compared.flatMap(({ became }) => became.get(map) ?? [])[0];
  if (known === undefined) {
    const renamed = renamedObjects(before.declared, after.declared, nowOf, pairs);
    const all = new Map([...pairs, ...renamed]);
    if (renamed.size > 0) return heldAgainst(old, input, after, config, all);
  }
  return { before, counterpart, compared, nowOf, names };
}

/**
 * Where declarations are costed, a node has counted with what has to do with them, as often as it is declared however
 * often the node has loaded it.
 */
function declaredOnce(
  before: readonly AuditedMap[],
  named: readonly AuditedMap[],
  { became, foreign }: Compared,
): [AuditedMap, AuditedMap][] {
  const counted = new Set<AuditedMap>();
  return before.flatMap((map, at): [AuditedMap, AuditedMap][] => {
    const [declared, it] = [became.get(map), named[at]];
    if (it === undefined || foreign.has(map)) return [];
    // Those that user space makes are counted with the map that holds them.
    if (declared === undefined) return it.isInner === true ? [] : [[it, it]];
    if (counted.has(declared)) return [];
    counted.add(declared);
    return [[it, { ...it, ...templateOf(it, declared), count: declared.count }]];
  });
}

/** A kernel does not list what a map holds: it is taken to have held what is declared now. */
function templateOf({ definition }: AuditedMap, declared: AuditedMap): Partial<AuditedMap> {
  const inner = declared.definition?.inner;
  if (definition === undefined || inner === undefined) return {};
  return { definition: { ...definition, inner }, ownInnerMaps: declared.ownInnerMaps };
}

interface Kinds {
  readonly all: readonly AuditedMap[];
  readonly declared: readonly AuditedMap[];
  readonly labels: readonly string[];
  /** Those of one snapshot. */
  of(label: string | undefined): readonly AuditedMap[];
}

function kindsOf(all: readonly AuditedMap[]): Kinds {
  return {
    all,
    declared: all.filter((it) => it.live === undefined),
    labels: snapshotsOf(all),
    of: (label) => all.filter((it) => it.live !== undefined && it.live.snapshot === label),
  };
}

interface Sides {
  readonly snapshot?: string;
  readonly before: readonly AuditedMap[];
  readonly after: readonly AuditedMap[];
}

/** Like with like where both have it: declarations, else each snapshot; else the one with the other. */
function sides(before: Kinds, after: Kinds, counterpart: Counterpart): Sides[] {
  const old = (label: string | undefined) => before.of(counterpart(label));
  const isDeclaredNow = after.declared.length > 0 || after.labels.length === 0;
  const wasDeclared = before.declared.length > 0 || before.labels.length === 0;
  if (isDeclaredNow && wasDeclared) return [{ before: before.declared, after: after.declared }];
  if (after.labels.length === 0) return [{ before: old(undefined), after: after.declared }];
  return after.labels.map((label) => ({
    ...(after.labels.length > 1 && { snapshot: label }),
    before: before.labels.length > 0 ? old(label) : before.declared,
    after: after.of(label),
  }));
}

type Counterpart = (label: string | undefined) => string | undefined;

/** The snapshot of the same label, else the last. */
function counterparts(labels: readonly string[]): Counterpart {
  return (label) => (label !== undefined && labels.includes(label) ? label : labels.at(-1));
}

/** The baseline is costed at the same points; those of snapshots are found by what is compared with them. */
function pointsOf(
  points: readonly Point[],
  counterpart: Counterpart,
): (point: Point) => Point | undefined {
  const isSeveral = points.some((it) => it.snapshot !== undefined);
  const byName = new Map(points.map((it) => [placeOf(it, it.snapshot), it]));
  return (point) =>
    (isSeveral ? byName.get(placeOf(point, counterpart(point.snapshot))) : undefined) ??
    byName.get(placeOf(point, undefined));
}

/** What lives was found on the kernel of then, which may be another one now. */
function placeOf({ kernel, possibleCpus, fill }: Point, snapshot: string | undefined): string {
  const place = fill === "live" ? [] : [kernel, possibleCpus];
  return JSON.stringify([fill, ...place, snapshot]);
}
