/** Which file each input is: one that was given by several names, or through links, is one file. */
import { realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { InputIdentity } from "../../analyze/audit/identity.ts";
import type { ByteSource } from "../../ingest/importer.ts";
import type { FoundInputs, Way } from "../files.ts";

export interface KnownFiles {
  readonly sources: readonly ByteSource[];
  readonly identities: ReadonlyMap<string, InputIdentity>;
}

export function knownFiles({ sources, ways }: FoundInputs, cwd: string): KnownFiles {
  const files = new Map<string, { source: ByteSource; given: Given[] }>();
  const real = remembered();
  for (const source of sources) {
    const given = (ways.get(source.file) ?? []).map((way) => givenBy(way, cwd, real));
    const path = real(resolve(cwd, source.file)) ?? source.file;
    const known = files.get(path);
    if (known === undefined) {
      files.set(path, { source, given });
      continue;
    }
    // What it is called itself goes before what a link to it is called.
    const isOwn = given[0]?.path === path;
    files.set(path, {
      source: isOwn ? source : known.source,
      given: isOwn ? [...given, ...known.given] : [...known.given, ...given],
    });
  }
  return {
    sources: [...files.values()].map((it) => it.source),
    identities: new Map(
      [...files].map(([path, { source, given }]) => [source.file, identity(path, given)]),
    ),
  };
}

/** A name of a file, as an argument led to it. */
export interface Given {
  readonly name: string;
  readonly path: string;
  /** Where the argument is a folder. */
  readonly below?: string;
}

export function identity(path: string, given: readonly Given[]): InputIdentity {
  return {
    names: [...new Set(given.map((it) => it.name))],
    paths: [...new Set([path, ...given.map((it) => it.path)])],
    below: [...new Set(given.flatMap((it) => it.below ?? []))],
  };
}

function givenBy({ argument, file }: Way, cwd: string, real: RealPath): Given {
  const absolute = resolve(cwd, file);
  const folder = real(dirname(absolute));
  return {
    name: file,
    path: folder === undefined ? absolute : join(folder, basename(absolute)),
    ...(argument !== file && { below: relative(argument, file).split(sep).join("/") }),
  };
}

/** Undefined for what is no path, as standard input and pipes of a shell. */
type RealPath = (path: string) => string | undefined;

function remembered(): RealPath {
  const known = new Map<string, string | undefined>();
  return (path) => {
    if (!known.has(path)) known.set(path, realPath(path));
    return known.get(path);
  };
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
