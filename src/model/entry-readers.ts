/** Bytes of keys and values as what their types say, where an object beside a dump declares the map with types. */
import { kernelName } from "./kernel-name.ts";
import type { ObjectFile, ObjectMap } from "./object-file.ts";

/** Integers past 32 bits are decimal text, so that none loses digits. */
export type TypedValue =
  | boolean
  | number
  | string
  | readonly TypedValue[]
  | { readonly [member: string]: TypedValue };

export interface TypeReader {
  /** As C spells the type: `struct endpoint_value`. */
  readonly typeName: string;
  /** Undefined when the bytes are not all there, or the type says too little. */
  read(bytes: Uint8Array): TypedValue | undefined;
}

/** Absent where the object does not say of what type it is. */
export interface EntryReaders {
  readonly key?: TypeReader;
  readonly value?: TypeReader;
}

/** The readers of one declaration, and the object it is in. */
export interface DeclaredReaders extends EntryReaders {
  readonly object: string;
}

/** What is known of the map whose entries are to be read. */
export interface ReadMap {
  /** Of the kernel, or the full one. */
  readonly name: string | null;
  readonly keySize: number;
  readonly valueSize: number;
  /** Name of the outer map that it is held by. */
  readonly outerName?: string | null;
}

/** Objects that share a map are a handful; more than that are made to keep a reader busy. */
const MOST_DECLARATIONS = 64;

/** The declarations that such a map may have been made from; objects that share a map each have one. */
export function readersFor(map: ReadMap, objects: readonly ObjectFile[]): DeclaredReaders[] {
  const all = objects.flatMap(({ file, maps }) =>
    maps.flatMap((declared) => {
      const { definition, readers, innerReaders } = declared;
      const found = [];
      if (isCalled(declared, map.name) && fits(definition, map)) found.push(readers);
      if (isCalled(declared, map.outerName) && definition.inner && fits(definition.inner, map)) {
        found.push(innerReaders);
      }
      return found.flatMap((it) => (it === undefined ? [] : [{ object: file, ...it }]));
    }),
  );
  return all.slice(0, MOST_DECLARATIONS);
}

function isCalled(map: ObjectMap, name: string | null | undefined): boolean {
  if (name === null || name === undefined) return false;
  if (map.name === name || map.kernelName === name) return true;
  // cilium/ebpf calls a data section by its own name.
  return map.origin === "data-section" && kernelName(map.section) === name;
}

function fits(declared: { keySize: number; valueSize: number }, map: ReadMap): boolean {
  return declared.keySize === map.keySize && declared.valueSize === map.valueSize;
}
