/** A snapshot in the making: the inputs and facts that were found to be of one host and one time. */
import type { Facts, FileFacts } from "./facts.ts";
import { baseName, timeWord, withoutArchiveName } from "./file-name.ts";
import { compareText } from "./text-order.ts";

export interface Unit {
  /** What it is called if nothing else is called so; undefined where nothing says anything. */
  label: string | undefined;
  /** What it is of, where the inputs are of several hosts; looks at one host have the same. */
  place: string | undefined;
  /** Place among the labels that the user gave. */
  readonly given: number | undefined;
  /** Place of its section in its input. */
  readonly section: number;
  readonly files: FileFacts[];
  readonly parts: Facts[];
}

export function newUnit(label: string | undefined, given?: number, section = 0): Unit {
  return { label, place: undefined, given, section, files: [], parts: [] };
}

export function add(unit: Unit, file: FileFacts, ...parts: readonly Facts[]): void {
  if (!unit.files.includes(file)) unit.files.push(file);
  unit.parts.push(...parts);
}

/** Gives all of these files to each of the units. */
export function share(files: readonly FileFacts[], units: readonly Unit[]): void {
  for (const unit of units) {
    for (const file of files) add(unit, file, file.whole, ...file.sections.values());
  }
}

/** It has maps of its own, so it is a snapshot or a part of one. */
export function standsAlone(file: FileFacts): boolean {
  return file.whole.hasMoment || momentsOf(file).length > 0;
}

/** A section with nothing but words about the host is no time of its own. */
export function momentsOf(file: FileFacts): [string, Facts][] {
  return [...file.sections].filter(([, facts]) => !facts.isOnlyHost);
}

/** Gives labels that are unique: by the input that a unit began with, then by a number. */
export class Labels {
  readonly #used = new Set<string>();

  /** `areAll`: there are no other units beside these. */
  name(units: readonly Unit[], areAll: boolean): void {
    const [only] = units;
    if (areAll && units.length === 1 && only) only.label ??= "snapshot";
    const count = (label: string | undefined) => units.filter((it) => it.label === label).length;
    const bases = units.map((unit) => {
      if (unit.label === undefined) return fileName(origin(unit)) || "snapshot";
      return count(unit.label) > 1 ? `${unit.label} (${origin(unit)})` : unit.label;
    });
    units.forEach((unit, index) => {
      const base = bases[index] as string;
      let label = base;
      for (let number = 2; this.#used.has(label); number += 1) label = `${base} #${number}`;
      this.#used.add(label);
      unit.label = label;
    });
  }
}

function origin(unit: Unit): string {
  return unit.files[0]?.file ?? "";
}

/** The input's own name, without folders; of an archive, without what makes it one. */
function fileName(file: string): string {
  const [input = file] = file.split("!");
  return withoutArchiveName(baseName(input));
}

/** What decides a snapshot's place: it outlives the unit, whose facts are let go. */
export interface Order {
  readonly given: number;
  readonly rank: number;
  readonly file: string;
  readonly section: number;
  readonly label: string;
}

export function orderOf(unit: Unit): Order {
  const word = timeWord(unit.label ?? "");
  return {
    given: unit.given ?? Number.MAX_SAFE_INTEGER,
    rank: word === "before" ? 0 : word === "after" ? 2 : 1,
    file: origin(unit),
    section: unit.section,
    label: unit.label ?? "",
  };
}

/** As the user gave them, then from `before` to `after`, then by name and place. */
export function byTime(a: Order, b: Order): number {
  return (
    a.given - b.given ||
    a.rank - b.rank ||
    compareText(a.file, b.file) ||
    a.section - b.section ||
    compareText(a.label, b.label)
  );
}
