/** Several inputs -> snapshots: what is of one host and one time is joined, what cannot be is kept apart. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { conflict } from "./conflicts.ts";
import type { Facts, FileFacts } from "./facts.ts";
import { type FileGroup, folderLabels } from "./file-groups.ts";
import { baseName, timeWord } from "./file-name.ts";
import { groupBy } from "./group-by.ts";
import { compareText } from "./text-order.ts";
import { toSnapshot } from "./to-snapshot.ts";
import type { Unit } from "./unit.ts";

export function merge(groups: readonly FileGroup[]): {
  snapshots: Snapshot[];
  diagnostics: readonly Diagnostic[];
} {
  const units: Unit[] = [];
  const shared: FileFacts[] = [];
  for (const group of groups) {
    const own = unitsOf(group);
    const loose = group.files.filter((file) => !standsAlone(file));
    const readable = loose.filter((file) => file.readable);
    if (own.length === 0 && group.label !== undefined && readable.length > 0) {
      own.push(newUnit(group, group.label));
    }
    // A log beside the maps of a group is of that group; one that is in no group goes with all.
    if (group.label !== undefined && own.length > 0) share(loose, own);
    else shared.push(...loose);
    units.push(...own);
  }
  if (units.length === 0 && shared.some((file) => file.readable)) {
    units.push({ label: undefined, given: undefined, section: 0, files: [], parts: [] });
  }
  share(shared, units);
  nameUnits(units);
  return {
    snapshots: units.sort(byTime).map(toSnapshot),
    diagnostics: groups.flatMap(guessed),
  };
}

/** It has maps of its own, so it is a snapshot or a part of one. */
function standsAlone(file: FileFacts) {
  return file.whole.hasMoment || momentsOf(file).length > 0;
}

/** A section with nothing but words about the host is no time of its own. */
function momentsOf(file: FileFacts) {
  return [...file.sections].filter(([, facts]) => !facts.isOnlyHost);
}

function newUnit(group: FileGroup, label: string | undefined, section = 0): Unit {
  return { label, given: group.given, section, files: [], parts: [] };
}

function share(files: readonly FileFacts[], units: readonly Unit[]) {
  for (const unit of units) {
    for (const file of files) add(unit, file, file.whole, ...file.sections.values());
  }
}

function add(unit: Unit, file: FileFacts, ...parts: readonly Facts[]) {
  if (!unit.files.includes(file)) unit.files.push(file);
  unit.parts.push(...parts);
}

function unitsOf(group: FileGroup): Unit[] {
  const sectioned = group.files.filter((file) => momentsOf(file).length > 0);
  const plain = group.files.filter((file) => file.whole.hasMoment && !sectioned.includes(file));
  const alone = partition(plain, () => newUnit(group, group.label));
  const folders = folderLabels(plain);
  const byFolder = alone.length > 1 && new Set(plain.map((it) => folders.get(it))).size > 1;
  const units = byFolder
    ? [...groupBy(plain, (it) => folders.get(it))].flatMap(([folder, files]) =>
        partition(files, () => newUnit(group, [group.label, folder].filter(Boolean).join(" "))),
      )
    : alone;
  return [...sectioned.flatMap((file) => sectionUnits(file, group)), ...units];
}

/** One for each section; what stands outside of them belongs to each, if it can. */
function sectionUnits(file: FileFacts, group: FileGroup): Unit[] {
  const moments = momentsOf(file);
  const times = new Set(moments.map(([, facts]) => facts));
  const rest = [...file.sections.values()].filter((facts) => !times.has(facts));
  const fits = moments.every(([, facts]) => !conflict(facts, file.whole));
  const common = fits ? file.whole : file.whole.withoutMoment;
  const units = moments.map(([label, facts], index) => {
    const unit = newUnit(group, [group.label, label].filter(Boolean).join(" "), index);
    add(unit, file, common, facts, ...rest);
    return unit;
  });
  if (fits) return units;
  const own = newUnit(group, group.label, -1);
  add(own, file, file.whole, ...rest);
  return [own, ...units];
}

/** Puts each input into the unit that it does not contradict and whose names are most like its own. */
function partition(files: readonly FileFacts[], create: () => Unit): Unit[] {
  const units: Unit[] = [];
  for (const file of files) {
    const [best] = units
      .filter((unit) => !unit.parts.some((facts) => conflict(facts, file.whole)))
      .map((unit) => ({ unit, likeness: likeness(unit, file) }))
      .sort((a, b) => b.likeness - a.likeness);
    const unit = best?.unit ?? create();
    if (!best) units.push(unit);
    add(unit, file, file.whole);
  }
  return units;
}

function likeness(unit: Unit, { file }: FileFacts) {
  return Math.max(
    ...unit.files.map((other) => {
      let at = 0;
      while (at < file.length && file[at] === other.file[at]) at += 1;
      return at;
    }),
  );
}

/** Makes every label unique: by the input that a unit began with, then by a number. */
function nameUnits(units: readonly Unit[]) {
  const count = (label: string | undefined) => units.filter((it) => it.label === label).length;
  const origin = (unit: Unit) => unit.files[0]?.file ?? "";
  const [only] = units;
  if (units.length === 1 && only) {
    only.label ??= "snapshot";
    return;
  }
  const bases = units.map((unit) => {
    if (unit.label === undefined) return baseName(origin(unit)) || "snapshot";
    return count(unit.label) > 1 ? `${unit.label} (${origin(unit)})` : unit.label;
  });
  const used = new Set<string>();
  units.forEach((unit, index) => {
    const base = bases[index] as string;
    let label = base;
    for (let number = 2; used.has(label); number += 1) label = `${base} #${number}`;
    used.add(label);
    unit.label = label;
  });
}

/** As the user gave them, then from `before` to `after`, then by name and place. */
function byTime(a: Unit, b: Unit) {
  const rank = (unit: Unit) => {
    const word = timeWord(unit.label ?? "");
    return word === "before" ? 0 : word === "after" ? 2 : 1;
  };
  return (
    (a.given ?? Number.MAX_SAFE_INTEGER) - (b.given ?? Number.MAX_SAFE_INTEGER) ||
    rank(a) - rank(b) ||
    compareText(a.files[0]?.file ?? "", b.files[0]?.file ?? "") ||
    a.section - b.section ||
    compareText(a.label ?? "", b.label ?? "")
  );
}

/** Nothing is guessed silently: says which inputs are in a snapshot because of their name. */
function guessed({ label, given, files }: FileGroup): Diagnostic[] {
  const [first, ...others] = files;
  if (label === undefined || given !== undefined || !first) return [];
  const more = others.length === 0 ? "" : ` with ${others.length} more`;
  return [
    {
      level: "info",
      code: "ambiguous",
      file: first.file,
      message: `taken${more} as the snapshot "${label}", as the name says`,
      hint: "To say otherwise: `--snapshot <label>=<path>`.",
    },
  ];
}
