import { expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

const PATH = "kmesh-mapspecs/mapspecs_by_prog.json";

test("every map, with its definition in bpftool's words", async () => {
  const { objects, sources } = await readOne(fixture(PATH), PATH);
  expect(sources).toMatchObject([{ format: "kmesh-mapspecs", diagnostics: [] }]);
  const [object] = objects;
  expect(object).toMatchObject({ file: PATH, format: "specs", programs: [] });
  const byName = new Map(object?.maps.map((it) => [it.name, it]));
  expect(byName.get("km_endpoint")?.definition).toEqual({
    type: "hash",
    keySize: 12,
    valueSize: 4,
    maxEntries: 105_000,
    flags: 1,
  });
  const types = new Set(object?.maps.map(({ definition }) => definition.type));
  expect([...types].sort()).toEqual(
    expect.arrayContaining([
      "array",
      "hash",
      "percpu_array",
      "prog_array",
      "ringbuf",
      "sk_storage",
    ]),
  );
});

test("a spec without sizes is left out, the others are read", async () => {
  const spec = { name: "a", type: "LRUCPUHash", keySize: 4, valueSize: 8, maxEntries: 2, flags: 0 };
  const info = { keyInfo: { name: "", members: null } };
  const text = JSON.stringify({
    maps: { X: { a: { ...spec, ...info }, b: { ...spec, keySize: -1, ...info } } },
  });
  const { objects, sources } = await readOne(text);
  expect(objects[0]?.maps.map(({ definition }) => definition.type)).toEqual(["lru_percpu_hash"]);
  expect(sources[0]?.diagnostics).toMatchObject([{ code: "skipped-record", level: "data-loss" }]);
});

test("declared alike in two collections is declared once; a type past the known ones is its number", async () => {
  const spec = {
    type: "MapType(77)",
    keySize: 4,
    valueSize: 8,
    maxEntries: 2,
    flags: 0,
    keyInfo: {},
  };
  const text = JSON.stringify({ maps: { X: { same: spec }, Y: { same: spec } } });
  const { objects } = await readOne(text);
  expect(objects[0]?.maps).toMatchObject([{ name: "same", definition: { type: "77" } }]);
});

test("cut: whole specs stay", async () => {
  const bytes = fixture(PATH);
  const { objects, sources } = await readOne(bytes.subarray(0, bytes.length / 2));
  expect(objects[0]?.maps.length).toBeGreaterThan(5);
  expect(sources[0]?.diagnostics.map(({ code }) => code)).toEqual(["truncated"]);
});
