/** Figures as people read them: units, signs, a mark for what was not measured, a dash for what is not known. */
import type { Figure, Total } from "../../analyze/analysis.ts";
import type { ByteFigure } from "../../analyze/figures.ts";
import type { Basis } from "../../base/basis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block } from "./blocks.ts";

export const NOT_KNOWN = "-";

/** Set after a number; a number without one was reported by the kernel or counted in the input. */
export const BASIS_MARK: Record<Basis, string> = {
  reported: "",
  counted: "",
  modeled: "~",
  inferred: "^",
  assumed: "?",
};

export const MARKS_LEGEND = `~ modeled   ^ inferred   ? assumed   ${NOT_KNOWN} not known`;

/** What each figure is called at the head of a column or row. */
export const FIGURE_TITLE: Record<ByteFigure, string> = {
  memlockBytes: "reported",
  modeledMemlockBytes: "modeled memlock",
  preallocatedBytes: "prealloc.",
  allocatedBytes: "allocated",
  usedBytes: "used",
  idleBytes: "idle",
  ceilingBytes: "when full",
  residentBytes: "resident",
  unattributedBytes: "unattributed",
};

/** The same at the head of a row, where there is room. */
export const TOTAL_TITLE: Record<ByteFigure, string> = {
  ...FIGURE_TITLE,
  memlockBytes: "reported (memlock)",
  preallocatedBytes: "preallocated",
};

/** For how many maps a sum lacks the number; nothing when it has all. */
export function missingMaps(total: Total | undefined): string {
  if (total === undefined || total.missing === 0) return "";
  return `${formatCount(total.missing)} ${total.missing === 1 ? "map" : "maps"}`;
}

/** Said under a table of sums that are not of the same maps. */
export function missingNote(
  totals: { readonly [Name in ByteFigure]?: Total | undefined } | undefined,
): Block[] {
  const missing = new Set(Object.values(totals ?? {}).map((it) => (it as Total).missing ?? 0));
  if (missing.size < 2) return [];
  return [{ kind: "text", text: "each sum leaves out the maps whose number is not known" }];
}

export function bytesOf(figure: Pick<Figure, "value" | "basis"> | undefined): string {
  return figure === undefined ? NOT_KNOWN : formatBytes(figure.value) + BASIS_MARK[figure.basis];
}

export function countOf(figure: Pick<Figure, "value" | "basis"> | undefined): string {
  return figure === undefined ? NOT_KNOWN : formatCount(figure.value) + BASIS_MARK[figure.basis];
}

export function plainBytes(value: number | undefined): string {
  return value === undefined ? NOT_KNOWN : formatBytes(value);
}

export function plainCount(value: number | null | undefined): string {
  return value === undefined || value === null ? NOT_KNOWN : formatCount(value);
}

export function signedBytes(delta: number | undefined): string {
  if (delta === undefined) return NOT_KNOWN;
  return delta > 0 ? `+${formatBytes(delta)}` : formatBytes(delta);
}

export function signedCount(delta: number | undefined): string {
  if (delta === undefined) return NOT_KNOWN;
  return delta > 0 ? `+${formatCount(delta)}` : formatCount(delta);
}

/** `0.6498` -> `65 %`; only all is 100 %, only nothing is 0 %. */
export function share(value: number): string {
  if (value > 0 && value < 0.005) return "<1 %";
  if (value < 1 && value > 0.995) return ">99 %";
  return `${Math.round(value * 100)} %`;
}

/** Fractions that people say, and the shares that they stand for. */
const IN_WORDS: readonly { readonly words: string; readonly from: number; readonly to: number }[] =
  [
    { words: "all", from: 1, to: 1 },
    { words: "nearly all", from: 0.93, to: 1 },
    { words: "nine tenths", from: 0.88, to: 0.93 },
    { words: "three quarters", from: 0.73, to: 0.77 },
    { words: "two thirds", from: 0.64, to: 0.69 },
    { words: "half", from: 0.48, to: 0.52 },
    { words: "a third", from: 0.31, to: 0.35 },
    { words: "a quarter", from: 0.23, to: 0.27 },
    { words: "a tenth", from: 0.09, to: 0.11 },
  ];

/** `0.6498` -> `two thirds (65 %)`, `0.6` -> `60 %`. */
export function shareInWords(value: number): string {
  const known = IN_WORDS.find(({ from, to }) => value >= from && value <= to);
  if (known?.from === 1) return known.words;
  return known === undefined ? share(value) : `${known.words} (${share(value)})`;
}

const EXACT_BYTES = /\b(\d{1,3}(?:,\d{3})+|\d+) bytes?\b/g;

/** Findings write byte counts out exactly (`4,096 bytes`); people read `4.0 KiB`. */
export function shortenBytes(message: string): string {
  return message.replace(EXACT_BYTES, (exact, digits: string) => {
    const value = Number(digits.replaceAll(",", ""));
    return value < 1024 ? exact : formatBytes(value);
  });
}
