/**
 * Paths of the command line -> byte sources: files, folders with all that is in them, standard input.
 *
 * Files are found and read by this thread: handing each call to another one and waking up for its answer takes longer than
 * the call, of a hundred small objects as of each MiB of a large dump (the kernel reads ahead from a disk). Only the writer
 * of a pipe may let wait for itself.
 */
import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readdirSync,
  readSync,
  type Stats,
  statSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { ErrorCode } from "../base/error-codes.ts";
import { InputError } from "../base/input-error.ts";
import { CHUNK_BYTES } from "../ingest/byte-source.ts";
import type { ByteSource } from "../ingest/importer.ts";
import type { Io } from "./io.ts";

/** How the command line leads to a file: `bpf` and `bpf/a.o` both to `bpf/a.o`. */
export interface Way {
  readonly argument: string;
  readonly file: string;
}

export interface FoundInputs {
  readonly sources: readonly ByteSource[];
  /** By the file of each source: all that led to it, in the order of the command line. */
  readonly ways: ReadonlyMap<string, readonly Way[]>;
  /** Of paths that could not be opened; the others are read all the same. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Paths are named in messages and reports as they were given, never made absolute. */
export function findInputs(paths: readonly string[], io: Io): FoundInputs {
  const sources: ByteSource[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  // `bpf` and `bpf/a.o` and `./bpf/a.o`: one file is one input, by whatever name.
  const opened = new Map<string, Way[]>();
  const ways = new Map<string, readonly Way[]>();
  const isNew = (argument: string, file: string) => {
    const known = opened.get(resolve(io.cwd, file));
    if (known !== undefined) {
      known.push({ argument, file });
      return false;
    }
    const own = [{ argument, file }];
    opened.set(resolve(io.cwd, file), own);
    ways.set(file, own);
    return true;
  };
  for (const path of paths) {
    // The same path given twice is one input.
    if (seen.has(path)) continue;
    seen.add(path);
    try {
      if (path === "-") sources.push(stdinSource(io));
      else {
        const found = sourcesAt(path, io.cwd, diagnostics);
        sources.push(...found.filter((it) => isNew(path, it.file)));
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      diagnostics.push(error.toDiagnostic());
    }
  }
  return { sources, ways, diagnostics };
}

function sourcesAt(path: string, cwd: string, diagnostics: Diagnostic[]): ByteSource[] {
  const stats = asked(path, () => statSync(resolve(cwd, path)));
  if (!stats.isDirectory()) return [sourceAt(path, cwd, stats)];
  const sources = folderSources(path, cwd, diagnostics);
  if (sources.length === 0) {
    throw new InputError(
      "no-input",
      { file: path },
      "the folder holds no file that can be read",
      "Give a folder with captures in it, or a file: `bpftool -j map show > maps.json`.",
    );
  }
  return sources;
}

/** Names are sorted by code unit, so that the order is the same on every host; names with a dot in front are left out. */
function folderSources(folder: string, cwd: string, diagnostics: Diagnostic[]): ByteSource[] {
  const entries = asked(folder, () => readdirSync(resolve(cwd, folder), { withFileTypes: true }));
  const sources: ByteSource[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    try {
      if (entry.isDirectory()) sources.push(...folderSources(path, cwd, diagnostics));
      else sources.push(entrySource(path, cwd));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      diagnostics.push(error.toDiagnostic());
    }
  }
  return sources;
}

/** A link in a folder may lead to a file, but not to a folder: those may lead back to where they are. */
function entrySource(path: string, cwd: string): ByteSource {
  const stats = asked(path, () => statSync(resolve(cwd, path)));
  if (stats.isDirectory()) {
    throw new InputError(
      "not-readable",
      { file: path },
      "a link to a folder is not followed",
      "Give the folder itself as an input.",
    );
  }
  const source = sourceAt(path, cwd, stats);
  // Without this, a file nobody may read would count as one that was found.
  asked(path, () => accessSync(resolve(cwd, path), constants.R_OK));
  return source;
}

function sourceAt(path: string, cwd: string, stats: Stats): ByteSource {
  const isPipe = stats.isFIFO() && isOpenedByShell(resolve(cwd, path));
  if (!stats.isFile() && !isPipe) {
    throw new InputError(
      "not-readable",
      { file: path },
      `it is ${kindOf(stats)}, not a file`,
      `Write its content into a file, or pipe it in: \`cat ${quoted(path)} | mapscope analyze -\`.`,
    );
  }
  return {
    file: path,
    offset: 0,
    bytes: isPipe ? undefined : stats.size,
    ...(!isPipe && { reopens: true }),
    chunks: (lifetime) =>
      isPipe
        ? pipeChunks(path, cwd)
        : fileChunks(path, cwd, chunkBytes(stats.size), lifetime === "transient"),
  };
}

/** `<(command)` of a shell is a pipe with a writer, so reading it comes to an end. */
function isOpenedByShell(path: string): boolean {
  return path.startsWith("/dev/fd/") || /^\/proc\/[^/]+\/fd\//.test(path) || path === "/dev/stdin";
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return "a named pipe";
  if (stats.isSocket()) return "a socket";
  if (stats.isCharacterDevice()) return "a character device";
  if (stats.isBlockDevice()) return "a block device";
  return "something else";
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** Of a hundred objects none needs a MiB; files in /proc say that they have no bytes. */
function chunkBytes(fileBytes: number): number {
  return fileBytes === 0 ? CHUNK_BYTES : Math.min(CHUNK_BYTES, fileBytes);
}

async function* fileChunks(
  path: string,
  cwd: string,
  bytes: number,
  isTransient: boolean,
): AsyncIterable<Uint8Array> {
  const file = asked(path, () => openSync(resolve(cwd, path), "r"));
  const newChunk = () => Buffer.allocUnsafeSlow(bytes);
  try {
    for (let chunk = newChunk(); ; chunk = isTransient ? chunk : newChunk()) {
      const length = asked(path, () => readSync(file, chunk, 0, bytes, null));
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

async function* pipeChunks(path: string, cwd: string): AsyncIterable<Uint8Array> {
  try {
    const pipe = await open(resolve(cwd, path), "r");
    yield* pipe.createReadStream({ highWaterMark: CHUNK_BYTES });
  } catch (error) {
    throw readError(path, error);
  }
}

function stdinSource(io: Io): ByteSource {
  return {
    file: "<stdin>",
    offset: 0,
    bytes: undefined,
    async *chunks() {
      if (io.stdin.isTTY === true) {
        io.stderr.write("reading from the terminal; end the input with Ctrl-D\n");
      }
      for await (const chunk of io.stdin) yield chunk;
    },
  };
}

interface Reason {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}

const REASONS: Readonly<Record<string, Reason>> = {
  ENOENT: {
    code: "not-found",
    message: "there is no such file or folder",
    hint: "Check the path; relative paths start in the current folder.",
  },
  ENOTDIR: { code: "not-found", message: "a part of the path is a file, not a folder" },
  EACCES: {
    code: "not-readable",
    message: "permission to read it is denied (EACCES)",
    hint: "Captures written as root belong to root: `sudo chmod a+r FILE`.",
  },
  EPERM: { code: "not-readable", message: "reading it is not permitted (EPERM)" },
  ELOOP: { code: "not-readable", message: "it is a link that leads back to itself (ELOOP)" },
  EMFILE: { code: "not-readable", message: "too many files are open (EMFILE)" },
};

/** What the system answers about a path; its error in our words. */
function asked<Answer>(path: string, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    throw readError(path, error);
  }
}

function readError(path: string, error: unknown): InputError {
  const errno = (error as NodeJS.ErrnoException).code;
  if (errno === undefined) throw error;
  const { code, message, hint } = REASONS[errno] ?? {
    code: "not-readable",
    message: `it could not be read (${errno})`,
  };
  return new InputError(code, { file: path }, message, hint?.replace("FILE", quoted(path)));
}
