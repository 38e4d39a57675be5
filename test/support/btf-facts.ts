/** Maps as the types of an object declare them, read from what `bpftool -j btf dump` prints of it. */

interface BtfMember {
  readonly name: string;
  readonly type_id: number;
  readonly bits_offset: number;
}

export interface BtfType {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly type_id?: number;
  readonly size?: number;
  readonly nr_elems?: number;
  readonly linkage?: string;
  readonly members?: readonly BtfMember[];
  readonly vars?: readonly { readonly type_id: number }[];
  readonly values?: readonly { readonly name: string; readonly val: number }[];
}

export interface DeclaredMap {
  readonly name: string;
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly flags: number;
  readonly mapExtra?: number;
  readonly pinning?: string;
  readonly inner?: Omit<DeclaredMap, "name">;
}

/** bpftool's words in the order of `enum bpf_map_type`, include/uapi/linux/bpf.h. */
const TYPES =
  "unspec hash array prog_array perf_event_array percpu_hash percpu_array stack_trace cgroup_array lru_hash " +
  "lru_percpu_hash lpm_trie array_of_maps hash_of_maps devmap sockmap cpumap xskmap sockhash cgroup_storage " +
  "reuseport_sockarray percpu_cgroup_storage queue stack sk_storage devmap_hash struct_ops ringbuf inode_storage " +
  "task_storage bloom_filter user_ringbuf cgrp_storage arena insn_array";
export const MAP_TYPE_NAMES: readonly string[] = TYPES.split(" ");

/** Kinds that stand for another type. */
const NAMES_FOR = new Set(["TYPEDEF", "CONST", "VOLATILE", "RESTRICT", "TYPE_TAG"]);

export class BtfFacts {
  readonly #types: ReadonlyMap<number, BtfType>;

  constructor(types: readonly BtfType[]) {
    this.#types = new Map(types.map((it) => [it.id, it]));
  }

  get count(): number {
    return this.#types.size;
  }

  /** Every variable of `.maps`. */
  maps(): DeclaredMap[] {
    return this.variables(".maps").map(({ name, type_id: type }) => ({
      name,
      ...this.#definition(this.#strip(type)),
    }));
  }

  variables(section: string): BtfType[] {
    const sections = [...this.#types.values()].filter((it) => it.kind === "DATASEC");
    const own = sections.find((it) => it.name === section)?.vars ?? [];
    return own.map((it) => this.#get(it.type_id));
  }

  /** Names and places of the members of a map's key or value; of an array, those of its element. */
  members(map: string, what: "key" | "value"): (readonly [name: string, bitOffset: number])[] {
    const variable = this.variables(".maps").find((it) => it.name === map);
    const definition = this.#strip(variable?.type_id).members ?? [];
    const pointer = definition.find((it) => it.name === what)?.type_id;
    let type = this.#pointee(pointer);
    while (type.kind === "ARRAY") type = this.#strip(type.type_id);
    return (type.members ?? []).map((it) => [memberName(it.name), it.bits_offset]);
  }

  /** Bytes as C's `sizeof` gives them. */
  sizeOf(id: number | undefined): number {
    const type = this.#strip(id);
    if (type.kind === "PTR") return 8;
    if (type.kind === "ARRAY") return (type.nr_elems ?? 0) * this.sizeOf(type.type_id);
    if (type.size === undefined) throw new Error(`${type.kind} ${type.id} has no size`);
    return type.size;
  }

  #definition(struct: BtfType): Omit<DeclaredMap, "name"> {
    const members = new Map((struct.members ?? []).map((it) => [it.name, it.type_id]));
    const number = (name: string) =>
      members.has(name) ? this.#pointee(members.get(name)).nr_elems : undefined;
    const sized = (name: string) => {
      const pointer = members.get(name);
      return pointer === undefined ? undefined : this.sizeOf(this.#strip(pointer).type_id);
    };
    const values = members.get("values");
    const value = values === undefined ? undefined : this.#pointee(this.#strip(values).type_id);
    const mapExtra = number("map_extra");
    return {
      type: MAP_TYPE_NAMES[number("type") ?? 0] ?? "",
      keySize: number("key_size") ?? sized("key") ?? 0,
      // What is held is a file descriptor for the loader.
      valueSize: number("value_size") ?? sized("value") ?? (values === undefined ? 0 : 4),
      maxEntries: number("max_entries") ?? 0,
      flags: number("map_flags") ?? 0,
      ...(mapExtra !== undefined && { mapExtra }),
      ...(number("pinning") === 1 && { pinning: "by-name" }),
      ...(value?.kind === "STRUCT" && { inner: this.#definition(value) }),
    };
  }

  #pointee(id: number | undefined): BtfType {
    return this.#strip(this.#strip(id).type_id);
  }

  #strip(id: number | undefined): BtfType {
    const type = this.#get(id);
    return NAMES_FOR.has(type.kind) ? this.#strip(type.type_id) : type;
  }

  #get(id: number | undefined): BtfType {
    const type = this.#types.get(id ?? -1);
    if (type === undefined) throw new Error(`there is no type ${id}`);
    return type;
  }
}

/** bpftool writes "(anon)" for a member without a name. */
function memberName(name: string): string {
  return name === "(anon)" ? "" : name;
}
