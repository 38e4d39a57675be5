/**
 * Walks JSON of any size as it comes, and tells what opens, ends and stands in it; nothing is kept.
 * Lenient where it does not matter (commas), strict where it does: brackets that do not match end it.
 */

export interface JsonHandler {
  /** `key` is the member's name, or undefined inside an array and at the root. */
  open(kind: "object" | "array", key: string | undefined, depth: number, offset: number): void;
  close(kind: "object" | "array", depth: number): void;
  /**
   * A string without its quotes, or the text of a number, `true`, `false`, `null` or of any other word; long ones are
   * cut. `offset` is where it begins.
   */
  scalar(
    text: string,
    key: string | undefined,
    depth: number,
    isString: boolean,
    offset: number,
  ): void;
  /** Where given, strings such as `"0x1f"` come here and not to `scalar`: there may be a billion. */
  hexByte?(value: number): void;
  /** Where given, nothing more is read once it is true behind something that closes. */
  readonly isDone?: boolean;
}

/** Where the walk ended before the JSON did. */
export interface JsonEnd {
  readonly code: "truncated" | "malformed" | "over-limit";
  readonly offset: number;
  readonly message: string;
}

/** Deeper than anything that a tool nests. */
const MAX_DEPTH = 128;
/** More of a string than any fact needs: names have 15 bytes, xDS names a few hundred. */
const MAX_TEXT = 1024;

const OBJECT = 1;
const ARRAY = 2;

export class JsonEvents {
  readonly #handler: JsonHandler;
  readonly #kinds: number[] = [];
  #key: string | undefined;
  #expectsKey = false;
  #offset = 0;
  #inString = false;
  #escaped = false;
  #isPlain = true;
  #inWord = false;
  /** Where the string or word that is read begins. */
  #beganAt = 0;
  #text = new Uint8Array(MAX_TEXT);
  #length = 0;
  #end: JsonEnd | undefined;
  #stopped = false;
  #values = 0;

  constructor(handler: JsonHandler) {
    this.#handler = handler;
  }

  /** True once nothing more is read, because the JSON is broken. */
  get isBroken(): boolean {
    return this.#end !== undefined;
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.#stopped; at += 1) {
      this.#byte(chunk[at] as number);
      this.#offset += 1;
    }
  }

  /** Undefined when every value that began has ended. */
  finish(): JsonEnd | undefined {
    if (this.#end !== undefined) return this.#end;
    if (this.#inWord) this.#endWord();
    if (this.#kinds.length === 0 && !this.#inString && this.#values > 0) return undefined;
    return {
      code: "truncated",
      offset: this.#offset,
      message: "the JSON ends before it is complete",
    };
  }

  #byte(byte: number): void {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === 0x5c) {
        this.#escaped = true;
        this.#isPlain = false;
      } else if (byte === 0x22) {
        this.#endString();
        return;
      }
      if (byte >= 0x80) this.#isPlain = false;
      this.#take(byte);
      return;
    }
    switch (byte) {
      case 0x22:
        if (this.#inWord) this.#endWord();
        this.#inString = true;
        this.#beganAt = this.#offset;
        return;
      case 0x7b:
        this.#open(OBJECT);
        return;
      case 0x5b:
        this.#open(ARRAY);
        return;
      case 0x7d:
        this.#close(OBJECT);
        return;
      case 0x5d:
        this.#close(ARRAY);
        return;
      case 0x2c:
        if (this.#inWord) this.#endWord();
        this.#expectsKey = this.#kinds.at(-1) === OBJECT;
        return;
      case 0x3a:
        if (this.#inWord) this.#endWord();
        return;
      default:
        if (byte <= 0x20) {
          if (this.#inWord) this.#endWord();
        } else {
          if (!this.#inWord) this.#beganAt = this.#offset;
          this.#inWord = true;
          if (byte >= 0x80) this.#isPlain = false;
          this.#take(byte);
        }
    }
  }

  #take(byte: number): void {
    if (this.#length < MAX_TEXT) this.#text[this.#length++] = byte;
  }

  #textOf(): string {
    const bytes = this.#text.subarray(0, this.#length);
    this.#length = 0;
    if (this.#isPlain) return String.fromCharCode.apply(undefined, bytes as unknown as number[]);
    this.#isPlain = true;
    const text = decoder.decode(bytes);
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch {
      return text; // An escape that JSON does not know, or one that was cut: as it stands.
    }
  }

  #endString(): void {
    this.#inString = false;
    if (this.#length === 4 && this.#takeHex()) return;
    const text = this.#textOf();
    if (this.#expectsKey) {
      this.#key = text;
      this.#expectsKey = false;
    } else this.#scalar(text, true);
  }

  /** `0x1f`, the only form that bpftool writes a byte in. */
  #takeHex(): boolean {
    const text = this.#text;
    if (this.#handler.hexByte === undefined || this.#expectsKey) return false;
    if (text[0] !== 0x30 || text[1] !== 0x78) return false;
    const value = (hexDigit(text[2] as number) << 4) | hexDigit(text[3] as number);
    if (value < 0) return false;
    this.#length = 0;
    this.#values += 1;
    this.#handler.hexByte(value);
    return true;
  }

  #endWord(): void {
    this.#inWord = false;
    this.#scalar(this.#textOf(), false);
  }

  #scalar(text: string, isString: boolean): void {
    this.#values += 1;
    this.#handler.scalar(text, this.#key, this.#kinds.length, isString, this.#beganAt);
    this.#key = undefined;
  }

  #open(kind: number): void {
    if (this.#inWord) this.#endWord();
    if (this.#kinds.length >= MAX_DEPTH) {
      this.#stop("over-limit", `the JSON is nested more than ${MAX_DEPTH} deep`);
      return;
    }
    this.#values += 1;
    const key = this.#key;
    this.#key = undefined;
    this.#handler.open(NAMES[kind] as "object", key, this.#kinds.length, this.#offset);
    this.#kinds.push(kind);
    this.#expectsKey = kind === OBJECT;
  }

  #close(kind: number): void {
    if (this.#inWord) this.#endWord();
    if (this.#kinds.at(-1) !== kind) {
      this.#stop("malformed", `a ${kind === OBJECT ? "}" : "]"} closes nothing that is open`);
      return;
    }
    this.#kinds.pop();
    this.#key = undefined;
    this.#expectsKey = false;
    this.#handler.close(NAMES[kind] as "object", this.#kinds.length);
    if (this.#handler.isDone === true) this.#stopped = true;
  }

  #stop(code: JsonEnd["code"], message: string): void {
    this.#end = { code, offset: this.#offset, message };
    this.#stopped = true;
  }
}

/** -1 for what is no digit. */
function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const NAMES = ["", "object", "array"] as const;
const decoder = new TextDecoder();
