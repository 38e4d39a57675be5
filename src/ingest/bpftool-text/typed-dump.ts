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
  readonly #done: Omit<MapDump, "file">[] = [];
  #header: { -readonly [Field in keyof Header]: Header[Field] } = {};
  /** Brackets around the elements: 1, or 3 inside of a map's object. */
  #around = 1;
  #counts: TypedCounts | undefined;
  #element: TypedElement | undefined;

  open(kind: "object" | "array", key: string | undefined, depth: number): void {
    if (depth === 0) {
      this.#around = 1;
      this.#counts = kind === "array" ? new TypedCounts() : undefined;
    } else if (depth === 2 && this.#around === 1 && kind === "array" && key === "elements") {
      if (this.#counts?.isEmpty === false) this.#put(false);
      this.#around = 3;
      this.#element = undefined;
      this.#counts = new TypedCounts();
    } else if (depth === this.#around) {
      this.#counts?.endWords();
      if (depth === 1) this.#header = {};
      this.#element = kind === "object" ? new TypedElement() : undefined;
    } else this.#element?.open(kind, key, depth - this.#around);
  }

  close(kind: "object" | "array", depth: number): void {
    if (depth === this.#around) {
      if (this.#element?.isComplete) this.#counts?.add(this.#element);
      else if (this.#counts) this.#counts.isLossy = true;
      this.#element = undefined;
    } else if (depth === this.#around - 1) {
      this.#put(true);
      // The map's object ends next, and is no element.
      this.#around = 1;
    } else this.#element?.close(kind, depth - this.#around);
  }

  scalar(text: string, key: string | undefined, depth: number, isString: boolean): void {
    if (depth === this.#around) this.#counts?.word(text);
    else if (depth === 2 && this.#around === 1 && key !== undefined) this.#describe(key, text);
    if (depth > this.#around) this.#element?.scalar(text, key, depth - this.#around, isString);
  }

  /** What was counted, also of a dump that is cut. */
  finish(isWhole: boolean): Omit<MapDump, "file">[] {
    this.#put(isWhole);
    return this.#done;
  }

  #put(isWhole: boolean) {
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
