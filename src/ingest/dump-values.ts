/**
 * Keeps the bytes of a dump's entries where the map has a shape in which values refer to other entries
 * (slots to inner maps or programs, xDS messages to each other), up to a bound; of any other map nothing.
 */
import type { MapValues } from "../model/map-values.ts";
import { JsonEvents, type JsonHandler } from "./json-events.ts";

/** Bytes of keys and values that one input may keep; the rest is counted only. */
export const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/**
 * Bytes of key and value: slots of maps of maps and of programs; the inner maps of Kmesh v0.4 and v0.5
 * (1300) and the size classes of v1.x; its clusters, listeners and route configurations.
 */
const SHAPES: Readonly<Record<number, readonly number[]>> = {
  4: [4, 64, 192, 296, 1300, 1600],
  40: [64],
  192: [56, 64, 72],
};

/** Whether values of that size may refer to other entries. */
export function mayRefer(keySize: number, valueSize: number): boolean {
  return SHAPES[keySize]?.includes(valueSize) === true;
}

type Identity = Pick<MapValues, "mapId" | "name">;

interface Kept extends Identity {
  readonly keySize: number;
  readonly valueSize: number;
  readonly keys: Bytes;
  readonly values: Bytes;
  readonly valueEnds: number[];
  complete: boolean;
}

/** Use `push` for each chunk, then `finish`. Damage is told by the scanner that counts the same bytes. */
export class DumpValues {
  readonly #reader = new Reader();
  readonly #events = new JsonEvents(this.#reader);

  push(chunk: Uint8Array): void {
    this.#events.push(chunk);
  }

  finish(file: string): MapValues[] {
    const whole = this.#events.finish() === undefined;
    return this.#reader.kept.map(({ keys, values, valueEnds, complete, ...rest }, index, all) => ({
      ...rest,
      file,
      entries: valueEnds.length,
      keys: keys.whole(),
      values: values.whole(),
      valueEnds: Int32Array.from(valueEnds),
      complete: complete && (whole || index < all.length - 1),
    }));
  }
}

class Reader implements JsonHandler {
  readonly kept: Kept[] = [];
  /** Nothing that follows would be kept: a lone dump of another shape, or the bound is reached. */
  isDone = false;
  #identity: Identity = {};
  #command: string[] | undefined;
  /** The dump that is being read: undefined before its first entry, false when it is of no wanted shape. */
  #current: Kept | false | undefined;
  #isLone = false;
  #elementDepth = -1;
  #field: "key" | "value" | undefined;
  readonly #key = new Bytes();
  readonly #value = new Bytes();
  #keptBytes = 0;

  open(kind: "object" | "array", key: string | undefined, depth: number): void {
    if (this.#elementDepth >= 0) {
      if (depth === this.#elementDepth + 1 && kind === "array" && key === "value")
        this.#field = key;
      return;
    }
    if (kind === "object") return;
    if (key === "key") {
      this.#elementDepth = depth - 1;
      this.#field = "key";
      this.#key.clear();
      this.#value.clear();
    } else if (key === "command") this.#command = [];
    else if (depth === 0 || key === "elements" || key === "output") {
      this.#current = undefined;
      this.#isLone = depth === 0;
    }
  }

  close(kind: "object" | "array", depth: number): void {
    if (this.#elementDepth >= 0) {
      if (depth === this.#elementDepth + 1) this.#field = undefined;
      if (depth !== this.#elementDepth) return;
      this.#elementDepth = -1;
      this.#take();
    } else if (kind === "object") this.#identity = {};
    else if (this.#command !== undefined) {
      this.#identity = identityOf(this.#command);
      this.#command = undefined;
    }
  }

  scalar(text: string, key: string | undefined, depth: number, isString: boolean): void {
    if (this.#elementDepth >= 0) {
      if (key === "inner_map_id" && depth === this.#elementDepth + 1) this.#setValue(Number(text));
    } else if (this.#command !== undefined) this.#command.push(text);
    else if (key === "id" && !isString) this.#identity = { ...this.#identity, mapId: Number(text) };
    else if (key === "name" && isString) {
      this.#identity = { ...this.#identity, name: { value: text, basis: "reported" } };
    }
  }

  hexByte(value: number): void {
    if (this.#field === "key") this.#key.push(value);
    else if (this.#field === "value") this.#value.push(value);
  }

  /** As the kernel gives the id of an inner map: four bytes, little-endian. */
  #setValue(id: number): void {
    this.#value.clear();
    for (let at = 0; at < 4; at += 1) this.#value.push(Math.floor(id / 256 ** at) & 0xff);
  }

  #take(): void {
    const [keySize, valueSize] = [this.#key.length, this.#value.length];
    // A slot whose program or inner map is gone has an error in place of a value.
    if (valueSize === 0 && this.#current !== undefined) return;
    if (this.#current === undefined) {
      if (!mayRefer(keySize, valueSize)) {
        this.#current = valueSize === 0 ? undefined : false;
        if (this.#isLone && this.#current === false) this.isDone = true;
        return;
      }
      this.#current = {
        ...this.#identity,
        keySize,
        valueSize,
        keys: new Bytes(),
        values: new Bytes(),
        valueEnds: [],
        complete: true,
      };
      this.kept.push(this.#current);
    }
    const current = this.#current;
    if (current === false) return;
    const used = this.#value.usedLength;
    if (this.#keptBytes + keySize + used > MAX_KEPT_BYTES) {
      current.complete = false;
      this.isDone = true;
      return;
    }
    if (keySize !== current.keySize || valueSize !== current.valueSize) {
      current.complete = false;
      return;
    }
    this.#keptBytes += keySize + used;
    current.keys.append(this.#key, keySize);
    current.values.append(this.#value, used);
    current.valueEnds.push(current.values.length);
  }
}

/** `map dump id 42`, `map dump pinned /sys/fs/bpf/x`, `map dump name x`. */
function identityOf(command: readonly string[]): Identity {
  const after = (word: string) => command[command.indexOf(word) + 1];
  if (command.includes("id")) {
    const id = Number(after("id"));
    return Number.isInteger(id) ? { mapId: id } : {};
  }
  const word = command.includes("name") ? "name" : "pinned";
  const value = command.includes(word) ? after(word)?.split("/").at(-1) : undefined;
  return value === undefined ? {} : { name: { value, basis: "reported" } };
}

/** Bytes that grow by doubling. */
class Bytes {
  length = 0;
  #bytes = new Uint8Array(16);

  push(byte: number): void {
    if (this.length === this.#bytes.length) this.#grow(this.length + 1);
    this.#bytes[this.length++] = byte;
  }

  append(other: Bytes, length: number): void {
    if (this.length + length > this.#bytes.length) this.#grow(this.length + length);
    this.#bytes.set(other.#bytes.subarray(0, length), this.length);
    this.length += length;
  }

  clear(): void {
    this.length = 0;
  }

  /** Without the zeros at its end. */
  get usedLength(): number {
    let length = this.length;
    while (length > 0 && this.#bytes[length - 1] === 0) length -= 1;
    return length;
  }

  whole(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, least));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
