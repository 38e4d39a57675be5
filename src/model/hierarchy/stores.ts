/** Where a kernel-native Kmesh keeps its messages, and what a reference in one of them leads to. */
import { keyAt, valueAt } from "../map-values.ts";
import type { Generation } from "../xds/messages.ts";
import type { KnownValues } from "./known-values.ts";

export interface Target {
  /** The map that the slot is in: `outer_map`, or the hash map of the size class. */
  readonly map: string;
  /** Unique over all slots of the store. */
  readonly slot: number;
  /** Undefined when the slot holds nothing, or its bytes are not in the input. */
  readonly value: Uint8Array | undefined;
  readonly exists: boolean;
}

export interface Store {
  readonly generation: Generation;
  /** Undefined for a number that no reference can be. */
  find(reference: number): Target | undefined;
  /** Slots that are filled, by map. */
  readonly held: ReadonlyMap<string, number>;
  /** Every slot that is filled. */
  slots(): Iterable<number>;
  /** False when not all of the slots are known. */
  readonly complete: boolean;
}

/** v0.4 and v0.5: a slot of `outer_map` has an array of one value of 1300 bytes. */
export function outerMapStore(values: KnownValues): Store | undefined {
  const [outer, another] = values.byName("outer_map", 4, 4);
  if (outer === undefined || another !== undefined) return undefined;
  const idBySlot = new Map<number, number>();
  for (let entry = 0; entry < outer.entries; entry += 1) {
    const id = uint32At(valueAt(outer, entry), 0);
    if (id !== 0) idBySlot.set(uint32At(keyAt(outer, entry), 0), id);
  }
  return {
    generation: "outer-map",
    find(slot) {
      const id = idBySlot.get(slot);
      const inner = id === undefined ? undefined : values.byId(id);
      const value = inner === undefined || inner.entries !== 1 ? undefined : valueAt(inner, 0);
      return { map: "outer_map", slot, value, exists: id !== undefined };
    },
    held: new Map([["outer_map", idBySlot.size]]),
    slots: () => idBySlot.keys(),
    complete: outer.complete,
  };
}

/** `type << 24 | index`, from v1.0.0 on: the types, in this order, are these hash maps. */
const SIZE_CLASSES = [64, 192, 296, 1600] as const;
const INDEX_BITS = 24;

export function sizeClassStore(
  values: KnownValues,
  isListed: (name: string) => boolean,
  isEmpty: (name: string) => boolean,
): Store | undefined {
  const classes = SIZE_CLASSES.map((size) => sizeClass(values, size));
  if (classes.every((it) => it === undefined)) return undefined;
  return {
    generation: "size-classes",
    find(reference) {
      const type = reference >>> INDEX_BITS;
      const size = SIZE_CLASSES[type];
      if (size === undefined) return undefined;
      const found = classes[type];
      const entry = found?.entries.get(reference & ((1 << INDEX_BITS) - 1));
      const value =
        found === undefined || entry === undefined ? undefined : valueAt(found.values, entry);
      return { map: mapOf(size), slot: reference, value, exists: entry !== undefined };
    },
    held: new Map(
      classes.flatMap((it, type) =>
        it === undefined ? [] : [[mapOf(SIZE_CLASSES[type] as number), it.entries.size]],
      ),
    ),
    *slots() {
      for (const [type, it] of classes.entries()) {
        for (const index of it?.entries.keys() ?? []) yield ((type << INDEX_BITS) | index) >>> 0;
      }
    },
    complete: classes.every((it, type) => {
      const name = mapOf(SIZE_CLASSES[type] as number);
      return it === undefined ? isEmpty(name) || !isListed(name) : it.values.complete;
    }),
  };
}

function mapOf(size: number): string {
  return `kmesh_map${size}`;
}

function sizeClass(known: KnownValues, size: number) {
  const [values, another] = known.byName(mapOf(size), 4, size);
  if (values === undefined || another !== undefined) return undefined;
  const entries = new Map<number, number>();
  for (let entry = 0; entry < values.entries; entry += 1) {
    entries.set(uint32At(keyAt(values, entry), 0), entry);
  }
  return { values, entries };
}

/** Little-endian, as on every host that Kmesh is built for; zeros at the end of a value are not kept. */
export function uint32At(bytes: Uint8Array, offset: number): number {
  const at = (index: number) => bytes[offset + index] ?? 0;
  return (at(0) | (at(1) << 8) | (at(2) << 16) | (at(3) << 24)) >>> 0;
}
