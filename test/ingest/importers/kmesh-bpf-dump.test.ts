import { describe, expect, test } from "vitest";
import { fixture, readOne, readTexts } from "../read.ts";

const countsOf = async (content: Uint8Array) => {
  const { dumps, sources } = await readOne(content, "dump.json");
  return {
    entries: dumps.map(({ name, distinctKeys, complete }) => [name?.value, distinctKeys, complete]),
    codes: sources[0]?.diagnostics.map(({ code }) => code),
  };
};

test("v0.5.0: the five maps under the names of that release", async () => {
  expect(await countsOf(fixture("kmesh-bpf-dump/v0.5.0.json"))).toEqual({
    entries: [
      ["map_of_wl_policy", 2, true],
      ["kmesh_backend", 3, true],
      ["kmesh_endpoint", 4, true],
      ["kmesh_frontend", 5, true],
      ["kmesh_service", 2, true],
    ],
    codes: [],
  });
});

test("v1.x: names in lower case; null is a map without entries", async () => {
  expect(await countsOf(fixture("kmesh-bpf-dump/v1.json"))).toEqual({
    entries: [
      ["km_wlpolicy", 0, true],
      ["km_backend", 3, true],
      ["km_endpoint", 4, true],
      ["km_frontend", 5, true],
      ["km_service", 2, true],
    ],
    codes: [],
  });
});

test("cut: whole lists stay counted, the one that is cut is a lower bound", async () => {
  const bytes = fixture("kmesh-bpf-dump/v1.json");
  const text = new TextDecoder().decode(bytes);
  const end = text.indexOf("web-2");
  expect(await countsOf(bytes.subarray(0, end))).toEqual({
    entries: [
      ["km_wlpolicy", 0, true],
      ["km_backend", 3, true],
      ["km_endpoint", 3, false],
    ],
    codes: ["truncated"],
  });
});

describe("entries go to the map of that name in a listing", () => {
  const row = (id: number, name: string, keySize: number, valueSize: number, max: number) => ({
    id,
    type: "hash",
    name,
    flags: 1,
    bytes_key: keySize,
    bytes_value: valueSize,
    max_entries: max,
    bytes_memlock: 4096,
    frozen: 0,
  });

  test("one snapshot, counted", async () => {
    const { snapshots } = await readTexts({
      "maps.json": JSON.stringify([row(1, "km_frontend", 16, 4, 105_000)]),
      "bpf.json": fixture("kmesh-bpf-dump/v1.json"),
    });
    expect(snapshots).toHaveLength(1);
    expect(snapshots[0]?.dumps).toHaveLength(5);
  });
});
