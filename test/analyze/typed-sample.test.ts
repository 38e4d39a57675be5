/** Sampled elements by the types of an object beside the dump, against what bpftool prints of the same map. */
import { describe, expect, test } from "vitest";
import { analyzeSources } from "../support/analyze-fixture.ts";
import { read, readBytes } from "../support/project-files.ts";

const MAP = "kmehs_perf_map";
const DUMP = `bpftool-map-dump/map-dump-${MAP}.json`;
const OBJECT = "bpf-object/operation-durations.el.o";

async function contentsOf(inputs: Readonly<Record<string, Uint8Array>>) {
  const { snapshots } = await analyzeSources(Object.entries(inputs));
  return snapshots[0]?.families.flatMap((it) => it.contents ?? []) ?? [];
}

const fixtures = (...paths: string[]) =>
  Object.fromEntries(paths.map((path) => [path, readBytes(`fixtures/${path}`)]));

/** What `bpftool map dump` printed on the host; digits past 2^53 would get lost as numbers. */
const { [MAP]: printed } = JSON.parse(
  read("fixtures/bpf-decoded/operation-durations.el.json").replace(
    /_time": (\d+)/g,
    '_time": "$1"',
  ),
);

describe("how long operations took, as the monitoring proposal stores it", () => {
  test.each<[string, string[]]>([
    ["beside the listing", [DUMP, OBJECT, "bpftool-map-show/operation-durations.json"]],
    ["with the name of its file alone", [DUMP, OBJECT]],
  ])("%s, keys and values are what bpftool prints", async (_, paths) => {
    const [contents] = await contentsOf(fixtures(...paths));
    expect(contents?.sample?.map((it) => it.decoded)).toEqual(printed);
    expect(contents?.types).toEqual({
      object: OBJECT,
      key: "struct operation_usage_key",
      value: "struct operation_usage_data",
    });
  });

  test("objects that do not agree decode nothing, and are named", async () => {
    const other = OBJECT.replace(".el.", ".eb.");
    const [contents] = await contentsOf(fixtures(DUMP, OBJECT, other));
    expect(contents?.sample?.some((it) => it.decoded)).toBe(false);
    expect(contents?.undecoded).toContain(other);
  });

  test("without an object there is nothing to decode by", async () => {
    const [contents] = await contentsOf(fixtures(DUMP));
    expect(contents).not.toHaveProperty("types");
    expect(contents).not.toHaveProperty("undecoded");
  });

  test("an object whose map has other sizes is of another release", async () => {
    const bytes = new TextEncoder().encode('[{"key":["0x01"],"value":["0x02"]}]');
    const [contents] = await contentsOf({ [`map-dump-${MAP}.json`]: bytes, ...fixtures(OBJECT) });
    expect(contents).not.toHaveProperty("types");
  });
});

test("raw BTF that tells of maps is as good as the object", async () => {
  const raw = rawBtf(readBytes(`fixtures/${OBJECT}`));
  const [contents] = await contentsOf({ ...fixtures(DUMP), "types.btf": raw });
  expect(contents?.sample?.map((it) => it.decoded)).toEqual(printed);
});

/** Of an object, from its header's magic on: what comes behind it is no part of it, by its own lengths. */
function rawBtf(object: Uint8Array): Uint8Array {
  const at = object.findIndex(
    (byte, index) => byte === 0x9f && object[index + 1] === 0xeb && object[index + 4] === 24,
  );
  const header = new DataView(object.buffer, object.byteOffset + at, 24);
  const length = 24 + header.getUint32(16, true) + header.getUint32(20, true);
  return object.subarray(at, at + length);
}

test("a per-CPU map has the value of each CPU", async () => {
  const [key, value] = [8, 24].map((length, at) =>
    Array.from({ length }, (_, index) => `"0x0${(at + index) % 10}"`).join(),
  );
  const values = [0, 1].map((cpu) => `{"cpu":${cpu},"value":[${value}]}`);
  const dump = new TextEncoder().encode(`[{"key":[${key}],"values":[${values}]}]`);
  const [contents] = await contentsOf({ [`map-dump-${MAP}.json`]: dump, ...fixtures(OBJECT) });
  const decoded = contents?.sample?.[0]?.decoded;
  const each = {
    // 01 02 … as little-endian.
    start_time: String(0x0807060504030201n),
    end_time: String(0x0605040302010009n),
    operation_type: 0x00090807,
  };
  expect(decoded).toEqual({
    key: { tid: 0x03020100, operation_type: 0x07060504 },
    values: [each, each],
  });
});
