import fc from "fast-check";
import { describe, expect, test } from "vitest";
// @ts-expect-error: a script without types; it replays the daemon's arithmetic and encodes its file.
import { encode, replay } from "../../../scripts/kmesh-fixtures/persist.mjs";
import { innerMapIdsOf } from "../../../src/model/persisted-state.ts";
import { fixture, readOne, readTexts } from "../read.ts";

const read = async (bytes: Uint8Array) => {
  const { persistedStates, sources } = await readOne(bytes, "mim_mng_persist");
  return { state: persistedStates[0], codes: sources[0]?.diagnostics.map(({ code }) => code) };
};

test("a fresh v0.5.0 daemon: 32,784 bytes, one map less than slots claimed", async () => {
  const bytes = fixture("kmesh-persist/fresh-start");
  expect(bytes).toHaveLength(32_784);
  expect(await read(bytes)).toEqual({
    state: {
      used: 0,
      claimed: 32_768,
      maxIndex: 32_767,
      slotBytes: 1,
      usedBits: 0,
      allocatedBits: 32_767,
      source: "mim_mng_persist",
    },
    codes: [],
  });
});

/** Live maps and claimed slots of each history, as the unmodified v0.5.0 file gave them. */
describe.each([
  [["up", "up"], 65_536, 65_534],
  [["up", "up", "in", "in", "in", "in"], 32_768, 32_766],
  [["up", "up", "in", "in", "in", "in", "up"], 65_536, 65_533],
])("after %j", (steps, claimed, live) => {
  test.each([1, 8] as const)("%i byte(s) a slot", async (slotBytes) => {
    const { state, codes } = await read(encode(replay(steps), slotBytes));
    expect(state).toMatchObject({ claimed, allocatedBits: live, slotBytes });
    expect(codes).toEqual([]);
  });
});

test("the numbers beside the bits are map ids where maps of these ids and no name are listed", async () => {
  const state = replay(["up", 3]);
  const { state: read8 } = await read(encode(state, 8));
  expect(read8?.handles?.slice(0, 3)).toEqual(Int32Array.of(21, 22, 23));
  const ids = new Set(read8?.handles);
  expect(read8 && innerMapIdsOf(read8, ids)).toHaveLength(32_767);
  ids.delete(22);
  expect(read8 && innerMapIdsOf(read8, ids)).toBeUndefined();
});

describe("what does not fit", () => {
  const whole = fixture("kmesh-persist/in-use");
  const changed = (at: number, value: number) => {
    const bytes = whole.slice();
    new DataView(bytes.buffer).setInt32(at, value, true);
    return bytes;
  };

  test("a size of neither layout: the counters alone are read", async () => {
    const { state, codes } = await read(whole.subarray(0, 1000));
    expect(state).toMatchObject({ used: 22_000, claimed: 32_768 });
    expect(state).not.toHaveProperty("usedBits");
    expect(codes).toEqual(["truncated"]);
    expect((await read(new Uint8Array([...whole, 0]))).codes).toEqual(["malformed"]);
  });

  test("counters that contradict the slots", async () => {
    expect((await read(changed(4, 21_999))).codes).toEqual(["contradiction"]);
    // 32,767 slots have a map; and no steps add up to 30,000.
    expect((await read(changed(8, 24_576))).codes).toEqual(["contradiction"]);
    expect((await read(changed(8, 40_000))).codes).toEqual(["contradiction"]);
    expect((await read(changed(8, 30_000))).codes).toHaveLength(2);
    expect((await read(changed(4, 40_000))).codes).toEqual(["contradiction", "contradiction"]);
  });

  test.each([
    [4, -1],
    [8, 1 << 21],
    [12, 1 << 20],
    [12, -5],
  ])("no daemon writes what stands at %i: %i", async (at, value) => {
    const { snapshots, diagnostics } = await readTexts({ persist: changed(at, value) });
    expect(snapshots).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: "malformed", offset: 4 }]);
  });

  test("cut or flipped anywhere, it is read or said why not", async () => {
    const bytes = encode({ ...replay(["up"]), maxIndex: 40 }, 1) as Uint8Array;
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), fc.nat(255), async (at, value) => {
        const cut = await readTexts({ persist: bytes.subarray(0, at) });
        const flipped = Uint8Array.from(bytes);
        flipped[at] = value;
        const odd = await readTexts({ persist: flipped });
        const isWhole = at === bytes.length || bytes[at] === value;
        for (const { diagnostics } of [cut, odd]) {
          if (isWhole) continue;
          // More claimed than there are bits for is what a failed creation leaves: nothing contradicts it.
          if (diagnostics === odd.diagnostics && at >= 8 && at < 12) continue;
          expect(diagnostics.length + (at > 15 && value < 4 ? 1 : 0)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
