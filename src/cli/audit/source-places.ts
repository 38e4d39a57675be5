/** Where findings are in the checkout: paths from the root of its repository, and the line that declares a map. */
import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Audit, AuditFinding } from "../../analyze/audit/schema.ts";
import { declaredMaps } from "../../ingest/c-text/maps.ts";
import { tokenize } from "../../ingest/c-text/tokens.ts";
import { Types } from "../../ingest/c-text/types.ts";

type Location = NonNullable<AuditFinding["location"]>;

/** A source with maps has some KiB, vmlinux.h 3 MiB; it declares none. */
const MAX_SOURCE_BYTES = 1024 * 1024;

/** Headers that one source includes by their quoted names, and theirs. */
const MOST_HEADERS = 64;

/** Folders in front of a path that was compiled in another place. */
const MOST_FOLDERS = 16;

/**
 * Code scanning and annotations look places up from the repository's root, wherever the audit runs. BTF tells a program's
 * line, and its path as it was when compiled; where that source is in the checkout, it also tells the map's own line.
 */
export async function withPlaces(audit: Audit, cwd: string): Promise<Audit> {
  const notFound = audit.diagnostics.filter((it) => it.code === "not-found");
  const missing = new Set(notFound.map((it) => it.file));
  const checkout = new Checkout(cwd, await rootOf(cwd), missing);
  const findings: AuditFinding[] = [];
  for (const finding of audit.findings) {
    const { location } = finding;
    findings.push(
      location === undefined ? finding : { ...finding, location: await checkout.placeOf(location) },
    );
  }
  const diagnostics = await Promise.all(
    audit.diagnostics.map(async (it) => ({ ...it, file: await checkout.named(it.file) })),
  );
  return { ...audit, findings, diagnostics };
}

/** The nearest folder with a `.git`, which is a file in a worktree; else where the audit runs. */
async function rootOf(cwd: string): Promise<string> {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (await stat(join(folder, ".git")).catch(() => undefined)) return folder;
    if (folder === dirname(folder)) return resolve(cwd);
  }
}

class Checkout {
  readonly #cwd: string;
  readonly #root: string;
  readonly #missing: ReadonlySet<string>;
  readonly #lines = new Map<string, ReadonlyMap<string, Location>>();

  /** @param missing names that were looked for as files, and are none. */
  constructor(cwd: string, root: string, missing: ReadonlySet<string>) {
    this.#cwd = cwd;
    this.#root = root;
    this.#missing = missing;
  }

  async placeOf(told: Location): Promise<Location> {
    const object = resolve(this.#cwd, told.object ?? told.file);
    const named = await this.named(told.object ?? told.file);
    const source = told.map === undefined ? undefined : await this.#sourceOf(told, object);
    if (source !== undefined && told.map !== undefined) {
      const line = (await this.#linesOf(source)).get(told.map);
      if (line !== undefined) return { ...told, ...line, object: named };
      if (told.object !== undefined)
        return { ...told, file: this.#fromRoot(source), object: named };
    }
    return told.object === undefined ? { ...told, file: named } : { ...told, object: named };
  }

  /** Input that is no file of its own, as a member of an archive, is called as it was. */
  async named(file: string): Promise<string> {
    const path = resolve(this.#cwd, file);
    const isPath = this.#missing.has(file) || (await isFile(path));
    return isPath && this.#isInside(path) ? this.#fromRoot(path) : file;
  }

  async #sourceOf({ file, object }: Location, from: string): Promise<string | undefined> {
    const beside = dirname(from);
    const candidates =
      object === undefined
        ? [from.replace(/\.o$/, ".c")]
        : [resolve(beside, file), resolve(this.#cwd, file), ...this.#elsewhere(file, beside)];
    for (const path of new Set(candidates)) {
      if (path !== from && this.#isInside(path) && (await isFile(path))) return path;
    }
    return undefined;
  }

  /** As if it had been compiled in another checkout, or in a copy of the folder. */
  #elsewhere(file: string, beside: string): string[] {
    const parts = file.split(/[\\/]/).filter((it) => it !== "" && it !== "." && it !== "..");
    const tails = parts.map((_, at) => parts.slice(at).join("/")).slice(-MOST_FOLDERS);
    return [...tails.map((it) => join(this.#root, it)), join(beside, parts.at(-1) ?? "")];
  }

  async #linesOf(source: string): Promise<ReadonlyMap<string, Location>> {
    const known = this.#lines.get(source);
    if (known !== undefined) return known;
    const lines = new Map<string, Location>();
    const files = new Set([source]);
    for (const path of files) {
      const text = await sourceText(path);
      if (text === undefined) continue;
      for (const { map, line } of mapsIn(text)) {
        if (!lines.has(map.name))
          lines.set(map.name, { file: this.#fromRoot(path), line: line + 1 });
      }
      for (const header of includedBy(text, path)) {
        if (files.size <= MOST_HEADERS && this.#isInside(header)) files.add(header);
      }
    }
    this.#lines.set(source, lines);
    return lines;
  }

  #isInside(path: string): boolean {
    const from = relative(this.#root, path);
    return from !== "" && from !== ".." && !from.startsWith(`..${sep}`) && !isAbsolute(from);
  }

  #fromRoot(path: string): string {
    return relative(this.#root, path).split(sep).join("/");
  }
}

function mapsIn(text: string) {
  const tokens = tokenize(text);
  return declaredMaps(tokens, new Types(tokens));
}

function includedBy(text: string, path: string): string[] {
  const names = [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]+"([^"\n]{1,255})"/gm)];
  return names.map(([, name = ""]) => resolve(dirname(path), name));
}

async function sourceText(path: string): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile() || stats.size > MAX_SOURCE_BYTES) return undefined;
  return readFile(path, "utf8").catch(() => undefined);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (it) => it.isFile(),
    () => false,
  );
}
