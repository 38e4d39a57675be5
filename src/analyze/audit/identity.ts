/** Which file is which: the names that globs know an input by, and where it is found again in a baseline. */
import type { AuditInput } from "./maps.ts";

export interface InputIdentity {
  /** Every name that it was given by; what reports call it first. */
  readonly names: readonly string[];
  /** Where it lies, or lay in a revision: its own path, then those of links to it. */
  readonly paths: readonly string[];
  /** Its paths below the folders that were given. */
  readonly below: readonly string[];
}

/** By file: all names that the globs of budgets, modes and waivers are matched with. */
export type NamesByFile = ReadonlyMap<string, readonly string[]>;

/** What stands in an archive is found by the archive and its path in there: `objects.tgz!bpf/a.o`. */
const MEMBER = "!";

export function identityOf(
  { identities }: Pick<AuditInput, "identities">,
  file: string,
): InputIdentity {
  const own = identities?.get(file);
  if (own !== undefined) return own;
  for (let at = file.indexOf(MEMBER); at > 0; at = file.indexOf(MEMBER, at + 1)) {
    const archive = identities?.get(file.slice(0, at));
    if (archive === undefined) continue;
    const member = (it: string) => `${it}${file.slice(at)}`;
    return { names: archive.names.map(member), paths: archive.paths.map(member), below: [] };
  }
  return { names: [file], paths: [file], below: [] };
}

/** Files that are objects, or are called so and could not be read. */
export function objectFiles({ objects, identities }: AuditInput): string[] {
  const named = [...(identities?.keys() ?? [])].filter((it) => it.endsWith(".o"));
  return [...new Set([...objects.map((it) => it.file), ...named])];
}

export function namesByFile(input: AuditInput): NamesByFile {
  return new Map(objectFiles(input).map((file) => [file, identityOf(input, file).names]));
}

/** Of a map: for each of its objects the names that it is known by. */
export function objectNames({
  origins,
  names,
}: {
  readonly origins: readonly string[];
  readonly names?: NamesByFile;
}): (readonly string[])[] {
  return origins.map((file) => names?.get(file) ?? [file]);
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** `bpf/` of `bpf/a.o`, and nothing of `a.o`. */
export function folderName(path: string): string {
  return path.slice(0, path.length - baseName(path).length);
}
