/** `bpftool map dump` as plain text (of a map without BTF): hexadecimal keys and values, counted. */
import type { MapDump } from "../../model/snapshot.ts";
import { tellEntryErrors, withoutEmptySlots } from "../entry-errors.ts";
import { mapNamedBy } from "../file-name.ts";
import type { BlockShape, ByteSource, FactSink } from "../importer.ts";
import { type Line, linesOf } from "../lines.ts";
import { isFence, isPrompt } from "../report/lines.ts";
import { EntryFacts } from "./entry-facts.ts";

const HEX = "(?:[0-9a-f]{2}(?:\\s+|$))";
const HEX_LINE = new RegExp(`^\\s*${HEX}+$`);
const KEY = new RegExp(`^\\s*key:\\s*(${HEX}*)(?:(?=value|inner_map_id|<)|$)`);
/** Of the C library; long ones have a line of their own. */
const ERROR = "[A-Z][A-Za-z',/ ]{2,80}(?: \\d{1,5})?";
const ERROR_LINE = new RegExp(`^\\s*${ERROR}\\s*$`);
const VALUE = new RegExp(`value(?: \\(CPU (\\d+)\\))?:\\s*(${HEX}*|<[^>]+>|${ERROR})\\s*$`);
/** A damaged row, which the length of its element tells. */
const HAS_BYTES = /\b[0-9a-f]{2}\s+[0-9a-f]{2}\b/;
const INNER = /inner_map_id:\s*(\d*)\s*$/;
const TOTAL = /^\s*Found (\d+) elements?\s*$/;
/** A whole row of 16 bytes, with the wide blank after 8. */
const FULL_ROW = /^(?:[0-9a-f]{2} ){7}[0-9a-f]{2} {2}(?:[0-9a-f]{2} ){7}[0-9a-f]{2}$/;

export const mapContentsBlock: BlockShape = {
  begins: (line) =>
    TOTAL.test(line) ||
    FULL_ROW.test(line) ||
    /^\s*value \(CPU \d+\):/.test(line) ||
    (KEY.test(line) && (VALUE.test(line) || INNER.test(line))),
  belongs: (line) =>
    KEY.test(line) || /^\s*(?:value:|inner_map_id:)/.test(line) || HEX_LINE.test(line),
};

const COMMAND = "bpftool -j map dump id <id> > map-dump-<name>.json";

/** More keys than this are not held; how many of the rest are distinct is then not known. */
const MAX_KEYS = 1 << 20;

export async function readMapContents(source: ByteSource, sink: FactSink): Promise<void> {
  let counts = new Counts();
  for await (const line of linesOf(source)) {
    counts.line(line);
    if (counts.announced === undefined) continue;
    put(counts, source, sink);
    counts = new Counts();
  }
  put(counts, source, sink);
}

/** An error, as older versions write it. */
function bracketed(text: string): string {
  return /^[A-Z]/.test(text) ? `<${text}>` : text;
}

function put(counts: Counts, source: ByteSource, sink: FactSink) {
  const { elements, announced } = counts.end();
  if (elements === 0 && announced === undefined) return;
  const result = counts.result();
  tellEntryErrors([result], source, sink, COMMAND);
  const { uneven, strange } = counts;
  for (const [line, message] of [
    [uneven, "values of CPUs are missing: how many CPUs there are is not told by this dump"],
    [strange, strangeLine(strange)],
  ] as const) {
    if (line === undefined) continue;
    sink.diagnostic({
      level: "data-loss",
      code: "skipped-record",
      file: source.file,
      offset: line.offset,
      path: `line ${line.number}`,
      message,
      hint: `Write it again with \`${COMMAND}\`.`,
    });
  }
  if (!counts.hasAll) {
    sink.diagnostic({
      level: "data-loss",
      code: "truncated",
      file: source.file,
      offset: source.offset,
      message:
        announced === undefined
          ? `the dump ends after ${elements} elements, without the line that counts them`
          : `the dump counts ${announced} elements, of which ${elements} are there`,
      hint: `Write it again with \`${COMMAND}\`.`,
    });
  }
  const { odd } = counts;
  if (odd)
    sink.diagnostic({
      level: "data-loss",
      code: "malformed",
      file: source.file,
      offset: odd.first.offset,
      path: `line ${odd.first.number}`,
      message: `${odd.count} of ${elements} elements have a key or value of another length than the first: lines of them are cut, lost or broken in two`,
      hint: `Write it again with \`${COMMAND}\`.`,
    });
  const named = mapNamedBy(source);
  const { valueU32s, ...counted } = withoutEmptySlots(result);
  // A dump in a report that no command names may be of any map, and its numbers anything but ids.
  const mayHoldIds = source.firstLine === undefined || Object.keys(named).length > 0;
  sink.add("dumps", [
    {
      ...named,
      ...counted,
      ...(mayHoldIds && valueU32s !== undefined && { valueU32s }),
      file: source.file,
    },
  ]);
}

function strangeLine(line: Line | undefined): string {
  return `\`${line?.text.trim().slice(0, 40)}\` stands inside of an element; what it stands for is missing`;
}

class Counts {
  elements = 0;
  /** What the last line says. */
  announced: number | undefined;
  #keys = new Set<string>();
  #exact = true;
  #nonZero = 0;
  #unreadable = 0;
  #cpus = 0;
  readonly #facts = new EntryFacts();
  #inner: number[] = [];
  /** Undefined once a value is none of 4 bytes. */
  #u32s: number[] | undefined = [];
  #keySize = Number.NaN;
  #valueSize = Number.NaN;
  #part: "key" | "value" | "inner map" | undefined;
  #key = "";
  #values: string[] = [];
  /** Elements whose key or value is not as long as the first one's. */
  odd: { readonly first: Line; readonly last: Line; readonly count: number } | undefined;
  #line: Line | undefined;
  /** The first element that lacks the value of a CPU. */
  uneven: Line | undefined;
  /** The first line inside of an element that is none of it. */
  strange: Line | undefined;
  /** Of the element that is read: the CPUs that its values are of. */
  #cpuNumbers: number[] = [];
  #isCut = false;

  line(line: Line): void {
    const { text } = line;
    const total = TOTAL.exec(text);
    const key = KEY.exec(text);
    if (total || key) this.#close();
    if (total) this.announced = Number(total[1]);
    if (key) {
      this.#line = line;
      this.#part = "key";
      this.#key = key[1] ?? "";
    }
    const value = VALUE.exec(text);
    const inner = INNER.exec(text);
    if (value) {
      this.#part = "value";
      this.#values.push(bracketed(value[2] ?? ""));
      if (value[1] !== undefined) this.#cpuNumbers.push(Number(value[1]));
    } else if (inner) this.#part = "inner map";
    if (this.#part === "inner map") {
      // With a long key the id has a line of its own.
      const id = inner?.[1] || /^\s*(\d+)\s*$/.exec(text)?.[1];
      if (id) this.#inner.push(Number(id));
    } else if (!value && !key && HEX_LINE.test(text)) {
      if (this.#part === "key") this.#key += ` ${text}`;
      else if (this.#values.length > 0) this.#values.push(`${this.#values.pop()} ${text}`);
    } else if (this.#part === "value" && this.#values.at(-1) === "" && ERROR_LINE.test(text)) {
      this.#values.push(`${this.#values.pop()}${bracketed(text.trim())}`);
    } else if (this.#part && !value && !key && !inner && text.trim() !== "") {
      const errors = text.match(/<[^<>]+>/);
      if (errors) this.#values.push(...errors);
      else if (!HAS_BYTES.test(text) && !isPrompt(text) && !isFence(text)) this.strange ??= line;
    }
  }

  /** As many elements as the last line says, where the tool counts those that it could read. */
  get hasAll(): boolean {
    const { elements, announced } = this;
    return announced === elements || announced === elements - this.#unreadable;
  }

  end(): { elements: number; announced: number | undefined } {
    this.#isCut = this.announced === undefined;
    this.#close();
    return this;
  }

  result(): Omit<MapDump, "file"> {
    const { elements } = this;
    const isWhole = this.uneven === undefined && this.strange === undefined;
    return {
      elements,
      distinctKeys: this.#exact ? this.#keys.size : elements,
      distinctKeysExact: this.#exact,
      nonZeroValues: this.#nonZero,
      unreadable: this.#unreadable,
      keySize: this.#keySize,
      valueSize: this.#valueSize,
      ...(this.#cpus > 0 && isWhole && { possibleCpus: this.#cpus }),
      ...(this.#inner.length > 0 && { innerMapIds: Float64Array.from(this.#inner) }),
      ...(this.#u32s?.length && { valueU32s: Uint32Array.from(this.#u32s) }),
      ...this.#facts.result(),
      complete: this.hasAll && isWhole,
    };
  }

  /** An element counts once something of its value was there. */
  #close() {
    const values = this.#values;
    const key = this.#key.replace(/\s+/g, "");
    const isInner = this.#part === "inner map";
    if (this.#part === "value" || isInner) {
      this.elements += 1;
      this.#countCpus();
      if (this.#keys.size < MAX_KEYS) this.#keys.add(key);
      else if (!this.#keys.has(key)) this.#exact = false;
      const error = values.find((it) => it.includes("<"));
      const isSet = error === undefined && values.some((it) => /[1-9a-f]/.test(it));
      if (isInner || isSet) this.#nonZero += 1;
      if (Number.isNaN(this.#keySize)) this.#keySize = key.length / 2;
      if (key.length / 2 !== this.#keySize) this.#isOdd();
      if (isInner) this.#u32s = undefined;
      if (error !== undefined) {
        this.#unreadable += 1;
        this.#facts.addError(error.replace(/^<|>$/g, ""));
      } else if (!isInner) this.#addValues(key, values);
    }
    this.#part = undefined;
    this.#key = "";
    this.#values = [];
    this.#cpuNumbers = [];
  }

  /** The kernel gives each element a value for each possible CPU, from 0 on. */
  #countCpus() {
    const cpus = this.#cpuNumbers;
    // A last element that breaks off may lack values; where the dump ends is told.
    if (cpus.length === 0 || this.#isCut) return;
    const isWhole = cpus.every((cpu, at) => cpu === at) && [0, cpus.length].includes(this.#cpus);
    if (!isWhole) this.uneven ??= this.#line;
    this.#cpus = Math.max(this.#cpus, cpus.length);
  }

  #isOdd() {
    const line = this.#line;
    if (line === undefined || this.odd?.last === line) return;
    this.odd = { first: this.odd?.first ?? line, last: line, count: (this.odd?.count ?? 0) + 1 };
  }

  #addValues(key: string, texts: readonly string[]) {
    const values = texts.map((it) => it.replace(/\s+/g, ""));
    if (Number.isNaN(this.#valueSize) && values[0]) this.#valueSize = values[0].length / 2;
    if (values.some((it) => it.length / 2 !== this.#valueSize)) this.#isOdd();
    this.#keepNumber(values);
    this.#facts.add({ index: this.elements - 1, key, values, isPerCpu: this.#cpus > 0 });
  }

  /** Of a map of maps an older bpftool shows ids as any value. */
  #keepNumber([value, another]: readonly string[]) {
    const bytes = value?.match(/^(..)(..)(..)(..)$/);
    if (!bytes || another !== undefined || (this.#u32s?.length ?? 0) >= MAX_KEYS)
      this.#u32s = undefined;
    else this.#u32s?.push(Number.parseInt(bytes.slice(1).reverse().join(""), 16));
  }
}
