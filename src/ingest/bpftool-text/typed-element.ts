/** One element of a dump that shows keys and values by their types. */

/** Of a value: something in it is not zero, all is, or a word leaves it open (an enumerator may be 0). */
export type Filled = "set" | "zero" | "unknown";

const NUMBER = /^-?(?:\d+|0x[0-9a-f]+)$/i;
const ZERO = /^-?(?:0+|0x0+)$/i;
const NAME = /^[A-Za-z_]\w*$/;
/** Longer than a key of 512 bytes is, member by member. */
const MAX_KEY = 64 * 1024;

/** Depths are those inside of the element: 1 for its members. */
export class TypedElement {
  /** Undefined where it has none, as global data. */
  key: string | undefined;
  /** A number and nothing else: what looks the same is the same. */
  isNumber = false;
  /** One, or one for each CPU. */
  readonly values: Filled[] = [];
  isPerCpu = false;
  isComplete = false;
  /** Where something stands in it that is no value: records that were taken out, or a note of somebody. */
  strangeAt: number | undefined;
  /** What it is the value of, for each of `values`. */
  readonly #cpus: number[] = [];
  #isBare = false;
  #part: string | undefined;
  /** Where the value of a CPU, or the only one, stands. */
  #valueDepth = 1;

  /** The CPUs are 0 to the last, each with a value; true where none is named. */
  get hasEachCpu(): boolean {
    const { values, strangeAt } = this;
    const isEven = this.#cpus.length === values.length && this.#cpus.every((cpu, at) => cpu === at);
    return !this.isPerCpu || (isEven && strangeAt === undefined);
  }

  open(kind: "object" | "array", name: string | undefined, depth: number): void {
    this.#isBare = true;
    if (depth === 1) this.#begin(name);
    if (depth === 1 && name === "values") {
      this.isPerCpu = true;
      this.#valueDepth = 3;
    } else if (this.#part === "key") this.#addKey(name, kind === "object" ? "{" : "[");
    else if (this.#isValue(name, depth)) this.values.push("zero");
  }

  close(kind: "object" | "array", depth: number): void {
    if (this.#part === "key") this.#addKey(undefined, kind === "object" ? "}" : "]");
    // `.rodata` of constants that no type describes is `[]`: it has bytes, and shows none.
    else if (this.#isBare && depth >= this.#valueDepth) this.#join("unknown");
    this.#isBare = false;
    if (depth === 1) this.#end();
  }

  scalar(
    text: string,
    name: string | undefined,
    depth: number,
    isString: boolean,
    offset: number,
  ): void {
    this.#isBare = false;
    if (!isString && !isValue(text)) this.strangeAt ??= offset;
    if (depth === 1) this.#begin(name);
    if (this.isPerCpu && name === "cpu" && depth === this.#valueDepth)
      this.#cpus.push(Number(text));
    if (this.#part === "key") {
      this.isNumber = depth === 1 && !isString && NUMBER.test(text);
      this.#addKey(name, isString ? JSON.stringify(text) : text);
    } else if (this.#isValue(name, depth)) this.values.push(filled(text, isString));
    else if (depth > this.#valueDepth) this.#join(filled(text, isString));
    if (depth === 1) this.#end();
  }

  #begin(name: string | undefined) {
    this.#part = name;
    if (name === "key") this.key = "";
  }

  #end() {
    if (this.#part === "value" || this.#part === "values") this.isComplete = true;
    this.#part = undefined;
  }

  #isValue(name: string | undefined, depth: number) {
    const isOfElement = this.#part === "value" || this.#part === "values";
    return isOfElement && depth === this.#valueDepth && name === "value";
  }

  #addKey(name: string | undefined, text: string) {
    if (this.key === undefined || this.key.length > MAX_KEY) return;
    this.key += `${name ?? ""} ${text}\n`;
  }

  #join(part: Filled) {
    if (this.#part !== "value" && this.#part !== "values") return;
    const whole = this.values.pop();
    if (whole !== undefined) this.values.push(either(whole, part));
  }
}

export function either(a: Filled, b: Filled): Filled {
  if (a === "set" || b === "set") return "set";
  return a === "unknown" || b === "unknown" ? "unknown" : "zero";
}

/** What bpftool writes without quotes: numbers, `true`, `false`, `(nil)`, characters, bit fields, floats. */
function isValue(text: string): boolean {
  return !/^(?:\.{2,}|…|\/\/|\/\*|#|<|\[)/.test(text);
}

/** Text is characters up to a byte of 0, which others may follow, or the name of an enumerator, which may be 0. */
function filled(text: string, isString: boolean): Filled {
  if (isString) return text === "" || NAME.test(text) ? "unknown" : "set";
  if (text === "(nil)" || text === "false" || ZERO.test(text)) return "zero";
  return text === "true" || NUMBER.test(text) ? "set" : "unknown";
}
