/** Makes byte sources from memory, and looks at the first bytes of one without losing them. */
import type { ReportPart } from "../model/usage/part.ts";
import { HEAD_BYTES, Head } from "./head.ts";
import type { ByteSource } from "./importer.ts";

/** One chunk is enough for the component to run at full speed; more only takes memory. */
export const CHUNK_BYTES = 1024 * 1024;

/** A part (a block of a report, a member of an archive) says where in `file` it starts. */
export function fromBytes(
  file: string,
  bytes: Uint8Array,
  offset = 0,
  firstLine?: number,
  part?: ReportPart,
): ByteSource {
  return {
    file,
    offset,
    bytes: bytes.length,
    reopens: true,
    ...(firstLine !== undefined && { firstLine }),
    ...(part !== undefined && { part }),
    async *chunks() {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        yield bytes.subarray(at, at + CHUNK_BYTES);
      }
    },
  };
}

/** Reads up to 64 KiB; the source given back yields all bytes, those included. `close` is for one that is not read on. */
export async function peek(
  source: ByteSource,
): Promise<{ head: Head; source: ByteSource; close: () => Promise<void> }> {
  const iterator = source.chunks("transient")[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (length < HEAD_BYTES && !ended) {
    const next = await iterator.next();
    if (next.done) ended = true;
    else {
      seen.push(copyOf(next.value));
      length += next.value.length;
    }
  }
  const head = Head.of(concatBytes(seen, HEAD_BYTES), ended && length <= HEAD_BYTES);
  return {
    head,
    source: {
      ...source,
      async *chunks(lifetime) {
        try {
          yield* seen;
          for (let next = ended ? undefined : await iterator.next(); next && !next.done; ) {
            yield lifetime === "transient" ? next.value : copyOf(next.value);
            next = await iterator.next();
          }
        } finally {
          await iterator.return?.();
        }
      },
    },
    async close() {
      await iterator.return?.();
    },
  };
}

/** The same source, each chunk of which is shown to `see` on its way, which must not keep it. */
export function watched(source: ByteSource, see: (chunk: Uint8Array) => void): ByteSource {
  return {
    ...source,
    async *chunks(lifetime) {
      for await (const chunk of source.chunks(lifetime)) {
        see(chunk);
        yield chunk;
      }
    },
  };
}

/** Bytes that stay when a transient chunk goes. A `Buffer` is a `Uint8Array` too, and its `slice` does not copy. */
export function copyOf(chunk: Uint8Array): Uint8Array {
  return new Uint8Array(chunk);
}

/** Joins chunks, at most `limit` bytes of them. */
export function concatBytes(chunks: readonly Uint8Array[], limit = Number.MAX_SAFE_INTEGER) {
  const length = Math.min(
    limit,
    chunks.reduce((sum, chunk) => sum + chunk.length, 0),
  );
  const joined = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    if (at >= length) break;
    const part = chunk.subarray(0, length - at);
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** All bytes of a source that is known to be small, and whether the limit cut it. */
export async function readAll(source: ByteSource, limit: number) {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return { bytes: concatBytes(chunks, limit), cut: length > limit };
}
