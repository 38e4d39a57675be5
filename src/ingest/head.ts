/** The first bytes of an input, decoded leniently: all that an importer may look at to claim it. */
import type { BlockShape } from "./importer.ts";
import { type JsonOutline, opensJson, outlineJson } from "./json-outline.ts";
import { isFence } from "./report/lines.ts";

export const HEAD_BYTES = 64 * 1024;

/** More control characters than this share is no text; one damaged byte must not be enough. */
const MAX_CONTROL_SHARE = 0.05;

/** 1 for each control character; tab to carriage return, and escape (terminal colours), are at home in text. */
const CONTROL = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b),
);

/** The share of lines that a file of one format made of lines must at least have of it. */
const MIN_LINE_SHARE = 0.6;

/** Only JSON has longer lines. */
const MAX_LINE = 4096;

export class Head {
  readonly bytes: Uint8Array;
  /** The head is all there is. */
  readonly complete: boolean;
  readonly #isBlock: boolean;
  // Made when they are asked for: what is told by its first bytes, as an object is, asks for none of them.
  #text: string | undefined;
  #isText: boolean | undefined;
  #json: { readonly outline: JsonOutline | undefined } | undefined;
  #lines: readonly string[] | undefined;
  #isPlain: boolean | undefined;
  /** A format that is asked for by itself is asked for once more by the report that it may stand in. */
  readonly #blocks = new Map<BlockShape, boolean>();

  private constructor(bytes: Uint8Array, complete: boolean, isBlock: boolean) {
    this.bytes = bytes;
    this.complete = complete;
    this.#isBlock = isBlock;
  }

  static of(bytes: Uint8Array, complete = bytes.length <= HEAD_BYTES): Head {
    return new Head(bytes.subarray(0, HEAD_BYTES), complete, false);
  }

  /** A block that was cut out of a report: strange lines in it are damage, not another text. */
  static ofBlock(bytes: Uint8Array): Head {
    return new Head(bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES, true);
  }

  get text(): string {
    this.#text ??= new TextDecoder().decode(this.bytes);
    return this.#text;
  }

  get isText(): boolean {
    this.#isText ??= isMostlyText(this.bytes);
    return this.#isText;
  }

  /** Undefined when the input does not begin with a JSON array or object, nor inside of one. */
  get json(): JsonOutline | undefined {
    this.#json ??= { outline: this.isText ? outlineJson(this.text) : undefined };
    return this.#json.outline;
  }

  /** Nothing, or white space only. */
  get isBlank(): boolean {
    return this.complete && this.text.trim() === "";
  }

  /** Lines with something in them; the last one may be cut. */
  get lines(): readonly string[] {
    this.#lines ??= this.text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== "")
      .map((line) => line.slice(0, MAX_LINE));
    return this.#lines;
  }

  /** JSON from the first byte, and nothing else after it as far as can be seen; in a block that is damage. */
  get isJson(): boolean {
    return this.json !== undefined && (this.#isBlock || !this.json.thenText);
  }

  /** Whether records of a JSON input have all these keys. */
  hasKeys(...keys: readonly string[]): boolean {
    const { json } = this;
    return json !== undefined && this.isJson && keys.every((key) => json.keys.has(key));
  }

  /** Whether this is a file of that format: some lines prove it and few lines are anything else. */
  isMostly(shape: BlockShape): boolean {
    if (!this.#hasOnlyLines || !this.hasBlock(shape)) return false;
    if (this.#isBlock) return true;
    const own = this.lines.filter(
      (line) => shape.begins(line) || shape.belongs(line) || shape.resembles?.(line),
    ).length;
    return own >= this.lines.length * MIN_LINE_SHARE;
  }

  /** Text without JSON and fences anywhere. Every format that is told by its lines asks it. */
  get #hasOnlyLines(): boolean {
    this.#isPlain ??=
      this.isText &&
      this.json === undefined &&
      !this.lines.some((line) => isFence(line) || opensJson(line.trim()));
    return this.#isPlain;
  }

  /** Whether any line proves that format. */
  hasBlock(shape: BlockShape): boolean {
    let has = this.#blocks.get(shape);
    if (has === undefined) {
      has = this.isText && this.lines.some((line) => shape.begins(line));
      this.#blocks.set(shape, has);
    }
    return has;
  }
}

function isMostlyText(bytes: Uint8Array): boolean {
  const most = bytes.length * MAX_CONTROL_SHARE;
  let control = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    control += CONTROL[bytes[at] as number] as number;
    // An object shows it in its first bytes.
    if (control > most) return false;
  }
  return true;
}
