/** Finds objects of one kind in JSON of any nesting, many roots and damage: each is read where it closes. */

export interface JsonRecord {
  readonly value: Readonly<Record<string, unknown>>;
  /** Byte offset in the text, and line breaks before it. */
  readonly offset: number;
  readonly line: number;
  /** Index of the root value it stands in. */
  readonly root: number;
}

export interface JsonRecords {
  readonly records: readonly JsonRecord[];
  /** Objects that have the key and are no JSON, by offset. */
  readonly broken: readonly { readonly offset: number; readonly text: string }[];
  /** Offset of the first bracket that the text leaves open. */
  readonly openAt: number | undefined;
}

/** A record with deeper objects in it is none of the formats here. */
const MAX_NESTING = 4;
/** A longer object is a list of records, not one. */
const MAX_RECORD_BYTES = 256 * 1024;

const decoder = new TextDecoder();

interface Open {
  readonly at: number;
  readonly line: number;
  readonly root: number;
  readonly isObject: boolean;
  height: number;
  hasRecord: boolean;
}

/** @param key what each record has; an object around records is none itself. */
export function jsonRecords(bytes: Uint8Array, key: string): JsonRecords {
  const records: JsonRecord[] = [];
  const broken: { offset: number; text: string }[] = [];
  const open: Open[] = [];
  let root = -1;
  let line = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === 0x0a) {
      line += 1;
      inString = false;
    } else if (inString) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (open.length === 0) root += 1;
      open.push({ at, line, root, isObject: byte === 0x7b, height: 0, hasRecord: false });
    } else if (byte === 0x7d || byte === 0x5d) close(at, byte === 0x7d);
  }
  return { records, broken, openAt: open[0]?.at };

  function close(at: number, isObject: boolean) {
    const last = open.at(-1);
    if (last === undefined || last.isObject !== isObject) return;
    open.pop();
    const parent = open.at(-1);
    const isRecord = isObject && !last.hasRecord && read(last, at + 1);
    if (parent === undefined) return;
    parent.height = Math.max(parent.height, last.height + 1);
    parent.hasRecord ||= last.hasRecord || isRecord;
  }

  function read(object: Open, end: number): boolean {
    if (object.height > MAX_NESTING || end - object.at > MAX_RECORD_BYTES) return false;
    const text = decoder.decode(bytes.subarray(object.at, end));
    if (!text.includes(`"${key}"`)) return false;
    try {
      const value = JSON.parse(text) as Record<string, unknown>;
      if (!Object.hasOwn(value, key)) return false;
      records.push({ value, offset: object.at, line: object.line, root: object.root });
    } catch {
      broken.push({ offset: object.at, text });
    }
    return true;
  }
}
