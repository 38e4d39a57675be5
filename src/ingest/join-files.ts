/** Files of one place -> snapshots in the making: what is of one host and one time is joined, what cannot be is kept apart. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { conflict } from "./conflicts.ts";
import { dropDuplicates } from "./duplicates.ts";
import type { FileFacts } from "./facts.ts";
import { type FileGroup, folderLabels, type Given, groupFiles } from "./file-groups.ts";
import { timeWord, withoutTime } from "./file-name.ts";
import { groupBy } from "./group-by.ts";
import { add, momentsOf, newUnit, share, standsAlone, type Unit } from "./unit.ts";

export interface Joined {
  readonly units: readonly Unit[];
  /** What goes with any of the units around it. */
  readonly loose: readonly FileFacts[];
  readonly diagnostics: readonly Diagnostic[];
}

/** `place` is what the folder or archive is called, where there are several. */
export function joinFiles(files: readonly FileFacts[], place?: string, given?: Given): Joined {
  const { groups, diagnostics } = dropDuplicates(groupFiles(files, given));
  const units: Unit[] = [];
  const shared: FileFacts[] = [];
  for (const group of groups) {
    const own = unitsOf(group);
    const loose = group.files.filter((file) => !standsAlone(file));
    const readable = loose.filter((file) => file.readable);
    if (own.length === 0 && group.label !== undefined && readable.length > 0) {
      own.push(newUnit(group.label, group.given));
    }
    // A log beside the maps of a group is of that group; one that is in no group goes with all.
    if (group.label !== undefined && own.length > 0) share(loose, own);
    else shared.push(...loose);
    units.push(...own);
  }
  for (const unit of units) {
    unit.label = labelAt(place, unit.label);
    unit.place = [withoutTime(place), unit.place].filter(Boolean).join("/") || undefined;
  }
  return { units, loose: shared, diagnostics: [...diagnostics, ...groups.flatMap(guessed)] };
}

/** `before` in `node-1` is `before node-1`; a folder that has the word in its name says it already. */
function labelAt(place: string | undefined, label: string | undefined): string | undefined {
  if (place === undefined || label === undefined) return place ?? label;
  return timeWord(place) === label ? place : `${label} ${place}`;
}

function unitsOf(group: FileGroup): Unit[] {
  const sectioned = group.files.filter((file) => momentsOf(file).length > 0);
  const plain = group.files.filter((file) => file.whole.hasMoment && !sectioned.includes(file));
  const alone = partition(plain, () => newUnit(group.label, group.given));
  const folders = folderLabels(plain);
  const byFolder = alone.length > 1 && new Set(plain.map((it) => folders.get(it))).size > 1;
  const units = byFolder
    ? [...groupBy(plain, (it) => folders.get(it))].flatMap(([folder, files]) =>
        partition(files, () =>
          newUnit([group.label, folder].filter(Boolean).join(" ") || undefined, group.given),
        ),
      )
    : alone;
  // What contradicts each other and has no word of time is of several hosts, for all that is known.
  if (units.length > 1 && group.given === undefined) {
    for (const unit of units) {
      const [first] = unit.files;
      unit.place = withoutTime(byFolder ? first && folders.get(first) : first?.file);
    }
  }
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
    const unit = newUnit([group.label, label].filter(Boolean).join(" "), group.given, index);
    unit.place = facts.place;
    add(unit, file, common, facts, ...rest);
    return unit;
  });
  if (fits) return units;
  const own = newUnit(group.label, group.given, -1);
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
