/** `/mnt/mim_mng_persist`: the slots of the outer map as a Kmesh daemon left them for its successor. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { InputError } from "../../base/input-error.ts";
import type { PersistedState } from "../../model/persisted-state.ts";
import { readAll } from "../byte-source.ts";
import { type ByteSource, defineImporter } from "../importer.ts";

/** `MAGIC_NUMBER` 0xb809b8c3, as a little-endian host writes it. */
const MAGIC = [0xc3, 0xb8, 0x09, 0xb8];
const HEADER_BYTES = 16;
/** `MAX_OUTTER_MAP_ENTRIES` of v0.5.0: no slot is past it. */
const MAX_SLOTS = 1 << 20;
const MAX_BYTES = HEADER_BYTES + 8 * MAX_SLOTS;
const COPY = "Copy it from the node as it is: `scp <node>:/mnt/mim_mng_persist .`.";

export const kmeshPersist = defineImporter({
  id: "kmesh-persist",
  title: "Kmesh persisted inner maps",
  docs: "docs/formats/kmesh-persist.md",
  priority: 6, // Told by its first bytes, which are no text.
  sniff: ({ bytes }) => MAGIC.every((byte, at) => bytes[at] === byte),

  async *redact(source) {
    const { bytes } = await readAll(source, MAX_BYTES + 1);
    const { slotBytes } = readState(bytes, source, () => {});
    yield onlyRead(bytes, slotBytes);
  },

  async read(source, sink) {
    // One byte more than the largest one can have: whatever is longer fits neither layout.
    const { bytes } = await readAll(source, MAX_BYTES + 1);
    const say = (code: Diagnostic["code"], offset: number, message: string, hint = COPY) =>
      sink.diagnostic({
        level: code === "contradiction" ? "warning" : "data-loss",
        code,
        file: source.file,
        offset: source.offset + offset,
        message,
        hint,
      });
    const state = readState(bytes, source, say);
    const { slotBytes } = state;
    const odd = slotBytes === undefined ? 0 : oddSlots(bytes, slotBytes, slotBytes === 1 ? 0 : 4);
    if (odd > 0) {
      say("malformed", HEADER_BYTES, `${odd} slots have bits that no release sets`);
    }
    sink.add("persistedStates", [state]);
    for (const { offset, message } of contradictions(state)) {
      say(
        "contradiction",
        offset,
        message,
        "The daemon writes it without a lock: take the counts of the slots, or list the maps with `bpftool -j map show > maps.json`.",
      );
    }
  },
});

function readState(
  bytes: Uint8Array,
  { file, offset }: ByteSource,
  say: (code: Diagnostic["code"], offset: number, message: string) => void,
): PersistedState {
  if (bytes.length < HEADER_BYTES) {
    throw new InputError(
      "truncated",
      { file, offset: offset + bytes.length },
      `the header ends after ${bytes.length} of ${HEADER_BYTES} bytes`,
      COPY,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [used, claimed, maxIndex] = [4, 8, 12].map((at) => view.getInt32(at, true)) as [
    number,
    number,
    number,
  ];
  if (used < 0 || claimed < 0 || claimed > MAX_SLOTS || maxIndex < 0 || maxIndex >= MAX_SLOTS) {
    throw new InputError(
      "malformed",
      { file, offset: offset + 4 },
      `no daemon counts ${used} slots used of ${claimed} claimed, the last being ${maxIndex}: an outer map has ${MAX_SLOTS}`,
      COPY,
    );
  }
  const header = { used, claimed, maxIndex, source: file };
  const slots = maxIndex + 1;
  const rest = bytes.length - HEADER_BYTES;
  if (rest === slots) return { ...header, slotBytes: 1, ...countBits(bytes, 1, 0, slots) };
  if (rest === 8 * slots) {
    return {
      ...header,
      slotBytes: 8,
      ...countBits(bytes, 8, 4, slots),
      handles: handlesOf(view, slots),
    };
  }
  say(
    rest < slots ? "truncated" : "malformed",
    Math.min(bytes.length, MAX_BYTES),
    `${rest > 8 * MAX_SLOTS ? `more than ${8 * MAX_SLOTS}` : rest} bytes follow the header; ${slots} slots have ${slots} (v0.5.0) or ${8 * slots} (later): only the counters are read`,
  );
  return header;
}

const USED = 1;
const ALLOCATED = 2;

/** The header, and what is read of each slot: no byte of the daemon's memory that is there by chance. */
function onlyRead(bytes: Uint8Array, slotBytes: 1 | 8 | undefined): Uint8Array {
  const kept = bytes.slice(0, slotBytes === undefined ? HEADER_BYTES : bytes.length);
  if (slotBytes === undefined) return kept;
  for (let at = HEADER_BYTES; at < kept.length; at += slotBytes) {
    const bitsAt = slotBytes === 1 ? at : at + 4;
    const bits = (kept[bitsAt] as number) & (USED | ALLOCATED);
    if (slotBytes === 8) kept.fill(0, (bits & ALLOCATED) === 0 ? at : bitsAt, at + 8);
    kept[bitsAt] = bits;
  }
  return kept;
}

/** Every other bit is reserved, and no release sets one. */
function oddSlots(bytes: Uint8Array, slotBytes: number, bitsAt: number): number {
  let odd = 0;
  for (let at = HEADER_BYTES; at < bytes.length; at += slotBytes) {
    const reserved = bytes.subarray(at + bitsAt + 1, at + slotBytes).some((byte) => byte !== 0);
    if (reserved || ((bytes[at + bitsAt] as number) & ~(USED | ALLOCATED)) !== 0) odd += 1;
  }
  return odd;
}

function countBits(bytes: Uint8Array, slotBytes: number, bitsAt: number, slots: number) {
  let usedBits = 0;
  let allocatedBits = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    const bits = bytes[HEADER_BYTES + slot * slotBytes + bitsAt] as number;
    if (bits & USED) usedBits += 1;
    if (bits & ALLOCATED) allocatedBits += 1;
  }
  return { usedBits, allocatedBits };
}

/** Beside the bits of the slots that have a map; a slot without one keeps what stood there before. */
function handlesOf(view: DataView, slots: number): Int32Array {
  const handles: number[] = [];
  for (let slot = 0; slot < slots; slot += 1) {
    const at = HEADER_BYTES + 8 * slot;
    if (view.getUint8(at + 4) & ALLOCATED) handles.push(view.getInt32(at, true));
  }
  return Int32Array.from(handles);
}

/** Scale-ups and scale-ins of every release that persists are multiples of this many slots. */
const LEAST_STEP = 1 << 13;

/** A scale-up claims one slot more than it makes maps: fewer maps than claimed slots is as it should be. */
function* contradictions({ used, claimed, usedBits, allocatedBits }: PersistedState) {
  if (used > claimed) {
    yield { offset: 4, message: `the header counts ${used} slots in use of ${claimed} claimed` };
  }
  if (claimed % LEAST_STEP !== 0) {
    yield {
      offset: 8,
      message: `the header counts ${claimed} slots claimed, which steps of ${LEAST_STEP} never add up to`,
    };
  }
  if (usedBits !== undefined && usedBits !== used) {
    yield {
      offset: 4,
      message: `the header counts ${used} slots in use, the slots themselves ${usedBits}`,
    };
  }
  if (allocatedBits !== undefined && allocatedBits > claimed) {
    yield {
      offset: 8,
      message: `the header counts ${claimed} slots claimed, and ${allocatedBits} slots have a map`,
    };
  }
}
