/** Sizes and shares as people write them in a config: `32 MiB`, `512KiB`, `1048576`, `10%`. */
import { z } from "zod";
import { formatCount, GiB, KiB, MiB } from "../../base/units.ts";

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB, MiB, GiB };
const UNIT = " ?(B|KiB|MiB|GiB)$";
const SIZE = new RegExp(`^(\\d{1,12}(?:\\.\\d{1,6})?)${UNIT}`);

/** Of any length: to tell what is too large from what is no size. */
const ANY_SIZE = new RegExp(`^(\\d+(?:\\.\\d+)?)${UNIT}`);

const sizeRule = 'must be bytes, as a number or with a unit of 1024: 33554432 or "32 MiB"';

/** More cannot be counted to the byte, and no host has as much. */
const MOST_BYTES = Number.MAX_SAFE_INTEGER;
const mostRule = `must be at most ${Math.floor(MOST_BYTES / GiB)} GiB`;

function sizeIn(text: string, pattern: RegExp): number {
  const [, digits, unit] = pattern.exec(text) ?? [];
  return Math.ceil(Number(digits) * (UNITS[unit ?? ""] ?? Number.NaN));
}

function isTooLarge(size: unknown): boolean {
  const bytes = typeof size === "string" ? sizeIn(size, ANY_SIZE) : size;
  return typeof bytes === "number" && bytes > MOST_BYTES;
}

type RuleOf = (issue: { readonly input?: unknown }) => string;

const sizeError: RuleOf = ({ input }) => (isTooLarge(input) ? mostRule : sizeRule);

/** -> bytes, rounded up to a whole one: a limit never becomes tighter than it was written. */
export const sizeSchema = bytesOrText(SIZE, sizeError).describe(
  'Bytes, as a number or with a unit: "32 MiB".',
);

/** One that fits in kind tells its own error, so all have the same. */
function bytesOrText(pattern: RegExp, error: RuleOf) {
  return z.union(
    [
      z.int({ error }).nonnegative({ error }),
      z
        .string()
        .regex(pattern, { error, abort: true })
        .refine((it) => !isTooLarge(it), { error }),
    ],
    { error },
  );
}

export function bytesOf(size: number | string): number {
  return typeof size === "number" ? size : sizeIn(size, SIZE);
}

const SHARE = /^(\d{1,6}(?:\.\d{1,4})?)%$/;

const growthRule = `${sizeRule}, or a share of the baseline, up to six digits: "10%"`;

export const growthSchema = bytesOrText(
  new RegExp(`${SIZE.source}|${SHARE.source}`),
  ({ input }) => (isTooLarge(input) ? mostRule : growthRule),
).describe('Bytes, or a share of what the baseline has: "10%".');

/** The most that something of this size may be after it grew. */
export function grownBy(growth: number | string, from: number): number {
  const share = typeof growth === "string" ? SHARE.exec(growth)?.[1] : undefined;
  const most =
    share === undefined ? from + bytesOf(growth) : from + Math.floor((from * Number(share)) / 100);
  return Math.min(MOST_BYTES, most);
}

/** More than all of `max_entries` is no share of it: how many were meant would be forgotten where max_entries grows. */
const PART = /^(\d{1,2}(?:\.\d{1,4})?|100(?:\.0{1,4})?)%$/;
const entriesRule =
  'must be a number of entries, or a share of max_entries up to "100%": 5000 or "50%"';

/** `max_entries` of `union bpf_attr` is a __u32: no map could be given more. */
const MOST_ENTRIES = 2 ** 32 - 1;

const entriesError: RuleOf = ({ input }) =>
  typeof input === "number" && input > MOST_ENTRIES
    ? `must be at most ${formatCount(MOST_ENTRIES)}, which is the most that max_entries can be`
    : entriesRule;

export const entriesSchema = z
  .union(
    [
      z
        .int({ error: entriesError })
        .nonnegative({ error: entriesError })
        .max(MOST_ENTRIES, { error: entriesError }),
      z.string().regex(PART, { error: entriesError }),
    ],
    { error: entriesError },
  )
  .describe('Entries, or a share of max_entries: "50%".');

export function entriesOf(entries: number | string, maxEntries: number): number {
  if (typeof entries === "number") return entries;
  return Math.ceil((maxEntries * Number(PART.exec(entries)?.[1])) / 100);
}
