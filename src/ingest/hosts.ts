/** Folders and archives that are each a host of their own, told by what lies in them. */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { FileFacts } from "./facts.ts";
import { baseName, foldersIn, isTimed, withoutArchiveName, withoutTime } from "./file-name.ts";
import { type Joined, joinFiles } from "./join-files.ts";
import { add, newUnit, share, standsAlone } from "./unit.ts";

/** Files by the first folder in which they differ. */
export interface Branches<File> {
  /** In none of them. */
  readonly direct: readonly File[];
  readonly children: ReadonlyMap<string, readonly File[]>;
}

export function branches<File>(
  files: readonly File[],
  foldersOf: (file: File) => readonly string[],
): Branches<File> {
  const [first = [], ...others] = files.map(foldersOf);
  let shared = 0;
  while (shared < first.length && others.every((it) => it[shared] === first[shared])) shared += 1;
  const direct: File[] = [];
  const children = new Map<string, File[]>();
  for (const file of files) {
    const folder = foldersOf(file)[shared];
    if (folder === undefined) direct.push(file);
    else children.set(folder, [...(children.get(folder) ?? []), file]);
  }
  return { direct, children };
}

/** An archive lies in the folder that it is; a packed file is where it lies. */
function foldersOf({ file, isArchive, format }: FileFacts): readonly string[] {
  return foldersIn(isArchive && format !== "gzip" ? `${file}/` : file);
}

/** A list of maps makes a folder a host when another folder beside it has one too. */
export function hasList(files: readonly FileFacts[]): boolean {
  return files.some(({ whole, sections }) =>
    [whole, ...sections.values()].some(
      ({ maps, rows }) => maps.length > 0 || rows.summaries.length > 0,
    ),
  );
}

/**
 * Where two folders or more have lists of maps, each is a host, and what lies beside a list is of its
 * host. Else all is of one place, and told apart by what it says.
 */
export function unitsIn(files: readonly FileFacts[], place?: string): Joined {
  const { direct, children } = branches(files, foldersOf);
  if (!isSplit(children)) return joinFiles(files, place);
  const several = [...children.values()].filter(hasList).length > 1;
  const hosts = new Hosts(children.keys());
  const placeOf = (key: string) => (several ? hosts.placeOf(key, place) : place);
  const parts = [...children].map(([key, own]) => hosts.read(key, own, placeOf(key)));
  const beside = joinFiles(direct, place);
  const units = [...parts, beside].flatMap((it) => it.units);
  // A folder beside the hosts that says nothing of maps goes with all of them, as a file does.
  share(beside.loose, units);
  return {
    units,
    loose: parts.flatMap((it) => it.loose),
    diagnostics: [...parts, beside].flatMap((it) => it.diagnostics),
  };
}

function isSplit(children: Branches<FileFacts>["children"]): boolean {
  const [first, second] = [...children.values()].filter(hasList);
  if (!first || second) return second !== undefined;
  return isSplit(branches(first, foldersOf).children);
}

/** The folders or archives of one place that are hosts, one after the other. */
export class Hosts {
  readonly #names: ReadonlyMap<string, string>;
  readonly #seen: { readonly place: string; readonly moments: ReadonlySet<string> }[] = [];

  constructor(keys: Iterable<string>) {
    const all = [...keys];
    const short = all.map((key) => withoutArchiveName(baseName(key)));
    const isUnique = (name: string) => short.filter((it) => it === name).length === 1;
    this.#names = new Map(
      all.map((key, at) => [key, isUnique(short[at] as string) ? (short[at] as string) : key]),
    );
  }

  placeOf(key: string, outer?: string): string {
    const name = this.#names.get(key) ?? key;
    return outer === undefined ? name : `${outer}/${name}`;
  }

  /** What nothing in it speaks for as a host is loose. */
  read(key: string, files: readonly FileFacts[], place: string | undefined): Joined {
    const repeated = this.#repeated(place ?? key, files);
    if (repeated) return { units: [], loose: [], diagnostics: [repeated] };
    const { units, loose, diagnostics } = unitsIn(files, place);
    if (units.length > 0) {
      share(loose, units);
      return { units, loose: [], diagnostics };
    }
    const says = loose.some(({ whole, sections }) =>
      [whole, ...sections.values()].some((facts) => !facts.isEmpty),
    );
    if (!says) return { units, loose, diagnostics };
    const unit = newUnit(place);
    unit.place = withoutTime(place);
    for (const file of loose) add(unit, file, file.whole, ...file.sections.values());
    return { units: [unit], loose: [], diagnostics };
  }

  /** All that it says of a moment was said by another: a capture beside its archive. */
  #repeated(place: string, files: readonly FileFacts[]): Diagnostic | undefined {
    const moments = new Set(files.filter(standsAlone).map((it) => it.fingerprint));
    // Two looks at a host may find the same.
    if (moments.size === 0 || isTimed(place)) return undefined;
    const first = this.#seen.find((it) => [...moments].every((print) => it.moments.has(print)));
    this.#seen.push({ place, moments });
    const [file] = files.filter(standsAlone);
    if (!first || !file) return undefined;
    return {
      level: "info",
      code: "duplicate-input",
      file: file.file,
      message: `all that ${place} says of maps is in ${first.place} too, and is counted once`,
      hint: "If it is of another host or time, say so: `--snapshot <label>=<path>`.",
    };
  }
}
