/** Rewrites JSON as a stream: what a policy lists is kept, names get stand-ins, and everything else is left out. */
import { subjectOf } from "../subject.ts";
import type { Redaction } from "./redaction.ts";

export interface JsonPolicy {
  /** Keys whose numbers are kept, and whose objects and lists are gone into. */
  readonly keys: ReadonlySet<string>;
  /** Keys of objects whose own keys are names: they are replaced, and what they hold is gone into. */
  readonly named?: ReadonlySet<string>;
  /** Objects in one another whose keys are names; 1 if nothing is said. */
  readonly namedLevels?: number;
  /** Keys of lists of bytes in hexadecimal. */
  readonly bytes?: ReadonlySet<string>;
  /** Numbers are sizes, whatever their key is. */
  readonly allNumbers?: true;
  /** Only how many there are of what counts: every number becomes 0, whatever its key. */
  readonly shapeOnly?: true;
}

interface Frame {
  readonly kind: "object" | "list" | "bytes";
  /** The rule for what stands in a list, by the key that the list has. */
  readonly rule: Rule;
  /** Its own keys are names, and those of the objects in it that many levels less one. */
  readonly named: number;
  /** What the value that comes next is called; undefined where a key is to come. */
  key: string | undefined;
  /** The key before: after an error, bpftool's batch gives a second value without one. */
  before: string | undefined;
  /** Bytes of a key or value so far. */
  readonly bytes: number[];
  strange: boolean;
  /** What a record says that its map is called; `#42` for an id. */
  map: string | undefined;
  /** Bytes of the key of the element. */
  keySize: number | undefined;
  /** The words of a command. */
  readonly words: string[];
}

/** What the values of a map are. */
export type Holding = "values" | "ids" | "references";

type Rule = "keep" | "bytes" | "hide";

/** A slot's number, or an id. */
const ID_BYTES = 4;
/** An inner map of Kmesh up to v0.5, which has no name; no other map has such values. */
const INNER_BYTES = 1300;
const MAX_DEPTH = 200;
/** A longer string is no name that any tool prints. */
const MAX_STRING = 64 * 1024;
/** A value may have as many bytes; of a longer one nothing is kept. */
const MAX_BYTES = 64 * 1024 * 1024;

/** `10.0.0.1` is none. */
const NUMBER = /^-?\d{1,400}(?:\.\d{1,400})?(?:[eE][-+]?\d{1,20})?$/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const COMMA = 0x2c;
const COLON = 0x3a;
const ZERO = 0x30;
const SMALL_X = 0x78;
/** By character code; 16 for what is no digit. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? 16 : digit;
});

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const HEX: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => `"0x${byte.toString(16).padStart(2, "0")}"`,
);

/** Use `push` for each chunk, then `finish`; each gives what can be written by then. */
export class JsonText {
  readonly #policy: JsonPolicy;
  readonly #redaction: Redaction;
  /** What values hold that must stay, by the map: ids of maps or programs, or references to entries. */
  readonly #holding: (name: string | undefined) => Holding;
  readonly #frames: Frame[] = [];
  #out = "";
  /** The string or bare word that is being read. */
  #token: number[] = [];
  #state: "between" | "string" | "word" = "between";
  #escaped = false;
  /** Depth inside of something that is left out; 0 outside. */
  #skipped = 0;
  #lastString: string | undefined;

  constructor(
    policy: JsonPolicy,
    redaction: Redaction,
    holding: (name: string | undefined) => Holding = () => "values",
  ) {
    this.#policy = policy;
    this.#redaction = redaction;
    this.#holding = holding;
  }

  push(chunk: Uint8Array): Uint8Array {
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#state === "between") at = this.#run(chunk, at);
      if (at >= chunk.length) break;
      const byte = chunk[at] as number;
      if (this.#state === "string") this.#inString(byte);
      else this.#between(byte);
    }
    return this.#take();
  }

  /** Most of a dump is `"0x1f",` over and over: takes those that are whole, and says where they end. */
  #run(chunk: Uint8Array, from: number): number {
    const top = this.#top;
    if (top?.kind !== "bytes" || this.#skipped > 0) return from;
    let at = from;
    for (; at + 5 < chunk.length; at += 1) {
      if (chunk[at] === COMMA) continue;
      if (chunk[at] !== QUOTE || chunk[at + 1] !== ZERO || chunk[at + 2] !== SMALL_X) break;
      const high = DIGITS[chunk[at + 3] as number] as number;
      const low = DIGITS[chunk[at + 4] as number] as number;
      if (high > 15 || low > 15 || chunk[at + 5] !== QUOTE || top.bytes.length >= MAX_BYTES) break;
      top.bytes.push(high * 16 + low);
      at += 5;
    }
    return at;
  }

  finish(): Uint8Array {
    // A string that breaks off is no whole name: it goes.
    if (this.#state === "word") this.#endWord();
    return this.#take();
  }

  #take(): Uint8Array {
    const bytes = encoder.encode(this.#out);
    this.#out = "";
    return bytes;
  }

  #inString(byte: number) {
    // A line break ends a string, as JSON has none inside.
    if ((byte === QUOTE && !this.#escaped) || byte === LINE_FEED) {
      this.#state = "between";
      this.#escaped = false;
      this.#string();
      if (byte === LINE_FEED) this.#write("\n");
      return;
    }
    this.#escaped = byte === BACKSLASH && !this.#escaped;
    if (this.#token.length < MAX_STRING) this.#token.push(byte);
  }

  #between(byte: number) {
    // Keys have quotes: a colon behind a bare word is of an address or a time that somebody wrote.
    const isInWord = byte === COLON && this.#state === "word";
    if (byte === QUOTE || byte <= 0x20 || (isMark(byte) && !isInWord)) {
      if (this.#state === "word") this.#endWord();
    } else {
      this.#state = "word";
      if (this.#token.length < MAX_STRING) this.#token.push(byte);
      return;
    }
    if (byte === QUOTE) {
      this.#state = "string";
      this.#token.length = 0;
    } else if (byte <= 0x20) {
      if (byte >= 0x09 && this.#top?.kind !== "bytes") this.#write(String.fromCharCode(byte));
    } else if (byte === 0x7b || byte === 0x5b) this.#open(byte === 0x7b ? "object" : "list");
    else if (byte === 0x7d || byte === 0x5d) this.#close(byte === 0x7d ? "}" : "]");
    else if (byte === COLON) this.#colon();
    else this.#comma();
  }

  get #top(): Frame | undefined {
    return this.#frames.at(-1);
  }

  /** Which map the entries are of, where something around them says so. */
  get #map(): string | undefined {
    return this.#frames.findLast((it) => it.map !== undefined)?.map;
  }

  #write(text: string) {
    if (this.#skipped === 0) this.#out += text;
  }

  /** What is to be done with a value that comes now. */
  #rule(): Rule {
    const top = this.#top;
    if (top === undefined) return "keep";
    if (top.kind !== "object") return top.rule;
    if (top.named > 0) return "keep";
    if (top.key === undefined) return "hide";
    // In place of bytes nothing but an error is kept.
    if (top.rule === "bytes") return top.key === "error" ? "keep" : "hide";
    if (this.#policy.bytes?.has(top.key)) return "bytes";
    return this.#policy.keys.has(top.key) || this.#policy.named?.has(top.key) ? "keep" : "hide";
  }

  #open(kind: "object" | "list") {
    if (this.#skipped > 0) {
      this.#skipped += 1;
      return;
    }
    const around = this.#top;
    if (around?.kind === "object") around.key ??= around.before;
    const rule = this.#rule();
    const isShape = this.#policy.shapeOnly === true && rule === "hide";
    if ((rule === "hide" && !isShape) || this.#frames.length >= MAX_DEPTH) {
      this.#redaction.leaveOut("values of keys that are not known");
      this.#write("null");
      this.#skipped = 1;
      return;
    }
    const parent = this.#top;
    const isNamed = parent?.key !== undefined && this.#policy.named?.has(parent.key) === true;
    const levels =
      isNamed && parent.named === 0
        ? (this.#policy.namedLevels ?? 1)
        : Math.max(0, (parent?.named ?? 0) - 1);
    if (kind === "list" && rule === "bytes") {
      this.#frames.push(frame("bytes", rule, 0));
      return;
    }
    this.#write(kind === "object" ? "{" : "[");
    this.#frames.push(frame(kind, rule, kind === "object" ? levels : 0));
  }

  #close(mark: "}" | "]") {
    if (this.#skipped > 0) {
      this.#skipped -= 1;
      return;
    }
    const top = this.#frames.pop();
    if (top?.kind === "bytes") this.#writeBytes(top);
    else this.#write(mark);
    const parent = this.#top;
    if (parent?.key === "command" && top?.kind === "list") parent.map = mapOf(top.words);
  }

  #colon() {
    const top = this.#top;
    if (this.#skipped > 0 || top?.kind === "bytes") return;
    if (top?.kind === "object" && this.#lastString !== undefined) top.key = this.#lastString;
    this.#lastString = undefined;
    this.#write(":");
  }

  #comma() {
    const top = this.#top;
    if (this.#skipped > 0 || top?.kind === "bytes") return;
    if (top?.kind === "object") {
      top.before = top.key ?? top.before;
      top.key = undefined;
    }
    this.#write(",");
  }

  #string() {
    const token = decoder.decode(Uint8Array.from(this.#token));
    const isCut = this.#token.length >= MAX_STRING;
    this.#token.length = 0;
    if (this.#skipped > 0) return;
    const top = this.#top;
    if (top?.kind === "bytes") {
      this.#byte(top, token);
      return;
    }
    const text = isCut ? "" : unescaped(token);
    if (top?.kind === "object" && top.key === undefined) {
      this.#lastString = text;
      this.#write(JSON.stringify(this.#keyOf(text, top)));
      return;
    }
    if (top?.kind === "list") top.words.push(text);
    else if (top?.key === "name") top.map = text;
    this.#write(JSON.stringify(this.#stringOf(text, top)));
  }

  #keyOf(key: string, top: Frame): string {
    const { keys, named, bytes } = this.#policy;
    if (top.named > 0) return this.#redaction.words.text(key);
    const isKnown = keys.has(key) || named?.has(key) || bytes?.has(key);
    return isKnown ? key : this.#redaction.standIns.name(key);
  }

  #stringOf(text: string, top: Frame | undefined): string {
    if (text === "") return "";
    if (top?.key === "tag") return this.#redaction.standIns.id(text);
    return this.#rule() === "keep" && this.#policy.shapeOnly !== true
      ? this.#redaction.words.text(text)
      : this.#redaction.standIns.name(text);
  }

  #endWord() {
    const word = decoder.decode(Uint8Array.from(this.#token));
    this.#token.length = 0;
    this.#state = "between";
    if (this.#skipped > 0) return;
    const top = this.#top;
    if (top?.kind === "bytes") {
      this.#byte(top, word);
      return;
    }
    if (/^(?:true|false|null)$/.test(word)) {
      this.#write(this.#rule() === "keep" ? word : "null");
      return;
    }
    if (!NUMBER.test(word)) {
      // No JSON: a line of a log between the records, or damage.
      this.#write(this.#redaction.words.text(word));
      return;
    }
    const { allNumbers, shapeOnly } = this.#policy;
    const kept = (this.#rule() === "keep" || allNumbers) && top !== undefined && !shapeOnly;
    this.#write(kept ? word : "0");
  }

  #byte(top: Frame, text: string) {
    const byte = /^(?:0x)?[0-9a-fA-F]{1,2}$/.test(text) ? Number.parseInt(text, 16) : Number.NaN;
    if (Number.isNaN(byte) || top.bytes.length >= MAX_BYTES) top.strange = true;
    else top.bytes.push(byte);
  }

  #writeBytes(top: Frame) {
    if (top.strange) {
      this.#redaction.leaveOut("keys and values that are no bytes");
      this.#write("null");
      return;
    }
    const bytes = Uint8Array.from(top.bytes);
    const around = this.#top;
    if (around?.key === "key") around.keySize = bytes.length;
    const holding = this.#holding(this.#map);
    const isIndex = bytes.length === ID_BYTES && holding !== "values";
    const { entries } = this.#redaction;
    const isValue = around?.key === "value" && !isIndex;
    const isInner = around?.keySize === ID_BYTES && bytes.length === INNER_BYTES;
    if (isValue && (holding === "references" || isInner)) entries.replaceAround(bytes);
    else if (!isIndex) entries.replace(bytes);
    let text = "[";
    for (let at = 0; at < bytes.length; at += 1) {
      text += (at === 0 ? "" : ",") + HEX[bytes[at] as number];
    }
    this.#write(`${text}]`);
  }
}

function frame(kind: Frame["kind"], rule: Rule, named: number): Frame {
  return {
    kind,
    rule,
    named,
    key: undefined,
    before: undefined,
    bytes: [],
    strange: false,
    map: undefined,
    keySize: undefined,
    words: [],
  };
}

function mapOf(command: readonly string[]): string | undefined {
  const { mapId, name, pin } = subjectOf(command) ?? {};
  return mapId !== undefined ? `#${mapId}` : (name ?? pin?.split("/").at(-1));
}

/** `,` and `:` and the brackets. */
function isMark(byte: number): boolean {
  return (
    byte === 0x2c ||
    byte === COLON ||
    byte === 0x7b ||
    byte === 0x7d ||
    byte === 0x5b ||
    byte === 0x5d
  );
}

function unescaped(token: string): string {
  if (!token.includes("\\")) return token;
  try {
    return String(JSON.parse(`"${token}"`));
  } catch {
    return token;
  }
}
