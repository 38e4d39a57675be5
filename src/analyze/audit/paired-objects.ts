/** Which object of a baseline is which of now, by where they lie. */
import {
  baseName,
  folderName,
  type InputIdentity,
  identityOf,
  type NamesByFile,
  objectFiles,
} from "./identity.ts";
import type { AuditInput } from "./maps.ts";

/** The file of now by the file of then. */
export type Pairs = ReadonlyMap<string, string>;

interface Place extends InputIdentity {
  readonly file: string;
}

/**
 * By the path, as in a revision; by the path below the folders that were given; else by as many folders above the file as
 * agree, down to the file's name alone. Where two would do, none of them is taken.
 */
export function pairedByPath(old: AuditInput, fresh: AuditInput): Map<string, string> {
  const [before, after] = [placesOf(old), placesOf(fresh)];
  const pairs = new Map<string, string>();
  const taken = new Set<string>();
  const pairBy = (keysOf: (place: Place) => readonly string[]) => {
    const then = onlyByKey(
      before.filter((it) => !pairs.has(it.file)),
      keysOf,
    );
    const now = onlyByKey(
      after.filter((it) => !taken.has(it.file)),
      keysOf,
    );
    for (const [key, from] of then) {
      const to = now.get(key);
      if (from === undefined || to === undefined || pairs.has(from) || taken.has(to)) continue;
      pairs.set(from, to);
      taken.add(to);
    }
  };
  pairBy((it) => it.paths.slice(0, 1));
  pairBy((it) => it.paths);
  pairBy((it) => it.below);
  for (let parts = Math.min(depthOf(before), depthOf(after)); parts > 0; parts -= 1) {
    pairBy((it) => it.paths.flatMap((path) => tailOf(path, parts) ?? []));
  }
  return pairs;
}

/**
 * What the objects of a baseline are called now: globs of a config are of these names. One that is there no more would lie
 * beside those that were beside it.
 */
export function namesNow(old: AuditInput, fresh: AuditInput, pairs: Pairs): NamesByFile {
  const taken = new Set(objectFiles(fresh).flatMap((file) => identityOf(fresh, file).names));
  const folders = new Map<string, Set<string>>();
  for (const [from, to] of pairs) {
    const known = folders.get(folderName(from)) ?? new Set();
    folders.set(folderName(from), known.add(folderName(to)));
  }
  return new Map(
    objectFiles(old).map((file) => {
      const to = pairs.get(file);
      if (to !== undefined) return [file, identityOf(fresh, to).names];
      const own = identityOf(old, file).names;
      const [folder, another] = folders.get(folderName(file)) ?? [];
      const beside = folder === undefined || another !== undefined ? [] : [folder + baseName(file)];
      return [file, [...new Set([...own, ...beside.filter((it) => !taken.has(it))])]];
    }),
  );
}

function placesOf(input: AuditInput): Place[] {
  return objectFiles(input).map((file) => ({ file, ...identityOf(input, file) }));
}

/** Undefined where several have the key. */
function onlyByKey(
  places: readonly Place[],
  keysOf: (place: Place) => readonly string[],
): Map<string, string | undefined> {
  const only = new Map<string, string | undefined>();
  for (const place of places) {
    for (const key of new Set(keysOf(place))) {
      only.set(key, only.has(key) ? undefined : place.file);
    }
  }
  return only;
}

const BETWEEN = /[\\/!]/;

function depthOf(places: readonly Place[]): number {
  return Math.max(0, ...places.flatMap((it) => it.paths.map((path) => path.split(BETWEEN).length)));
}

/** Undefined for a path of fewer parts. */
function tailOf(path: string, parts: number): string | undefined {
  const all = path.split(BETWEEN);
  return all.length < parts ? undefined : all.slice(-parts).join("/");
}
