/** DEFLATE as a stream of chunks, to the last byte before any damage. */
import {
  GZheader,
  Z_BUF_ERROR,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateGetHeader,
  zlibInflateInit2,
} from "pako";
import type { ByteReader } from "./byte-reader.ts";
import type { Budget } from "./limits.ts";

const OUTPUT_BYTES = 256 * 1024;

/** `windowBits` of zlib: 32 KiB of history, with a gzip header and trailer, or without any. */
const WINDOW_BITS = { gzip: 15 + 16, raw: -15 } as const;

/** Why a stream ended before its end. */
export interface Stop {
  readonly code: "truncated" | "malformed" | "over-limit";
  readonly message: string;
}

export class Inflater {
  /** Undefined while all is well. */
  stop: Stop | undefined;
  /** The end of the compressed data was reached. */
  ended = false;
  outputBytes = 0;
  /** A gzip header's name for what it holds. */
  name: string | undefined;
  readonly #reader: ByteReader;
  readonly #budget: Budget;
  readonly #wrap: keyof typeof WINDOW_BITS;

  constructor(reader: ByteReader, wrap: "gzip" | "raw", budget: Budget) {
    this.#reader = reader;
    this.#wrap = wrap;
    this.#budget = budget;
  }

  /** Ends without an exception whatever the bytes are; `stop` says why. At most `limit` bytes are taken. */
  async *chunks(limit = Number.MAX_SAFE_INTEGER): AsyncGenerator<Uint8Array> {
    const stream = new ZStream();
    zlibInflateInit2(stream, WINDOW_BITS[this.#wrap]);
    const header = new GZheader();
    if (this.#wrap === "gzip") zlibInflateGetHeader(stream, header);
    const output = new Output(stream);
    let left = limit;
    while (!this.ended && this.stop === undefined) {
      const input = left > 0 ? (await this.#reader.chunk())?.subarray(0, left) : undefined;
      if (!input) {
        this.stop = { code: "truncated", message: "the compressed data breaks off" };
        break;
      }
      stream.input = input;
      stream.next_in = 0;
      stream.avail_in = input.length;
      for (let more = true; more; ) {
        const before = stream.next_out;
        const status = zlibInflate(stream, 0);
        this.outputBytes += stream.next_out - before;
        if (!this.#budget.unpacked(stream.next_out - before)) this.stop = overRatio(this.#budget);
        else if (status === Z_STREAM_END) this.ended = true;
        else if (status !== Z_OK && status !== Z_BUF_ERROR) {
          this.stop = {
            code: "malformed",
            message: `the compressed data is damaged (${stream.msg})`,
          };
        }
        const full = stream.avail_out === 0;
        more = full && !this.ended && this.stop === undefined;
        if (full) yield output.next();
      }
      this.#reader.take(input.length - stream.avail_in);
      left -= input.length - stream.avail_in;
      if (header.done && header.name) this.name = header.name;
    }
    const rest = output.rest();
    if (rest.length > 0) yield rest;
  }
}

/** Every chunk has memory of its own, as whoever reads it may keep it. */
class Output {
  readonly #stream: ZStream;

  constructor(stream: ZStream) {
    this.#stream = stream;
    this.next();
  }

  next(): Uint8Array {
    const full = this.#stream.output;
    this.#stream.output = new Uint8Array(OUTPUT_BYTES);
    this.#stream.next_out = 0;
    this.#stream.avail_out = OUTPUT_BYTES;
    return full;
  }

  rest(): Uint8Array {
    return this.#stream.output.subarray(0, this.#stream.next_out);
  }
}

function overRatio({ limits }: Budget): Stop {
  return {
    code: "over-limit",
    message: `it unpacks to more than ${limits.ratio} times its size`,
  };
}
