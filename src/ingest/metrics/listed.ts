/** Series whose labels are rows of a list: maps with their definition, programs with their maps. */
import type { MapColumns, Program } from "../../model/snapshot.ts";
import { bpftoolTypeName } from "../map-type-name.ts";

export type Labels = ReadonlyMap<string, string>;

/** bpfman's `bpf_map_info`: everything but memlock. */
export function mapColumnsOf(rows: readonly Labels[]): MapColumns {
  const types = new Map<string, number>();
  const names = new Map<string, number>();
  const typeOf = (labels: Labels) => {
    const text = labels.get("type") ?? "";
    return indexIn(types, bpftoolTypeName(text) ?? text);
  };
  const nameOf = (labels: Labels) => indexIn(names, labels.get("name") ?? "");
  const type = Int32Array.from(rows, typeOf);
  const name = Int32Array.from(rows, nameOf);
  const numbers = (label: string) =>
    Float64Array.from(rows, (labels) => integer(labels.get(label)) ?? Number.NaN);
  const nothing = () => new Float64Array(rows.length).fill(Number.NaN);
  return {
    rows: rows.length,
    id: numbers("id"),
    type,
    typeNames: [...types.keys()],
    name,
    names: [...names.keys()],
    keySize: numbers("key_size"),
    valueSize: numbers("value_size"),
    maxEntries: numbers("max_entries"),
    flags: numbers("flags"),
    memlockBytes: nothing(),
    btfId: nothing(),
    frozen: nothing(),
  };
}

/** bpfman and ebpf_exporter; undefined without an id. */
export function programOf(labels: Labels): Program | undefined {
  const id = integer(labels.get("id"));
  const name = labels.get("name") ?? labels.get("program");
  const mapIds = [...(labels.get("map_ids") ?? "").matchAll(/\d{1,10}/g)].map(([digits]) =>
    Number(digits),
  );
  const tag = labels.get("tag");
  if (id === undefined) return undefined;
  return {
    id,
    type: labels.get("type") ?? "",
    ...(name !== undefined && name !== "" && { name }),
    ...(tag !== undefined && { tag }),
    mapIds,
    pids: [],
  };
}

/** -1 for no word at all. */
function indexIn(words: Map<string, number>, word: string) {
  if (word === "") return -1;
  const at = words.get(word) ?? words.size;
  words.set(word, at);
  return at;
}

/** Digits only, and exactly held. */
export function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
