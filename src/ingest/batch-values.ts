/** Walks the results of `bpftool -j batch file` as a stream: each command, and its output as bytes. */
import type { ByteReader } from "./archive/byte-reader.ts";

export interface BatchOutput {
  /** `["map", "show"]`; empty where it could not be read. */
  readonly command: readonly string[];
  /** Where the output begins. */
  readonly offset: number;
  /** The output is cut or damaged where it begins, so that nothing of it can be found. */
  readonly isLost?: true;
  /** To be read before the next output is asked for. Empty for a command that gave nothing. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** A command's words; bpftool takes no longer line. */
const MAX_COMMAND = 64 * 1024;
/** Fewer bytes after a command are a batch that ends there. */
const MIN_GAP = 16;
const COMMAND_KEY = '"command"';
const OUTPUT_KEY = '"output"';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const COLON = 0x3a;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

const decoder = new TextDecoder();

/** Whatever is damaged, the next `"command"` begins a result again: no output of a command has that key. */
export async function* batchOutputs(reader: ByteReader): AsyncGenerator<BatchOutput> {
  while (await findCommand(reader)) {
    reader.take(COMMAND_KEY.length);
    const command = await words(reader);
    const gap = await reader.peek(64);
    const key = decoder.decode(gap).indexOf(OUTPUT_KEY); // ASCII until there
    // Cut, or damaged: the next result is looked for.
    if (key === -1) {
      const offset = reader.position;
      // The end of the batch is said once, for all that it lacks.
      if (gap.length < MIN_GAP) continue;
      yield { command, offset, isLost: true, chunks: nothing };
      continue;
    }
    reader.take(key + OUTPUT_KEY.length);
    await skipBlank(reader);
    const value = valueChunks(reader);
    yield {
      command,
      offset: reader.position,
      async *chunks() {
        for (let next = await value.next(); !next.done; next = await value.next()) yield next.value;
      },
    };
    // What an importer left of it is passed.
    for (let next = await value.next(); !next.done; ) next = await value.next();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The bytes of one object or array, or of several; nothing for anything else, such as `null` or a missing value. */
async function* valueChunks(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const first = (await reader.peek(1))[0];
  if (first === undefined || !OPEN.has(first)) return;
  const state = { depth: 0, inString: false, escaped: false };
  for (let chunk = await reader.chunk(); chunk; chunk = await reader.chunk()) {
    const { end, stop } = walk(chunk, state);
    if (end > 0) {
      yield chunk.subarray(0, end);
      reader.take(end);
    }
    if (stop === "value") return;
    if (stop === "quote") {
      // Near the end of what is at hand: look whether the next result begins here.
      if (isCommandKey(await reader.peek(COMMAND_KEY.length), 0)) return;
      state.inString = true;
      yield (await reader.peek(1)).slice();
      reader.take(1);
    }
  }
}

interface Walk {
  depth: number;
  inString: boolean;
  escaped: boolean;
}

/** How much of the chunk belongs to the value, and whether it ended there or a string begins that is to be looked at. */
function walk(chunk: Uint8Array, state: Walk): { end: number; stop?: "value" | "quote" } {
  for (let at = 0; at < chunk.length; at += 1) {
    const byte = chunk[at] as number;
    if (state.inString) {
      // A line break ends a string, as JSON has none inside.
      if (byte === LINE_FEED || (byte === QUOTE && !state.escaped)) state.inString = false;
      state.escaped = byte === BACKSLASH && !state.escaped;
    } else if (byte === QUOTE) {
      const isNear = at + COMMAND_KEY.length > chunk.length;
      if (isNear || isCommandKey(chunk, at)) return { end: at, stop: "quote" };
      state.inString = true;
      state.escaped = false;
    } else if (OPEN.has(byte)) state.depth += 1;
    else if (CLOSE.has(byte)) {
      // A result ends with the brace of its own: before a list an error may stand, and a comma.
      if (state.depth === 0) return { end: at, stop: "value" };
      state.depth -= 1;
    }
  }
  return { end: chunk.length };
}

function isCommandKey(bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < COMMAND_KEY.length; index += 1) {
    if (bytes[at + index] !== COMMAND_KEY.charCodeAt(index)) return false;
  }
  return true;
}

/** The strings of an array, up to its end. */
async function words(reader: ByteReader): Promise<readonly string[]> {
  const text = decoder.decode(await reader.peek(MAX_COMMAND));
  const found = /^\s*:\s*(\[[^\]]*\])/.exec(text);
  if (!found) return [];
  // Characters that are no ASCII have more bytes than one.
  reader.take(new TextEncoder().encode(found[0]).length);
  try {
    const list: unknown = JSON.parse(found[1] ?? "[]");
    return Array.isArray(list) ? list.filter((it) => typeof it === "string") : [];
  } catch {
    return [];
  }
}

async function findCommand(reader: ByteReader): Promise<boolean> {
  return reader.search(COMMAND_KEY.length, (bytes) => {
    for (let at = bytes.indexOf(QUOTE); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) {
      if (isCommandKey(bytes, at)) return at;
    }
    return -1;
  });
}

async function skipBlank(reader: ByteReader) {
  for (let byte = (await reader.peek(1))[0]; byte !== undefined; byte = (await reader.peek(1))[0]) {
    if (byte > 0x20 && byte !== COLON) return;
    reader.take(1);
  }
}
