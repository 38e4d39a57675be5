/** A tar header: 512 bytes of ustar (POSIX.1-1988), GNU tar or the seventh edition of Unix. */

export const BLOCK = 512;

export interface TarHeader {
  readonly name: string;
  /** Bytes that follow in the archive. */
  readonly size: number;
  /** One character; a NUL of old archives is `0`. */
  readonly type: string;
  /** GNU's sparse members go on in more header blocks. */
  readonly isExtended: boolean;
}

const decoder = new TextDecoder();

/** Undefined for what is no header, by its checksum. */
export function parseTarHeader(block: Uint8Array): TarHeader | undefined {
  if (block.length < BLOCK || !checksumFits(block)) return undefined;
  const size = numberAt(block, 124, 12);
  if (size === undefined) return undefined;
  const type = String.fromCharCode(block[156] as number);
  const prefix = isPosix(block) ? textAt(block, 345, 155) : "";
  const name = textAt(block, 0, 100);
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    size,
    type: type === "\0" ? "0" : type,
    isExtended: type === "S" && block[482] === 1,
  };
}

export function isZero(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** GNU's magic is `ustar  ` with blanks, and has no prefix there. */
function isPosix(block: Uint8Array): boolean {
  return textAt(block, 257, 6) === "ustar" && block[262] === 0;
}

/** The sum of all bytes, its own field taken as blanks; some old tars summed signed bytes. */
function checksumFits(block: Uint8Array): boolean {
  const stated = numberAt(block, 148, 8);
  if (stated === undefined) return false;
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < BLOCK; at += 1) {
    const byte = at >= 148 && at < 156 ? 0x20 : (block[at] as number);
    unsigned += byte;
    signed += byte < 0x80 ? byte : byte - 0x100;
  }
  // A block of zeros has a sum too: that of the blanks.
  return (stated === unsigned || stated === signed) && unsigned !== 8 * 0x20;
}

/** Octal digits, or big-endian binary after a first bit that is set; undefined for anything else. */
function numberAt(block: Uint8Array, start: number, length: number): number | undefined {
  const field = block.subarray(start, start + length);
  if (((field[0] as number) & 0x80) !== 0) {
    let value = (field[0] as number) & 0x7f;
    for (const byte of field.subarray(1)) value = value * 256 + byte;
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = decoder
    .decode(field)
    .replace(/[\0 ]+/g, " ")
    .trim();
  if (digits === "") return 0;
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

function textAt(block: Uint8Array, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return decoder.decode(end === -1 ? field : field.subarray(0, end));
}

/** The records of a pax header: `27 path=some/long/name\n`; what cannot be read ends it. */
export function parsePax(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    if (blank === -1 || blank - at > 10) break;
    const length = Number(decoder.decode(bytes.subarray(at, blank)));
    if (!Number.isInteger(length) || length <= blank - at + 1) break;
    const record = decoder.decode(bytes.subarray(blank + 1, at + length - 1));
    const equals = record.indexOf("=");
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}
