/** `--baseline`: a saved analysis, objects or a folder of them, or `git:<revision>` of the audited paths. */
import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, resolve } from "node:path";
import { promisify } from "node:util";
import { fromBytes } from "../../ingest/byte-source.ts";
import type { ByteSource } from "../../ingest/importer.ts";
import type { HostOptions } from "../../model/infer-host.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import { type Audited, readAudited, readSources } from "./read-audited.ts";

const GIT = "git:";
const run = promisify(execFile);

const OBJECT = ".o";

/** An object is never so large; git prints it whole. */
const MAX_OBJECT_BYTES = 256 * 1024 * 1024;

/** @throws {UsageError} when nothing of it can be read: without a baseline there is nothing to compare with. */
export async function readBaseline(
  given: string,
  paths: readonly string[],
  host: HostOptions,
  io: Io,
): Promise<Audited & { readonly name: string }> {
  const read = given.startsWith(GIT)
    ? await readSources(await revisionSources(given.slice(GIT.length), paths, io.cwd), host)
    : await readAudited([given], host, io);
  // An analysis of objects alone names their maps and none that lives: every map would seem to be new.
  const live = read.snapshots.filter((it) => it.families.length > 0);
  if (read.objects.length + live.length === 0) {
    const [first] = read.diagnostics;
    const nothing =
      first !== undefined
        ? first.message
        : given.startsWith(GIT) && read.files.length === 0
          ? "that revision has none of these files"
          : "nothing in it is an object or a dump";
    const why = read.snapshots.length > 0 ? "the analysis in it has no map of a host" : nothing;
    throw new UsageError(
      `--baseline ${given}: ${why}`,
      "Give a saved analysis, an object, a folder of objects, or git:<revision>.",
    );
  }
  return { ...read, name: given };
}

async function revisionSources(
  revision: string,
  paths: readonly string[],
  cwd: string,
): Promise<ByteSource[]> {
  // What begins with a dash would be an option of git's.
  if (!/^[^-\s][^\s]*$/.test(revision)) {
    throw new UsageError(
      `--baseline ${GIT}${revision}: it is no revision`,
      "For example: --baseline git:v1.2.0",
    );
  }
  const sources = new Map<string, ByteSource>();
  for (const { folder, specs } of await placesOf(paths.map((it) => resolve(cwd, it)))) {
    const listed = await git(folder, revision, [
      "ls-tree",
      "-z",
      "--name-only",
      ...specs.options,
      revision,
      "--",
      ...specs.names,
    ]);
    const names = listed.toString().split("\0").filter(Boolean);
    for (const name of names.filter(specs.isMeant)) {
      const bytes = await git(folder, revision, ["show", `${revision}:./${name}`]);
      sources.set(resolve(folder, name), fromBytes(`${revision}:${name}`, new Uint8Array(bytes)));
    }
  }
  return [...sources.values()];
}

interface Place {
  readonly folder: string;
  readonly specs: {
    readonly options: readonly string[];
    readonly names: readonly string[];
    readonly isMeant: (name: string) => boolean;
  };
}

/** Paths are looked up from the folder they are in, so that any repository will do. */
async function placesOf(paths: readonly string[]): Promise<Place[]> {
  const places: Place[] = [];
  const files = new Map<string, string[]>();
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (it) => it.isDirectory(),
      () => false,
    );
    if (isFolder) {
      places.push({ folder: path, specs: { options: ["-r"], names: ["."], isMeant: () => true } });
    } else {
      files.set(dirname(path), [...(files.get(dirname(path)) ?? []), basename(path)]);
    }
  }
  for (const [folder, names] of files) {
    for (const [ending, alike] of byEnding(names)) {
      const there = await readdir(folder).catch(() => []);
      const isAll =
        ending === OBJECT && there.every((it) => extname(it) !== ending || alike.includes(it));
      places.push({
        folder,
        // A shell has made names of `bpf/*.o`: that one of them went, or had another name then, shows in the revision only.
        specs: isAll
          ? { options: [], names: ["./"], isMeant: (it) => extname(it) === ending }
          : { options: [], names: alike, isMeant: () => true },
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
