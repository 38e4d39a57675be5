/** Names in C's two name spaces, each once: BTF may have several types of one name. */
import type { Btf } from "./btf.ts";

export class CNames {
  readonly #btf: Btf;
  /** Names of struct, union and enum by type. */
  readonly #tags = new Map<number, string>();
  readonly #tagCounts = new Map<string, number>();
  /** Names of typedefs by type, and how often typedefs and enumerators use each. */
  readonly #ordinary = new Map<number, string>();
  readonly #ordinaryCounts = new Map<string, number>();
  readonly #enumerators = new Map<string, string>();
  #referenced: Set<number> | undefined;

  constructor(btf: Btf) {
    this.#btf = btf;
  }

  /** The name of a struct, union or enumeration. */
  tag(id: number, name: string): string {
    // A declaration means the definition of its name.
    if (this.#btf.kind(id) === "fwd") return name;
    return known(this.#tags, id, () => count(this.#tagCounts, name));
  }

  /** The name of a typedef. */
  ordinary(id: number, name: string): string {
    return known(this.#ordinary, id, () => count(this.#ordinaryCounts, name));
  }

  /** The name of an enumerator, which shares its space with typedefs. */
  enumerator(id: number, name: string): string {
    return known(this.#enumerators, `${id} ${name}`, () => count(this.#ordinaryCounts, name));
  }

  /** Whether some type refers to this one; a name is not asked for. */
  isReferenced(id: number): boolean {
    this.#referenced ??= references(this.#btf);
    return this.#referenced.has(id);
  }
}

function known<Key>(names: Map<Key, string>, key: Key, make: () => string): string {
  let name = names.get(key);
  if (name === undefined) {
    name = make();
    names.set(key, name);
  }
  return name;
}

/** `flow`, then `flow___2`, `flow___3`. */
function count(counts: Map<string, number>, name: string): string {
  const times = (counts.get(name) ?? 0) + 1;
  counts.set(name, times);
  return times === 1 ? name : `${name}___${times}`;
}

function references(btf: Btf): Set<number> {
  const found = new Set<number>();
  for (let id = 1; id < btf.idCount; id += 1) {
    const type = btf.type(id);
    if (type === undefined) continue;
    if ("typeId" in type) found.add(type.typeId);
    if (type.kind === "struct" || type.kind === "union") {
      for (const { typeId } of type.members) found.add(typeId);
    } else if (type.kind === "func_proto") {
      for (const { typeId } of type.parameters) found.add(typeId);
    }
  }
  return found;
}
