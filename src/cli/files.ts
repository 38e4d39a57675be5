/** Paths of the command line -> byte sources: files, folders with all that is in them, standard input. */
import { constants, readSync, type Stats } from "node:fs";
import { access, type FileHandle, open, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { ErrorCode } from "../base/error-codes.ts";
import { InputError } from "../base/input-error.ts";
import { CHUNK_BYTES } from "../ingest/byte-source.ts";
import type { ByteSource } from "../ingest/importer.ts";
import type { Io } from "./io.ts";

export interface FoundInputs {
  readonly sources: readonly ByteSource[];
  /** Of paths that could not be opened; the others are read all the same. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Paths are named in messages and reports as they were given, never made absolute. */
export async function findInputs(paths: readonly string[], io: Io): Promise<FoundInputs> {
  const sources: ByteSource[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    // The same path given twice is one input.
    if (seen.has(path)) continue;
    seen.add(path);
    try {
      if (path === "-") sources.push(stdinSource(io));
      else sources.push(...(await sourcesAt(path, io.cwd, diagnostics)));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      diagnostics.push(error.toDiagnostic());
    }
  }
  return { sources, diagnostics };
}

async function sourcesAt(
  path: string,
  cwd: string,
  diagnostics: Diagnostic[],
): Promise<ByteSource[]> {
  const stats = await stat(resolve(cwd, path)).catch((error) => {
    throw readError(path, error);
  });
  if (!stats.isDirectory()) return [sourceAt(path, cwd, stats)];
  const sources = await folderSources(path, cwd, diagnostics);
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
async function folderSources(
  folder: string,
  cwd: string,
  diagnostics: Diagnostic[],
): Promise<ByteSource[]> {
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true }).catch((error) => {
    throw readError(folder, error);
  });
  const sources: ByteSource[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    try {
      if (entry.isDirectory()) sources.push(...(await folderSources(path, cwd, diagnostics)));
      else sources.push(await entrySource(path, cwd));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      diagnostics.push(error.toDiagnostic());
    }
  }
  return sources;
}

/** A link in a folder may lead to a file, but not to a folder: those may lead back to where they are. */
async function entrySource(path: string, cwd: string): Promise<ByteSource> {
  const stats = await stat(resolve(cwd, path)).catch((error) => {
    throw readError(path, error);
  });
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
  await access(resolve(cwd, path), constants.R_OK).catch((error) => {
    throw readError(path, error);
  });
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
      fileChunks(path, cwd, {
        isPipe,
        bytes: chunkBytes(stats.size),
        isTransient: lifetime === "transient",
      }),
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

async function openFile(path: string, cwd: string): Promise<FileHandle> {
  return open(resolve(cwd, path), "r").catch((error) => {
    throw readError(path, error);
  });
}

/** Of a hundred objects none needs a MiB; pipes and files in /proc say that they have no bytes. */
function chunkBytes(fileBytes: number): number {
  return fileBytes === 0 ? CHUNK_BYTES : Math.min(CHUNK_BYTES, fileBytes);
}

interface Reading {
  readonly isPipe: boolean;
  /** What is read at once, at most. */
  readonly bytes: number;
  readonly isTransient: boolean;
}

/**
 * A file is read by this thread: handing each chunk to another one and waking up for its answer takes longer than the
 * copy out of the page cache, and from a disk the kernel reads ahead. The writer of a pipe may let wait for itself.
 */
async function* fileChunks(
  path: string,
  cwd: string,
  { isPipe, bytes, isTransient }: Reading,
): AsyncIterable<Uint8Array> {
  const file = await openFile(path, cwd);
  const newChunk = () => Buffer.allocUnsafeSlow(bytes);
  try {
    for (let chunk = newChunk(); ; chunk = isTransient ? chunk : newChunk()) {
      const length = isPipe
        ? await file.read(chunk, 0, bytes, null).then(({ bytesRead }) => bytesRead)
        : readSync(file.fd, chunk, 0, bytes, null);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } catch (error) {
    throw readError(path, error);
  } finally {
    await file.close();
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

function readError(path: string, error: unknown): InputError {
  const errno = (error as NodeJS.ErrnoException).code;
  if (errno === undefined) throw error;
  const { code, message, hint } = REASONS[errno] ?? {
    code: "not-readable",
    message: `it could not be read (${errno})`,
  };
  return new InputError(code, { file: path }, message, hint?.replace("FILE", quoted(path)));
}
