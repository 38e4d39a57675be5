/** Text of a mail as it was sent: lines of some 76 characters that go on behind a `=` at their end, and bytes as `=C3`. */
import type { Head } from "./head.ts";
import type { ByteSource } from "./importer.ts";
import type { PlainText } from "./plain-text.ts";

const EQUALS = 0x3d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Lines have 76 (RFC 2045), of some programs 78; one that goes on is not much shorter. */
const MAX_LINE = 78;
const GOES_ON = /^.{69,77}=\r?$/m;
const HEADER = /^Content-Transfer-Encoding:\s*quoted-printable\s*$/im;
/** In such a text a `=` of its own is written `=3D`. */
const OTHER_EQUALS = /=(?!\r?\n|[0-9A-F]{2}|\r?$|[0-9A-F]$)/;

/** Undefined where it is no such text. */
export function fromQuotedPrintable(source: ByteSource, head: Head): PlainText | undefined {
  if (!head.isText || !isQuotedPrintable(head.text)) return undefined;
  return {
    source: {
      ...source,
      bytes: undefined,
      async *chunks(lifetime) {
        const decoder = new QuotedPrintable();
        for await (const chunk of source.chunks(lifetime)) yield decoder.add(chunk);
        yield decoder.end();
      },
    },
    notes: [
      {
        level: "info",
        code: "repaired",
        file: source.file,
        offset: source.offset,
        message:
          "its lines go on behind a `=`, as mails are sent (quoted-printable); places are those of the text without",
        hint: "Attach the file that the tool wrote where exact places matter.",
      },
    ],
  };
}

function isQuotedPrintable(text: string): boolean {
  if (!GOES_ON.test(text)) return false;
  if (HEADER.test(text)) return true;
  return !OTHER_EQUALS.test(text) && text.split(/\r?\n/).every((it) => it.length <= MAX_LINE);
}

/** Decodes a text that comes in chunks; where they are cut means nothing. */
class QuotedPrintable {
  /** A `=` at the end of a chunk, and what stands behind it. */
  #waiting: Uint8Array = new Uint8Array();

  add(chunk: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(this.#waiting.length + chunk.length);
    bytes.set(this.#waiting);
    bytes.set(chunk, this.#waiting.length);
    return this.#decode(bytes, false);
  }

  end(): Uint8Array {
    return this.#decode(this.#waiting, true);
  }

  #decode(bytes: Uint8Array, isEnd: boolean): Uint8Array {
    const out = new Uint8Array(bytes.length);
    let length = 0;
    let at = 0;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (byte !== EQUALS) {
        out[length++] = byte;
        continue;
      }
      if (!isEnd && at + 2 >= bytes.length) break;
      const [next, last] = [bytes[at + 1], bytes[at + 2]];
      if (next === LINE_FEED) at += 1;
      else if (next === CARRIAGE_RETURN && last === LINE_FEED) at += 2;
      else {
        const value = 16 * digit(next) + digit(last);
        out[length++] = Number.isNaN(value) ? byte : value;
        if (!Number.isNaN(value)) at += 2;
      }
    }
    this.#waiting = bytes.slice(at);
    return out.subarray(0, length);
  }
}

/** Of a hexadecimal digit as the encoding writes it; NaN for anything else. */
function digit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  return byte >= 0x41 && byte <= 0x46 ? byte - 0x37 : Number.NaN;
}
