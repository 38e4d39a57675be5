/** Sizes and shares as people write them in a config: `32 MiB`, `512KiB`, `1048576`, `10%`. */
import { z } from "zod";
import { GiB, KiB, MiB } from "../../base/units.ts";

const UNITS: Readonly<Record<string, number>> = { B: 1, KiB, MiB, GiB };
const SIZE = /^(\d{1,12}(?:\.\d{1,6})?) ?(B|KiB|MiB|GiB)$/;

const sizeRule = 'must be bytes, as a number or with a unit of 1024: 33554432 or "32 MiB"';

/** -> bytes, rounded up to a whole one: a limit never becomes tighter than it was written. */
export const sizeSchema = z
  .union([z.int(sizeRule).nonnegative(sizeRule), z.string().regex(SIZE, sizeRule)], {
    error: sizeRule,
  })
  .describe('Bytes, as a number or with a unit: "32 MiB".');

export function bytesOf(size: number | string): number {
  if (typeof size === "number") return size;
  const [, digits, unit] = SIZE.exec(size) ?? [];
  return Math.ceil(Number(digits) * (UNITS[unit ?? ""] ?? Number.NaN));
}

const SHARE = /^(\d{1,6}(?:\.\d{1,4})?)%$/;
const growthRule = `${sizeRule}, or a share of the baseline: "10%"`;

export const growthSchema = z
  .union(
    [
      z.int(growthRule).nonnegative(growthRule),
      z.string().regex(new RegExp(`${SIZE.source}|${SHARE.source}`), growthRule),
    ],
    { error: growthRule },
  )
  .describe('Bytes, or a share of what the baseline has: "10%".');

/** The most that something of this size may be after it grew. */
export function grownBy(growth: number | string, from: number): number {
  const share = typeof growth === "string" ? SHARE.exec(growth)?.[1] : undefined;
  if (share === undefined) return from + bytesOf(growth);
  return from + Math.floor((from * Number(share)) / 100);
}

/** More than all of `max_entries` is no share of it: how many were meant would be forgotten where max_entries grows. */
const PART = /^(\d{1,2}(?:\.\d{1,4})?|100(?:\.0{1,4})?)%$/;
const entriesRule =
  'must be a number of entries, or a share of max_entries up to "100%": 5000 or "50%"';

export const entriesSchema = z
  .union([z.int(entriesRule).nonnegative(entriesRule), z.string().regex(PART, entriesRule)], {
    error: entriesRule,
  })
  .describe('Entries, or a share of max_entries: "50%".');

export function entriesOf(entries: number | string, maxEntries: number): number {
  if (typeof entries === "number") return entries;
  return Math.ceil((maxEntries * Number(PART.exec(entries)?.[1])) / 100);
}
