/** Sizes of the kernel's structs that rows of a 6.4 or later kernel determine, and the rows that do not fit them. */
import { formatCount } from "../../base/units.ts";
import type { Accounting, HostFact } from "../host.ts";
import type { StructProfile } from "../struct-profiles/index.ts";
import { RACE } from "./counted-rows.ts";
import { quote, type Row } from "./evidence.ts";
import type { HeaderRow } from "./header-rows.ts";
import { isClear, winnerOf } from "./majority.ts";
import { ODD_ROW, type Outlier } from "./outliers.ts";
import { expectedSize, isInStep, profilesFor, windowOf } from "./plausible-header.ts";

export interface Calibrated {
  /** Struct name to size; a struct over which rows disagree without a clear majority is left out. */
  readonly sizes: Readonly<Record<string, HostFact<number>>>;
  readonly outliers: readonly Outlier[];
}

export interface CalibrationInput {
  readonly accounting: Accounting;
  /** Undefined when it is not known, or only assumed: that would turn into a size that is wrong. */
  readonly possibleCpus: number | undefined;
  readonly release: string | undefined;
  /** Structs whose size is given: no row can change it. */
  readonly given: ReadonlySet<string>;
  /** The profile that is nearest once some sizes are known. */
  nearest(sizes: Readonly<Record<string, number>>): StructProfile;
}

type Votes = Map<number, Row[]>;

const BUILD = "Give --kernel-btf or --struct-sizes if this is a build of its own.";

export function calibrate(rows: readonly HeaderRow[], input: CalibrationInput): Calibrated {
  if (input.accounting !== "per-type") return { sizes: {}, outliers: [] };
  const cpus = input.possibleCpus;
  const usable = rows.filter(
    (it) => !(it.dependsOnCpus && cpus === undefined) && !input.given.has(it.header),
  );
  const profiles = profilesFor(input.accounting, input.release);
  const outliers: Outlier[] = [];
  const accepted = acceptDefinite(votesOf(usable, "definite", cpus ?? 1), profiles, outliers);
  const profile = input.nearest(valuesOf(accepted));
  acceptCounted(votesOf(usable, "counted", cpus ?? 1), profile, accepted, outliers);
  // In the order of the rows.
  const sizes = [...new Set(usable.map(({ header }) => header))].flatMap(
    (name): [string, HostFact<number>][] => {
      const found = accepted.get(name);
      if (found === undefined) return [];
      return [[name, { value: found.size, basis: "inferred", source: quote(found.row) }]];
    },
  );
  return { sizes: Object.fromEntries(sizes), outliers };
}

type Accepted = Map<string, { readonly size: number; readonly row: Row }>;

function votesOf(
  rows: readonly HeaderRow[],
  entries: HeaderRow["entries"],
  possibleCpus: number,
): Map<string, Votes> {
  const found = new Map<string, Votes>();
  for (const it of rows) {
    const size = it.entries === entries ? it.leftAt(possibleCpus) : undefined;
    if (size === undefined) continue;
    const votes: Votes = found.get(it.header) ?? new Map();
    votes.set(size, [...(votes.get(size) ?? []), it.row]);
    found.set(it.header, votes);
  }
  return found;
}

/** Rows without live entries in their report: the clear majority of what is plausible, the best proven structs first. */
function acceptDefinite(
  found: ReadonlyMap<string, Votes>,
  profiles: readonly StructProfile[],
  outliers: Outlier[],
): Accepted {
  const accepted: Accepted = new Map();
  const claims = [...found].map(([name, votes]) => {
    const window = windowOf(name, profiles);
    const isPlausible = (size: number) =>
      window !== undefined && size % 8 === 0 && size >= window.least && size <= window.most;
    const plausible = new Map([...votes].filter(([size]) => isPlausible(size)));
    const size = winnerOf(plausible);
    const supporters = (size === undefined ? undefined : plausible.get(size)) ?? [];
    const against = [...plausible.values()].flat().length - supporters.length;
    const isKnown = profiles.some((it) => it.sizes[name] === size);
    return { name, votes, plausible, size, supporters, against, isKnown };
  });
  claims.sort(
    (a, b) => b.supporters.length - a.supporters.length || Number(b.isKnown) - Number(a.isKnown),
  );
  for (const { name, votes, plausible, size, supporters, against } of claims) {
    const [row] = supporters;
    for (const [other, rows] of votes) {
      if (plausible.has(other)) continue;
      const needed = `it would need a struct ${name} of ${formatCount(other)} bytes, ${limits(name, profiles)}; not used`;
      outliers.push({ rows, reason: needed, hint: BUILD });
    }
    if (row === undefined || size === undefined) continue;
    if (!isClear(supporters.length, against)) {
      const all = [...plausible.keys()].map(formatCount).join(" or ");
      const reason = `the rows need a struct ${name} of ${all} bytes and no size has a clear majority; none is used`;
      outliers.push({ rows: [...plausible.values()].flat(), reason, hint: ODD_ROW });
      continue;
    }
    for (const [other, rows] of plausible) {
      if (other !== size) outliers.push(outvoted(name, other, rows, size, supporters.length));
    }
    if (isInStep(name, size, siblingsOf(accepted), profiles)) accepted.set(name, { size, row });
    else {
      const reason = `it would need a struct ${name} of ${formatCount(size)} bytes, which is out of step with the other structs of this kernel; not used`;
      outliers.push({ rows: supporters, reason, hint: BUILD });
    }
  }
  return accepted;
}

/** Rows whose live entries a dump counted, perhaps at another moment: a size that is known otherwise, or two rows' word. */
function acceptCounted(
  found: ReadonlyMap<string, Votes>,
  profile: StructProfile,
  accepted: Accepted,
  outliers: Outlier[],
): void {
  const siblings = siblingsOf(accepted);
  for (const [name, votes] of found) {
    const expected = expectedSize(name, siblings, profile);
    const known =
      accepted.get(name)?.size ??
      (expected !== undefined && votes.has(expected) ? expected : undefined);
    const size = known ?? witnessed(name, votes, profile, siblings);
    const row = size === undefined ? undefined : votes.get(size)?.[0];
    if (size !== undefined && row !== undefined && !accepted.has(name))
      accepted.set(name, { size, row });
    const told = size ?? expected;
    for (const [other, rows] of votes) {
      if (other === size) continue;
      const with_ = told === undefined ? "" : `, not ${formatCount(told)}`;
      const reason = `with the entries that its dump counts it would need a struct ${name} of ${formatCount(other)} bytes${with_}; not used`;
      outliers.push({ rows, reason, hint: RACE });
    }
  }
}

/** A size that at least two counted rows need, and that is near what the profile has. */
function witnessed(
  name: string,
  votes: Votes,
  profile: StructProfile,
  siblings: ReadonlyMap<string, number>,
): number | undefined {
  const size = winnerOf(votes);
  const supporters = size === undefined ? 0 : (votes.get(size)?.length ?? 0);
  const against = [...votes.values()].flat().length - supporters;
  if (size === undefined || size % 8 !== 0 || supporters < 2 || !isClear(supporters, against))
    return undefined;
  return isInStep(name, size, siblings, [profile]) ? size : undefined;
}

function outvoted(
  name: string,
  size: number,
  rows: readonly Row[],
  elected: number,
  supporters: number,
): Outlier {
  const others = supporters === 1 ? "another row gives" : `${supporters} other rows give`;
  const reason = `it would need a struct ${name} of ${formatCount(size)} bytes, but ${others} ${formatCount(elected)}; left out`;
  return { rows, reason, hint: ODD_ROW };
}

function limits(name: string, profiles: readonly StructProfile[]): string {
  const window = windowOf(name, profiles);
  if (window === undefined) return "of which no kernel's size is known";
  const { least, most } = window;
  return `where kernels like this one have ${formatCount(least)} to ${formatCount(most)}, in steps of 8`;
}

function siblingsOf(accepted: Accepted): Map<string, number> {
  return new Map([...accepted].map(([name, { size }]) => [name, size]));
}

function valuesOf(accepted: Accepted): Record<string, number> {
  return Object.fromEntries(siblingsOf(accepted));
}
