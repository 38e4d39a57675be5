/** Entry counts of metrics go to one map or to none. */
import { expect, test } from "vitest";
import type { Metric } from "../../../src/model/metrics/metric.ts";
import { modelSnapshot } from "../../../src/model/model-snapshot.ts";
import { readOne, readTexts } from "../../ingest/read.ts";

const LIST = JSON.stringify([
  {
    id: 1,
    type: "hash",
    name: "kmesh_map64",
    flags: 1,
    bytes_key: 4,
    bytes_value: 64,
    max_entries: 1000,
    bytes_memlock: 1,
  },
  {
    id: 2,
    type: "hash",
    name: "map_of_cluster_",
    flags: 1,
    bytes_key: 192,
    bytes_value: 776,
    max_entries: 100,
    bytes_memlock: 1,
  },
  {
    id: 3,
    type: "percpu_array",
    name: "map_of_cluster_",
    flags: 0,
    bytes_key: 4,
    bytes_value: 776,
    max_entries: 1,
    bytes_memlock: 1,
  },
  {
    id: 4,
    type: "lru_hash",
    name: "cilium_ct4_glob",
    flags: 0,
    bytes_key: 4,
    bytes_value: 4,
    max_entries: 1000,
    bytes_memlock: 1,
  },
]);

async function entriesOf(metrics: string, list = LIST) {
  const { snapshots } = await readTexts({ "maps.json": list, "metrics.txt": metrics });
  expect(snapshots).toHaveLength(1);
  const { families, diagnostics } = modelSnapshot(snapshots[0] as never, {});
  const entries = families.flatMap(({ seed, contents }) => {
    const { entries: amount } = contents;
    return amount !== undefined && "value" in amount
      ? [[seed.mapIds[0]?.[0], amount.value, amount.basis]]
      : [];
  });
  return { entries, messages: diagnostics.map((it) => it.message).filter((it) => /says/.test(it)) };
}

test.each<[string, string, unknown[]]>([
  ["by name", 'kmesh_map_entry_count{map_name="kmesh_map64"} 77', [[1, 77, "reported"]]],
  [
    "by a name that is longer than the kernel keeps, and a type",
    'ebpf_maps_entry_count{map_name="map_of_cluster_eps",map_type="Hash"} 5',
    [[2, 5, "reported"]],
  ],
  [
    "by id",
    'obi_bpf_map_entries_total{map_id="2",map_name="map_of_cluster_"} 5',
    [[2, 5, "reported"]],
  ],
  [
    "a fill ratio, with the name that Cilium leaves out",
    'cilium_bpf_map_pressure{map_name="ct4_global"} 0.71',
    [[4, 710, "inferred"]],
  ],
  [
    "a ratio above 1 says only that entries were refused",
    'cilium_bpf_map_pressure{map_name="ct4_global"} 1.2',
    [],
  ],
  ["a doubtful 0", 'kmesh_map_entry_count{map_name="kmesh_map64"} 0', []],
  ["no map of the name", 'kmesh_map_entry_count{map_name="kmesh_map192"} 5', []],
])("%s", async (_, metrics, expected) => {
  expect((await entriesOf(metrics)).entries).toEqual(expected);
});

test("two maps of one name after 15 bytes: counted for none, which is said", async () => {
  const { entries, messages } = await entriesOf(
    'tetragon_map_entries{map="map_of_cluster_eps_data"} 5',
  );
  expect(entries).toEqual([]);
  expect(messages).toEqual([
    "tetragon_map_entries says 5 for map_of_cluster_eps_data, and 2 listed maps have this name, so it is counted for none",
  ]);
});

test("a dump outranks a metric", async () => {
  const dump = '[{"key":["0x01","0x00","0x00","0x00"],"value":["0x01"]}]';
  const { snapshots } = await readTexts({
    "maps.json": LIST.replace('"bytes_value":64', '"bytes_value":1'),
    "map-dump-kmesh_map64.json": dump,
    "metrics.txt": 'kmesh_map_entry_count{map_name="kmesh_map64"} 77',
  });
  const { families } = modelSnapshot(snapshots[0] as never, {});
  expect(families.find(({ seed }) => seed.name === "kmesh_map64")?.contents.entries).toMatchObject({
    value: 1,
    basis: "counted",
  });
});

test("metrics alone are a snapshot of the maps that they name", async () => {
  const snapshot = await readOne(
    'kmesh_map_entry_count{map_name="kmesh_map64",map_type="Hash"} 7\n' +
      'kmesh_map_max_entries{map_name="kmesh_map64",map_type="Hash"} 1e+06\n' +
      'kmesh_map_memlock_bytes{map_name="kmesh_map64",map_type="Hash"} 16932312\n',
  );
  expect(snapshot.metrics.map((it: Metric) => it.measure)).toEqual([
    "entries",
    "max entries",
    "memlock",
  ]);
  const { families } = modelSnapshot(snapshot, {});
  expect(families).toHaveLength(1);
  expect(families[0]?.seed).toMatchObject({
    name: "kmesh_map64",
    count: 1,
    known: { type: "hash", maxEntries: 1_000_000 },
  });
  expect(families[0]).toMatchObject({
    contents: { entries: { value: 7, basis: "reported" } },
    figures: { memlockBytes: { value: 16_932_312, basis: "reported" } },
  });
});

test("a map that is listed is not counted again by a sum of its name", async () => {
  const sums = JSON.stringify([
    { name: "kmesh_map64", total_bytes_memlock: 1, maps: 1 },
    { name: "elsewhere", total_bytes_memlock: 5, maps: 2 },
  ]);
  const { snapshots } = await readTexts({ "maps.json": LIST, "sums.json": sums });
  const { families } = modelSnapshot(snapshots[0] as never, {});
  expect(families.map(({ seed }) => [seed.name, seed.count])).toEqual([
    ["kmesh_map64", 1],
    ["map_of_cluster_", 1],
    ["map_of_cluster_", 1],
    ["cilium_ct4_glob", 1],
    ["elsewhere", 2],
  ]);
});

test("one name on two nodes is two maps, and their entries are both counted", async () => {
  const snapshot = await readOne(
    'kmesh_map_entry_count{map_name="kmesh_map64",node_name="a"} 7\n' +
      'kmesh_map_entry_count{map_name="kmesh_map64",node_name="b"} 5\n',
  );
  const { families } = modelSnapshot(snapshot, {});
  expect(families.map(({ seed, contents }) => [seed.count, contents.entries])).toEqual([
    [2, expect.objectContaining({ value: 12, basis: "reported" })],
  ]);
});
