/** The running kernel's own types, as `bpftool btf dump` prints them: struct sizes, operations of struct_ops maps. */
import { execFileSync } from "node:child_process";

interface Struct {
  readonly id: number;
  readonly size: number;
  /** Type ids of its members. */
  readonly members: readonly number[];
}

export interface StructOps {
  /** Type id of the value, `struct bpf_struct_ops_<name>`. */
  readonly valueType: number;
  readonly valueSize: number;
  readonly members: number;
  readonly valueMembers: number;
  readonly funcs: number;
}

export class Vmlinux {
  readonly #structs = new Map<string, Struct>();
  readonly #pointees = new Map<number, number>();
  readonly #prototypes = new Set<number>();

  constructor() {
    const dump = execFileSync("bpftool", ["btf", "dump", "file", "/sys/kernel/btf/vmlinux"], {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    // One type a line, its members on lines that begin with a tab.
    for (const block of dump.split(/\n(?=\[)/)) {
      const [, id, kind, name] = /^\[(\d+)\] (\w+) '([^']*)'/.exec(block) ?? [];
      if (kind === "STRUCT" && name !== undefined && !this.#structs.has(name)) {
        this.#structs.set(name, {
          id: Number(id),
          size: Number(/ size=(\d+)/.exec(block)?.[1]),
          members: [...block.matchAll(/\n\t'.*?type_id=(\d+)/g)].map((it) => Number(it[1])),
        });
      } else if (kind === "PTR") {
        this.#pointees.set(Number(id), Number(/ type_id=(\d+)/.exec(block)?.[1]));
      } else if (kind === "FUNC_PROTO") {
        this.#prototypes.add(Number(id));
      }
    }
  }

  /** Bytes of every struct; of two with one name, the first. */
  structSizes(): Record<string, number> {
    return Object.fromEntries([...this.#structs].map(([name, { size }]) => [name, size]));
  }

  /** Undefined when this kernel was built without those operations. */
  structOps(name: string): StructOps | undefined {
    const operations = this.#structs.get(name);
    const value = this.#structs.get(`bpf_struct_ops_${name}`);
    if (operations === undefined || value === undefined) return undefined;
    const isFunction = (type: number) => this.#prototypes.has(this.#pointees.get(type) ?? -1);
    return {
      valueType: value.id,
      valueSize: value.size,
      members: operations.members.length,
      valueMembers: value.members.length,
      funcs: operations.members.filter(isFunction).length,
    };
  }
}
