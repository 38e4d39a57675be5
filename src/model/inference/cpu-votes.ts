/** The numbers of possible CPUs that most rows agree on: a few odd rows are outvoted, a split is withheld. */
import type { Row } from "./evidence.ts";
import { type HeaderRow, hasWholeEntries, headerSize, headerWithin } from "./header-rows.ts";
import { isClear } from "./majority.ts";
import { MOST_CPUS } from "./probe-host.ts";

/** A row that fits at any number of CPUs within bounds. */
export interface BoundedRow {
  readonly row: Row;
  readonly least: number;
  readonly most: number;
}

export interface Elected {
  /** The numbers that fit equally well, ascending; between two neighbours there may be more. */
  readonly fitting: readonly number[];
  /** Rows that fit none of them. */
  readonly outliers: readonly Row[];
}

/** Rows that say the same: one question for all of them. */
interface Voter {
  readonly rows: Row[];
  readonly header: string | undefined;
  /** Whether it fits (1 or `undefined`), or the size of its header that makes it fit. */
  at(possibleCpus: number): number | undefined;
}

/** @returns rows that contradict each other as `split`, where no number is clearly ahead. */
export function electCpus(
  bounded: readonly BoundedRow[],
  headers: readonly HeaderRow[],
): Elected | { readonly split: readonly Row[] } {
  const definite = headers.filter((it) => it.entries === "definite");
  const voters = [...bounded.map(boundedVoter), ...headerVoters(definite)];
  const ballots = candidatesOf(bounded, definite).map((cpus) => ({
    cpus,
    fits: fitsOf(voters, cpus),
  }));
  const weigh = (counts: (index: number) => boolean) =>
    voters.reduce((sum, { rows }, index) => sum + (counts(index) ? rows.length : 0), 0);
  const weighed = ballots.map((it) => ({ ...it, weight: weigh((i) => it.fits[i] === true) }));
  const most = Math.max(...weighed.map(({ weight }) => weight));
  const ahead = weighed.filter(({ weight }) => weight === most);
  const [first] = ahead;
  if (first === undefined) return { fitting: [], outliers: [] };
  for (const { fits } of weighed) {
    const against = weigh((i) => fits[i] === true && first.fits[i] !== true);
    const supporting = weigh((i) => fits[i] !== true && first.fits[i] === true);
    if (!isClear(supporting, against)) {
      return { split: voters.filter((_, i) => fits[i] !== first.fits[i]).flatMap((it) => it.rows) };
    }
  }
  const outliers = voters.filter((_, index) => first.fits[index] !== true).flatMap((it) => it.rows);
  const unknown = headers.filter((it) => it.entries === "unknown");
  const fitting = withWholeEntries(
    ahead.map(({ cpus }) => cpus),
    unknown,
    voters,
  );
  return { fitting, outliers };
}

function boundedVoter({ row, least, most }: BoundedRow): Voter {
  const at = (cpus: number) => (least <= cpus && cpus <= most ? 1 : undefined);
  return { rows: [row], header: undefined, at };
}

function headerVoters(rows: readonly HeaderRow[]): Voter[] {
  const voters = new Map<string, Voter>();
  for (const it of rows) {
    const key = [it.header, ...[1, 2, 3, 5, MOST_CPUS].map(it.leftAt)].join(" ");
    const same = voters.get(key);
    if (same !== undefined) same.rows.push(it.row);
    else {
      const fixed = it.dependsOnCpus ? undefined : { size: headerSize(it, 1) };
      const at = fixed === undefined ? (cpus: number) => headerSize(it, cpus) : () => fixed.size;
      voters.set(key, { rows: [it.row], header: it.header, at });
    }
  }
  return [...voters.values()];
}

/** Wherever a row begins or ceases to fit; a row whose header grows with the CPUs fits few numbers. */
function candidatesOf(bounded: readonly BoundedRow[], rows: readonly HeaderRow[]): number[] {
  const candidates = new Set([1, MOST_CPUS]);
  for (const { least, most } of bounded) {
    for (const it of [least - 1, least, most, most + 1]) candidates.add(it);
  }
  for (const it of rows) {
    if (!it.dependsOnCpus) continue;
    const least = firstWhere((cpus) => headerWithin(it, cpus) <= 0);
    const past = firstWhere((cpus) => headerWithin(it, cpus) < 0);
    for (let cpus = least; cpus <= Math.min(past, MOST_CPUS); cpus++) candidates.add(cpus);
    candidates.add(least - 1);
  }
  return [...candidates].filter((it) => it >= 1 && it <= MOST_CPUS).sort((a, b) => a - b);
}

/** The first number for which a condition holds that holds for every larger one; one past the last if none. */
export function firstWhere(holds: (possibleCpus: number) => boolean): number {
  let least = 1;
  let most = MOST_CPUS + 1;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (holds(middle)) most = middle;
    else least = middle + 1;
  }
  return least;
}

/** Which voters fit at one number: of rows with one struct, those that agree on the size that most need. */
function fitsOf(voters: readonly Voter[], possibleCpus: number): boolean[] {
  const answers = voters.map((it) => it.at(possibleCpus));
  const sizes = sizesOf(voters, answers);
  return answers.map((answer, index) => {
    const header = voters[index]?.header;
    return answer !== undefined && (header === undefined || sizes.get(header) === answer);
  });
}

function sizesOf(
  voters: readonly Voter[],
  answers: readonly (number | undefined)[],
): Map<string, number> {
  const weights = new Map<string, Map<number, number>>();
  for (const [index, { header, rows }] of voters.entries()) {
    const size = answers[index];
    if (header === undefined || size === undefined) continue;
    const ofHeader = weights.get(header) ?? new Map<number, number>();
    ofHeader.set(size, (ofHeader.get(size) ?? 0) + rows.length);
    weights.set(header, ofHeader);
  }
  const sizes = new Map<string, number>();
  for (const [header, ofHeader] of weights) {
    const [first] = [...ofHeader].sort((a, b) => b[1] - a[1]);
    if (first !== undefined) sizes.set(header, first[0]);
  }
  return sizes;
}

/** Those at which maps that allocate on demand hold whole numbers of entries, if their rows agree on any. */
function withWholeEntries(
  fitting: readonly number[],
  unknown: readonly HeaderRow[],
  voters: readonly Voter[],
): readonly number[] {
  if (fitting.length < 2 || unknown.length === 0) return fitting;
  const whole = fitting.filter((cpus) => {
    const answers = voters.map((it) => it.at(cpus));
    const sizes = sizesOf(voters, answers);
    return unknown.every((it) => {
      const size = sizes.get(it.header);
      return size === undefined || hasWholeEntries(it, size, cpus);
    });
  });
  return whole.length === 0 ? fitting : whole;
}
