/** The table of `free`, which does not say its unit: told by the total, where only one unit makes sense of it. */
import { GiB, KiB, MiB } from "../../base/units.ts";
import type { Rounded } from "../../model/rounded.ts";

const HEADER =
  /^\s*total\s+used\s+free\s+shared\s+(?:buff\/cache|buffers(?:\s+cached)?|cache)(?:\s+cache)?(?:\s+available)?\s*$/;
const ROW =
  /^\s*(Mem|Swap|Total|-\/\+ buffers\/cache):((?:\s+\d{1,18}(?:\.\d)?(?:[BKMGTP]i?)?){1,8})\s*$/;
const CELL = /^(\d{1,18}(?:\.\d)?)([BKMGTP]?)i?$/;

/** No host that runs BPF programs has less or more. */
const LEAST_TOTAL = 128 * MiB;
const MOST_TOTAL = 4096 * GiB;
const UNITS = [
  ["bytes", 1],
  ["KiB", KiB],
  ["MiB", MiB],
  ["GiB", GiB],
] as const;
const LETTERS: Record<string, number> = {
  B: 1,
  K: KiB,
  M: MiB,
  G: GiB,
  T: 1024 * GiB,
  P: 1024 ** 5,
};

export interface FreeRow {
  readonly name: string;
  readonly cells: readonly string[];
}

export function freeHeader(line: string): readonly string[] | undefined {
  return line.length <= 300 && HEADER.test(line) ? line.trim().split(/\s+/) : undefined;
}

export function freeRow(line: string): FreeRow | undefined {
  const [, name, cells] = line.length > 300 ? [] : (ROW.exec(line) ?? []);
  return name === undefined || cells === undefined
    ? undefined
    : { name, cells: cells.trim().split(/\s+/) };
}

/** The units that a total without a letter can be in. */
export function unitsOf(total: string): readonly (typeof UNITS)[number][] {
  const number = Number(total);
  return UNITS.filter(([, scale]) => {
    const bytes = number * scale;
    return bytes >= LEAST_TOTAL && bytes <= MOST_TOTAL;
  });
}

/** `scale` is for cells without a letter. `free` drops what is below its unit, and rounds with `-h`. */
export function freeCell(cell: string, scale: number): Rounded | undefined {
  const [, digits, letter = ""] = CELL.exec(cell) ?? [];
  if (digits === undefined) return undefined;
  const unit = letter === "" ? scale : (LETTERS[letter] ?? 1);
  const value = Math.round(Number(digits) * unit);
  const step = unit === 1 ? 0 : Math.ceil(unit * (digits.includes(".") ? 0.1 : 1));
  const least = letter === "" ? value : Math.max(0, value - step);
  const most = value + Math.max(0, step - 1);
  return Number.isSafeInteger(most) ? { value, least, most } : undefined;
}
