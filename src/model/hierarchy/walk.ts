/** Follows the references of stored messages from one root, and counts the slots that it owns. */
import type { Field, Message } from "../xds/c-struct.ts";
import type { Messages } from "../xds/messages.ts";
import { type Store, type Target, uint32At } from "./stores.ts";

/** A list of more items than a value of 1600 bytes has room for was never written. */
const MAX_ITEMS = 1600 / 4;
/** Deeper than any of these messages nests (listener, route, action, hash policy, header: 14). */
const MAX_DEPTH = 64;

export interface Reached {
  /** Slots by the map that they are in. */
  readonly slots: Map<string, number>;
  /** Slots whose own references could not be followed, because their bytes are not in the input. */
  unread: number;
  /** References to slots that hold nothing. */
  dangling: number;
  /** Slots that an earlier root had reached already. */
  shared: number;
  /** Places that do not look like what the layout says: the layout is of another release. */
  strange: number;
}

export class Walk {
  readonly #store: Store;
  readonly #messages: Messages;
  readonly #seen = new Set<number>();

  constructor(store: Store, messages: Messages) {
    this.#store = store;
    this.#messages = messages;
  }

  /** Slots that some root has reached. */
  get seen(): ReadonlySet<number> {
    return this.#seen;
  }

  root(message: string, value: Uint8Array): Reached {
    const reached: Reached = { slots: new Map(), unread: 0, dangling: 0, shared: 0, strange: 0 };
    this.#message(message, value, reached, 0);
    return reached;
  }

  /** The text of a string field of the message, where its slot is known. */
  text(message: string, field: string, value: Uint8Array): string | undefined {
    const reference = this.#referenceIn(message, field, value);
    const bytes = reference === 0 ? undefined : this.#store.find(reference)?.value;
    return bytes === undefined ? undefined : textOf(bytes);
  }

  refersTo(message: string, field: string, value: Uint8Array): boolean {
    return this.#referenceIn(message, field, value) !== 0;
  }

  #referenceIn(message: string, field: string, value: Uint8Array): number {
    const found = this.#messages.get(message)?.fields.find((it) => it.name === field);
    return found === undefined ? 0 : uint32At(value, found.offset);
  }

  #message(name: string, value: Uint8Array, reached: Reached, depth: number): void {
    const message = this.#messages.get(name);
    if (message === undefined || depth > MAX_DEPTH) {
      reached.strange += 1;
      return;
    }
    if (!hasKnownCases(message, value)) reached.strange += 1;
    for (const field of message.fields) {
      if (field.when === undefined || uint32At(value, field.when.offset) === field.when.value) {
        this.#field(field, value, reached, depth);
      }
    }
  }

  #field(field: Field, value: Uint8Array, reached: Reached, depth: number): void {
    const target = this.#claim(
      uint32At(value, field.offset),
      uint32At(value, field.offset + 4),
      reached,
    );
    if (target === undefined || field.kind === "string") return;
    if (target.value === undefined) {
      reached.unread += 1;
    } else if (field.kind === "message") {
      this.#message(field.message ?? "", target.value, reached, depth + 1);
    } else {
      const count = field.countAt === undefined ? 0 : uint32At(value, field.countAt);
      if (count > MAX_ITEMS) reached.strange += 1;
      for (let item = 0; item < Math.min(count, MAX_ITEMS); item += 1) {
        this.#item(field, target.value, item, reached, depth);
      }
    }
  }

  #item(field: Field, list: Uint8Array, item: number, reached: Reached, depth: number): void {
    const at = 8 * item;
    const target = this.#claim(uint32At(list, at), uint32At(list, at + 4), reached);
    if (target === undefined || field.kind !== "messages") return;
    if (target.value === undefined) reached.unread += 1;
    else this.#message(field.message ?? "", target.value, reached, depth + 1);
  }

  /** The slot, if it is one that nothing has reached before: each is counted for one root, and once. */
  #claim(low: number, high: number, reached: Reached): Target | undefined {
    if (low === 0 && high === 0) return undefined;
    const target = high === 0 ? this.#store.find(low) : undefined;
    if (target === undefined) {
      reached.strange += 1;
      return undefined;
    }
    if (this.#seen.has(target.slot)) {
      reached.shared += 1;
      return undefined;
    }
    if (!target.exists) {
      reached.dangling += 1;
      return undefined;
    }
    this.#seen.add(target.slot);
    reached.slots.set(target.map, (reached.slots.get(target.map) ?? 0) + 1);
    return target;
  }
}

function hasKnownCases({ cases }: Message, value: Uint8Array): boolean {
  return cases.every(({ offset, values }) => {
    const selected = uint32At(value, offset);
    return selected === 0 || values.includes(selected);
  });
}

/** Up to its terminating zero; what is no UTF-8 is U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}
