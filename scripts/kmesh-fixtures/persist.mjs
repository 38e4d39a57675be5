/**
 * `/mnt/mim_mng_persist` as Kmesh writes it: the slots after a history of scale-ups and scale-ins,
 * replayed with the arithmetic of deserialization_to_bpf_map.c (v0.5.0), encoded as each commit did.
 */

const MAGIC = 0xb809b8c3;
const UP = 1 << 15;
const IN = 1 << 13;

/** The daemon's state; `steps` are "up", "in", or a number of slots that are to be in use. */
export function replay(steps) {
  const slots = []; // { used, allocated, handle }
  const slot = (index) => (slots[index] ??= { used: 0, allocated: 0, handle: 0 });
  const state = { used: 0, claimed: 0, maxIndex: 0, nextHandle: 21, slots };
  for (const step of steps) {
    if (step === "up") up(state, slot);
    else if (step === "in") scaleIn(state, slot);
    else use(state, slot, step);
  }
  return state;
}

/** The first 32,768 slots without a map are collected, and maps made for all but the first of them. */
function up(state, slot) {
  const list = [];
  for (let index = 0; list.length < UP; index++) if (!slot(index).allocated) list.push(index);
  for (const index of list.slice(1)) {
    Object.assign(slot(index), { allocated: 1, handle: state.nextHandle++ });
  }
  state.claimed += UP;
  state.maxIndex = Math.max(state.maxIndex, list.at(-1));
}

/** From the last one down: 8,192 slots with a map that nothing uses. */
function scaleIn(state, slot) {
  let freed = 0;
  for (let index = state.maxIndex; index > 0 && freed < IN; index--) {
    if (slot(index).used || !slot(index).allocated) continue;
    Object.assign(slot(index), { allocated: 0, handle: 0 });
    freed++;
  }
  state.claimed -= freed;
  while (state.maxIndex > 0 && !slot(state.maxIndex).allocated) state.maxIndex--;
}

function use(state, slot, wanted) {
  for (let index = 1; state.used < wanted && index <= state.maxIndex; index++) {
    if (slot(index).used || !slot(index).allocated) continue;
    slot(index).used = 1;
    state.used++;
  }
  for (let index = state.maxIndex; state.used > wanted && index > 0; index--) {
    if (!slot(index).used) continue;
    slot(index).used = 0;
    state.used--;
  }
}

/** @param slotBytes 1 in v0.5.0; 8 from commit 390e845f (descriptors) and 5dafb129 (map ids) on. */
export function encode({ used, claimed, maxIndex, slots }, slotBytes) {
  const bytes = Buffer.alloc(16 + slotBytes * (maxIndex + 1));
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeInt32LE(used, 4);
  bytes.writeInt32LE(claimed, 8);
  bytes.writeInt32LE(maxIndex, 12);
  for (let index = 0; index <= maxIndex; index++) {
    const { used: isUsed = 0, allocated = 0, handle = 0 } = slots[index] ?? {};
    const bits = isUsed | (allocated << 1);
    const at = 16 + slotBytes * index;
    if (slotBytes === 1) bytes.writeUInt8(bits, at);
    else {
      bytes.writeInt32LE(handle, at);
      bytes.writeUInt32LE(bits, at + 4);
    }
  }
  return bytes;
}
