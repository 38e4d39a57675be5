/** Readers of keys and values by the types of an object, for as long as its snapshot is being built. */
import { InputError } from "../base/input-error.ts";
import type { Btf } from "../btf/btf.ts";
import { decoder } from "../btf/decode.ts";
import type { Decoded } from "../btf/decoded.ts";
import { sizeOf } from "../btf/size.ts";
import { typeName } from "../btf/spelling.ts";
import type { ParsedDefinition } from "../component/objects.ts";
import type { EntryReaders, TypedValue, TypeReader } from "../model/entry-readers.ts";

/** Undefined when neither type is known. */
export function entryReaders(
  btf: Btf | undefined,
  { keyType, valueType, keySize, valueSize }: ParsedDefinition,
): EntryReaders | undefined {
  const key = readerOf(btf, keyType, keySize);
  const value = readerOf(btf, valueType, valueSize);
  if (key === undefined && value === undefined) return undefined;
  return { ...(key !== undefined && { key }), ...(value !== undefined && { value }) };
}

function readerOf(btf: Btf | undefined, id: number | undefined, size: number) {
  // Of a section of variables that is not linked, BTF has neither the size nor the places in it.
  if (btf === undefined || id === undefined || sizeOf(btf, id) !== size) return undefined;
  return new BtfReader(btf, id);
}

/** Made for every map of an object, and asked only where a dump lies beside it. */
class BtfReader implements TypeReader {
  readonly #btf: Btf;
  readonly #id: number;
  #read: ((bytes: Uint8Array) => Decoded) | undefined;

  constructor(btf: Btf, id: number) {
    this.#btf = btf;
    this.#id = id;
  }

  get typeName(): string {
    return typeName(this.#btf, this.#id);
  }

  read(bytes: Uint8Array): TypedValue | undefined {
    this.#read ??= decoder(this.#btf, this.#id, { int64: "string" });
    try {
      // Without `bigint`, which `int64` leaves out.
      return this.#read(bytes) as TypedValue;
    } catch (error) {
      if (error instanceof InputError) return undefined;
      throw error;
    }
  }
}
