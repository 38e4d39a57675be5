/** `git:<revision>`: the audited paths as they are in a revision of the repository that they lie in. */
import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, isAbsolute, join, posix, relative, resolve } from "node:path";
import { promisify } from "node:util";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { fromBytes } from "../../ingest/byte-source.ts";
import { UsageError } from "../usage-error.ts";
import { type Given, identity, type KnownFiles } from "./known-files.ts";

export const GIT = "git:";
const run = promisify(execFile);

const OBJECT = ".o";

/** An object is never so large; git prints it whole. */
const MAX_OBJECT_BYTES = 256 * 1024 * 1024;

export interface RevisionFiles extends KnownFiles {
  readonly diagnostics: readonly Diagnostic[];
}

/** @throws {UsageError} when git does not know the revision, or the paths are in no repository. */
export async function revisionFiles(
  revision: string,
  paths: readonly string[],
  cwd: string,
): Promise<RevisionFiles> {
  // What begins with a dash would be an option of git's.
  if (!/^[^-\s][^\s]*$/.test(revision)) {
    throw new UsageError(
      `--baseline ${GIT}${revision}: it is no revision`,
      "For example: --baseline git:v1.2.0",
    );
  }
  const files = new Map<string, { tree: Tree; entry: Entry; given: Given[] }>();
  const diagnostics: Diagnostic[] = [];
  for (const place of await placesOf(paths, cwd)) {
    const tree = await Tree.around(place.folder, revision);
    for (const { path, entry } of await tree.list(place)) {
      const given = {
        name: join(place.argument, path),
        path: join(tree.root, tree.prefix, path),
        ...(place.isFolder && { below: path }),
      };
      const found = entry.isLink ? await tree.follow(entry) : entry;
      if (found === undefined && extname(path) === OBJECT) diagnostics.push(tree.lost(entry));
      // A link to a folder is not followed.
      if (found === undefined || found === "folder") continue;
      const own = join(tree.root, found.path);
      const known = files.get(own);
      if (known !== undefined) known.given.push(given);
      else files.set(own, { tree, entry: found, given: [given] });
    }
  }
  const sources = [];
  const identities: [string, ReturnType<typeof identity>][] = [];
  for (const [own, { tree, entry, given }] of files) {
    const file = tree.named(entry.path);
    sources.push(fromBytes(file, await tree.read(entry)));
    identities.push([file, identity(own, given)]);
  }
  return { sources, identities: new Map(identities), diagnostics };
}

interface Entry {
  /** From the root of the repository. */
  readonly path: string;
  readonly hash: string;
  readonly isLink: boolean;
}

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/** The files of one revision, around the folder of an argument. */
class Tree {
  readonly root: string;
  /** The folder, from the root: `bpf/`. */
  readonly prefix: string;
  readonly #folder: string;
  readonly #revision: string;

  private constructor(folder: string, revision: string, root: string, prefix: string) {
    this.#folder = folder;
    this.#revision = revision;
    this.root = root;
    this.prefix = prefix;
  }

  static async around(folder: string, revision: string): Promise<Tree> {
    const told = await git(folder, revision, ["rev-parse", "--show-toplevel", "--show-prefix"]);
    const [root = "", prefix = ""] = told.toString().split("\n");
    return new Tree(folder, revision, root, prefix);
  }

  /** As git reads it: of a file that lies in the root itself the revision would be a part of the name. */
  named(path: string): string {
    return `${this.#revision}:${path.includes("/") ? path : `./${path}`}`;
  }

  async list({ specs, isFolder, isMeant }: Place) {
    const entries = await this.#entries([...(isFolder ? ["-r"] : [])], specs);
    return entries
      .filter((it) => it.type === "blob")
      .map((entry) => ({ path: posix.relative(this.prefix, entry.path), entry }))
      .filter(({ path }) => isMeant(path));
  }

  /** What a link leads to; undefined where that is not in the revision. */
  async follow(link: Entry): Promise<Entry | "folder" | undefined> {
    let parts = await this.#target(link);
    let links = 1;
    let at = "";
    while (parts !== undefined && links <= MOST_LINKS) {
      const [part, ...rest] = parts;
      if (part === undefined) return "folder";
      at = posix.join(at, part);
      const [entry] = await this.#entries(["--full-tree"], [at]);
      if (entry?.isLink) {
        links += 1;
        const target = await this.#target(entry);
        parts = target && [...target, ...rest];
        at = "";
      } else if (entry?.type === "blob") return rest.length === 0 ? entry : undefined;
      else if (entry?.type === "tree") parts = rest;
      else return undefined;
    }
    return undefined;
  }

  lost(link: Entry): Diagnostic {
    return {
      level: "data-loss",
      code: "not-found",
      file: this.named(link.path),
      message: "it is a link to what is not in that revision",
      hint: "Commit what it leads to, or give that as the input.",
    };
  }

  async read({ hash }: Entry): Promise<Uint8Array> {
    return new Uint8Array(await git(this.#folder, this.#revision, ["cat-file", "blob", hash]));
  }

  /** The path that a link holds, from the root and in its parts; undefined outside of the repository. */
  async #target(link: Entry): Promise<readonly string[] | undefined> {
    const text = new TextDecoder().decode(await this.read(link));
    const path = isAbsolute(text)
      ? relative(this.root, text)
      : posix.join(posix.dirname(link.path), text);
    const parts = path.split("/").filter((it) => it !== "" && it !== ".");
    return parts[0] === ".." || isAbsolute(path) ? undefined : parts;
  }

  async #entries(options: readonly string[], specs: readonly string[]) {
    const listed = await git(this.#folder, this.#revision, [
      "ls-tree",
      "-z",
      "--full-name",
      ...options,
      this.#revision,
      "--",
      ...specs,
    ]);
    const rows = listed.toString().split("\0").filter(Boolean);
    return rows.map((row) => {
      const [fields = "", path = ""] = row.split("\t");
      const [mode, type, hash = ""] = fields.split(" ");
      return { path, hash, type, isLink: mode === "120000" };
    });
  }
}

interface Place {
  readonly folder: string;
  /** The folder as it was given. */
  readonly argument: string;
  readonly isFolder: boolean;
  readonly specs: readonly string[];
  isMeant(path: string): boolean;
}

/** Paths are looked up from the folder they are in, so that any repository will do. */
async function placesOf(paths: readonly string[], cwd: string): Promise<Place[]> {
  const places: Place[] = [];
  const files = new Map<string, { argument: string; names: string[] }>();
  for (const argument of paths) {
    const path = resolve(cwd, argument);
    const isFolder = await stat(path).then(
      (it) => it.isDirectory(),
      () => false,
    );
    if (isFolder) {
      places.push({ folder: path, argument, isFolder, specs: ["."], isMeant: () => true });
    } else {
      const known = files.get(dirname(path)) ?? { argument: dirname(argument), names: [] };
      files.set(dirname(path), { ...known, names: [...known.names, basename(path)] });
    }
  }
  for (const [folder, { argument, names }] of files) {
    for (const [ending, alike] of byEnding(names)) {
      const there = await readdir(folder).catch(() => []);
      const isAll =
        ending === OBJECT && there.every((it) => extname(it) !== ending || alike.includes(it));
      places.push({
        folder,
        argument,
        isFolder: false,
        // A shell has made names of `bpf/*.o`: that one of them went, or had another name then, shows in the revision only.
        specs: isAll ? ["./"] : alike,
        isMeant: isAll ? (it) => extname(it) === ending : () => true,
      });
    }
  }
  return places;
}

function byEnding(names: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    groups.set(extname(name), [...(groups.get(extname(name)) ?? []), name]);
  }
  return groups;
}

async function git(folder: string, revision: string, args: readonly string[]): Promise<Buffer> {
  try {
    const { stdout } = await run("git", ["-C", folder, ...args], {
      encoding: "buffer",
      maxBuffer: MAX_OBJECT_BYTES,
    });
    return stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: Buffer };
    const why = code === "ENOENT" ? "git is not installed" : firstLine(stderr?.toString() ?? "");
    throw new UsageError(
      `--baseline ${GIT}${revision}: ${why}`,
      "For example: --baseline git:v1.2.0. A shallow clone has the last commit alone: `git fetch --unshallow`, or fetch-depth: 0.",
    );
  }
}

function firstLine(text: string): string {
  return text.split("\n")[0]?.replace(/^fatal: /, "") || "git failed";
}
