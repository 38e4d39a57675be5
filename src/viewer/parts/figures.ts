/** The figures that views can be switched between, and one of a family as text: the number, or why there is none. */
import type { AnalysisFamily } from "../../analyze/analysis.ts";
import type { ByteFigure } from "../../analyze/figures.ts";
import { bytesOf, NOT_KNOWN } from "../../report/parts/numbers.ts";

export const SWITCHED = [
  "memlockBytes",
  "preallocatedBytes",
  "allocatedBytes",
  "usedBytes",
  "residentBytes",
] as const satisfies readonly ByteFigure[];
export type Switched = (typeof SWITCHED)[number];

export const SWITCHED_TITLE: Readonly<Record<Switched, string>> = {
  memlockBytes: "reported",
  preallocatedBytes: "preallocated",
  allocatedBytes: "allocated",
  usedBytes: "used",
  residentBytes: "resident",
};

export function isSwitched(name: string | undefined): name is Switched {
  return SWITCHED.includes(name as Switched);
}

const WITHOUT_REASON = "not known";

export function reasonOf(family: AnalysisFamily, name: string): string {
  return family.unknown?.[name] ?? WITHOUT_REASON;
}

/** As a cell of a table: a dash has its reason as title. */
export function byteCell(family: AnalysisFamily, name: ByteFigure) {
  const figure = family[name];
  if (figure !== undefined) return { text: bytesOf(figure) };
  return { text: NOT_KNOWN, title: reasonOf(family, name) };
}
