import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DumpValues, MAX_KEPT_BYTES } from "../../src/ingest/dump-values.ts";
import { keyAt, valueAt } from "../../src/model/map-values.ts";
import { fixture } from "./read.ts";

function keep(text: string | Uint8Array, cuts: readonly number[] = []) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const values = new DumpValues();
  let from = 0;
  for (const end of [...cuts.map((it) => it % (bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  )) {
    values.push(bytes.subarray(from, end));
    from = Math.max(from, end);
  }
  return values.finish("dump.json");
}

const hex = (...bytes: readonly number[]) =>
  `[${bytes.map((it) => `"0x${it.toString(16).padStart(2, "0")}"`).join(",")}]`;
const entry = (key: readonly number[], value: readonly number[]) =>
  `{"key":${hex(...key)},"value":${hex(...value)}}`;
const slot = (index: number, id: number) => entry([index, 0, 0, 0], [id, 0, 0, 0]);

test("keys and values, the zeros at the end of a value left out", () => {
  const [kept] = keep(`[${slot(1, 7)},${entry([2, 0, 0, 0], [0, 1, 0, 0])},${slot(3, 0)}]`);
  expect(kept).toMatchObject({ keySize: 4, valueSize: 4, entries: 3, complete: true });
  if (!kept) return;
  expect([0, 1, 2].map((it) => [...keyAt(kept, it)][0])).toEqual([1, 2, 3]);
  expect([0, 1, 2].map((it) => [...valueAt(kept, it)])).toEqual([[7], [0, 1], []]);
});

describe("forms of a dump", () => {
  test("with its map's id and name around it, several in one array", () => {
    const kept = keep(
      `[{"id":4,"type":"prog_array","name":"calls","elements":[${slot(1, 7)}]},{"id":5,"elements":[${slot(2, 8)}]}]`,
    );
    expect(kept.map(({ mapId, name, entries }) => [mapId, name?.value, entries])).toEqual([
      [4, "calls", 1],
      [5, undefined, 1],
    ]);
  });

  test("a newer bpftool's inner map id stands for the value", () => {
    const [kept] = keep('[{"key":["0x01","0x00","0x00","0x00"],"inner_map_id":70000}]');
    expect(kept && [...valueAt(kept, 0)]).toEqual([0x70, 0x11, 0x01]);
  });

  test("what is shown by types beside the bytes is passed over", () => {
    const formatted = '"formatted":{"key":[1,2],"value":{"key":["0x09"],"value":["0x09"]}}';
    const [kept] = keep(`[${slot(1, 7).replace(/\}$/, `,${formatted}}`)}]`);
    expect(kept && [...valueAt(kept, 0)]).toEqual([7]);
    expect(kept?.entries).toBe(1);
  });

  test("a slot without a map or program has an error in place of a value", () => {
    const error =
      '{"key":["0x00","0x00","0x00","0x00"],"value":{"error":"No such file or directory"}}';
    expect(keep(`[${error},${slot(1, 7)}]`)).toMatchObject([{ entries: 1, complete: true }]);
  });

  test("values of several CPUs refer to nothing", () => {
    expect(
      keep('[{"key":["0x00","0x00","0x00","0x00"],"values":[{"cpu":0,"value":["0x01"]}]}]'),
    ).toEqual([]);
  });
});

test("of a map of another shape nothing is kept", () => {
  expect(keep(`[${entry([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4])}]`)).toEqual([]);
  expect(keep(`[${entry([1, 0, 0, 0], Array(128).fill(1))}]`)).toEqual([]);
});

test("past the bound nothing is kept, which is said", () => {
  const value = Array(1600).fill(1);
  const record = `${entry([1, 2, 3, 4], value)},`;
  const values = new DumpValues();
  const chunk = new TextEncoder().encode(record.repeat(256));
  values.push(new TextEncoder().encode("["));
  for (let count = 0; count < MAX_KEPT_BYTES / 1604 + 512; count += 256) values.push(chunk);
  const [kept] = values.finish("dump.json");
  expect(kept?.complete).toBe(false);
  expect((kept?.values.length ?? 0) + (kept?.keys.length ?? 0)).toBeLessThanOrEqual(MAX_KEPT_BYTES);
  expect(kept?.entries).toBe(Math.floor(MAX_KEPT_BYTES / 1604));
  // Some hundred MiB are read, which takes a loaded machine its time.
}, 60_000);

describe("the outer map of a capture", () => {
  const bytes = fixture("capture-6.1-objects/before/map-dump-outer_map.json");
  const whole = keep(bytes);

  test("chunk borders mean nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 9 }), (cuts) => {
        expect(keep(bytes, cuts)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  test("cut anywhere, whole entries stay and the dump is not called whole", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 3), (end) => {
        const [kept] = keep(bytes.subarray(0, end));
        expect(kept?.complete ?? false).toBe(false);
        expect(kept?.keys ?? new Uint8Array()).toEqual(
          whole[0]?.keys.subarray(0, kept?.keys.length ?? 0),
        );
      }),
      { numRuns: 60 },
    );
  });
});
