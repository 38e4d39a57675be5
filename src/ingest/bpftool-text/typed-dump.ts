/** `bpftool map dump` of maps with BTF, without `-j`: JSON in form, with keys and values by their types. */
import type { MapDump } from "../../model/snapshot.ts";
import { tellEntryErrors, withoutEmptySlots } from "../entry-errors.ts";
import { mapNamedBy } from "../file-name.ts";
import type { ByteSource, FactSink } from "../importer.ts";
import type { JsonHandler } from "../json-events.ts";
import { walkJson } from "../walk-json.ts";
import { TypedCounts } from "./typed-counts.ts";
import { TypedElement } from "./typed-element.ts";

const COMMAND = "bpftool -j map dump id <id> > map-dump-<name>.json";

/** Characters of what stands between elements. */
const MAX_SHOWN = 40;

/** Global data has no key. */
const GLOBAL_DATA = /^\s*\[\s*\{\s*"value"\s*:\s*\{\s*"\.(?:data|rodata|bss|kconfig)/;

/** Whether the first key is no list of bytes, as `-j` gives it. */
export function showsTypes(text: string): boolean {
  if (GLOBAL_DATA.test(text)) return true;
  const key = text.indexOf('"key"');
  if (key === -1) return false;
  const after = text.slice(key + '"key"'.length, key + 100);
  return !/^\s*:?\s*(?:$|\[\s*(?:"0x|\]|"?0?$))/.test(after);
}

/** `bpftool map lookup` shows one entry, which is not the map's contents. */
export function isOneEntry(text: string): boolean {
  return text.trimStart().startsWith("{");
}

export async function readTypedDump(source: ByteSource, sink: FactSink): Promise<void> {
  const dumps = new TypedDumps();
  const isWhole = await walkJson(source, sink, dumps, COMMAND);
  const found = dumps.finish(isWhole);
  for (const { offset, message } of dumps.losses) {
    sink.diagnostic({
      level: "data-loss",
      code: "skipped-record",
      file: source.file,
      offset: source.offset + offset,
      message,
      hint: `Write it again: \`${COMMAND}\`.`,
    });
  }
  const named = found.length === 1 ? mapNamedBy(source) : {};
  for (const dump of found) {
    const counts = withoutEmptySlots(dump);
    sink.add("dumps", [{ ...(dump.mapId === undefined && named), ...counts, file: source.file }]);
  }
  tellEntryErrors(found, source, sink, COMMAND);
  sink.diagnostic({
    level: "info",
    code: "ambiguous",
    file: source.file,
    offset: source.offset,
    message:
      "the dump shows keys and values by their types: entries are counted; their bytes, and with " +
      "them how long values are, are not in it",
    hint: `With the bytes: \`${COMMAND}\`.`,
  });
}

type Header = Pick<MapDump, "mapId" | "type" | "name">;

/** A list of elements, or of maps with `elements` each (`dump name X` of several maps). */
class TypedDumps implements JsonHandler {
  /** What is not as the tool writes it, with its place. */
  readonly losses: { readonly offset: number; readonly message: string }[] = [];
  readonly #done: Omit<MapDump, "file">[] = [];
  #header: { -readonly [Field in keyof Header]: Header[Field] } = {};
  /** Brackets around the elements: 1, or 3 inside of a map's object. */
  #around = 1;
  #counts: TypedCounts | undefined;
  #element: TypedElement | undefined;
  #elementAt = 0;
  /** The words between two elements, and where they begin. */
  #words: { text: string; readonly offset: number } | undefined;

  open(kind: "object" | "array", key: string | undefined, depth: number, offset: number): void {
    if (depth === 0) {
      this.#around = 1;
      this.#counts = kind === "array" ? new TypedCounts() : undefined;
    } else if (depth === 2 && this.#around === 1 && kind === "array" && key === "elements") {
      if (this.#counts?.isEmpty === false) this.#put(false);
      this.#around = 3;
      this.#element = undefined;
      this.#counts = new TypedCounts();
    } else if (depth === this.#around) {
      this.#endWords();
      this.#elementAt = offset;
      if (depth === 1) this.#header = {};
      this.#element = kind === "object" ? new TypedElement() : undefined;
    } else this.#element?.open(kind, key, depth - this.#around);
  }

  close(kind: "object" | "array", depth: number): void {
    if (depth === this.#around) {
      this.#endElement();
    } else if (depth === this.#around - 1) {
      this.#put(true);
      // The map's object ends next, and is no element.
      this.#around = 1;
    } else this.#element?.close(kind, depth - this.#around);
  }

  scalar(
    text: string,
    key: string | undefined,
    depth: number,
    isString: boolean,
    offset: number,
  ): void {
    if (depth === this.#around) {
      this.#words ??= { text: "", offset };
      if (this.#words.text.length < MAX_SHOWN) this.#words.text += `${text} `;
      this.#counts?.word(text);
    } else if (depth === 2 && this.#around === 1 && key !== undefined) this.#describe(key, text);
    if (depth > this.#around)
      this.#element?.scalar(text, key, depth - this.#around, isString, offset);
  }

  /** What was counted, also of a dump that is cut. */
  finish(isWhole: boolean): Omit<MapDump, "file">[] {
    this.#put(isWhole);
    return this.#done;
  }

  #endElement() {
    const [element, counts] = [this.#element, this.#counts];
    this.#element = undefined;
    if (counts === undefined) return;
    if (element?.isComplete !== true) {
      counts.isLossy = true;
      return;
    }
    const wereEven = !counts.hasUnevenCpus;
    counts.add(element);
    const { strangeAt } = element;
    if (wereEven && counts.hasUnevenCpus) {
      const message = "values of CPUs are missing here: how many CPUs there are is not told";
      this.losses.push({ offset: strangeAt ?? this.#elementAt, message });
    } else if (strangeAt !== undefined) {
      const message = "something stands here that is no value: what it stands for is missing";
      this.losses.push({ offset: strangeAt, message });
    }
  }

  #endWords() {
    const [words, counts] = [this.#words, this.#counts];
    this.#words = undefined;
    if (words === undefined || counts === undefined) return;
    if (counts.endWords() !== "lost") return;
    const text = words.text.trim();
    const message = `\`${text}\` stands where an element is expected; the elements it stands for are missing`;
    this.losses.push({ offset: words.offset, message });
  }

  #put(isWhole: boolean) {
    this.#endWords();
    const counts = this.#counts;
    this.#counts = undefined;
    // A list of maps has no elements of its own.
    if (counts === undefined) return;
    this.#done.push({ ...(this.#around === 3 && this.#header), ...counts.result(isWhole) });
  }

  #describe(key: string, text: string) {
    if (key === "id" && /^\d+$/.test(text)) this.#header.mapId = Number(text);
    else if (key === "type") this.#header.type = text;
    else if (key === "name") this.#header.name = { value: text, basis: "reported" };
  }
}
