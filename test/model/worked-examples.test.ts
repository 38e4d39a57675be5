/** Figures worked out by hand from the kernel's source and measured: what common maps report and take. */
import { describe, expect, test } from "vitest";
import { costOf } from "../../src/model/cost.ts";
import { definition, hostOf } from "./measured.ts";

/** Reported bytes by kernel: htab_map_mem_usage() and its like, bpf_map_memory_footprint(), bpf_map_charge_init(). */
const REPORTED: Record<
  string,
  readonly [definition: string, cpus: number, entries: number, bytes: Record<string, number>]
> = {
  "an array with one value of 1,300 bytes": [
    "array 4/1300/1",
    2,
    0,
    { "5.10": 4096, "6.1": 4096, "6.12": 1568, "6.18": 1616 },
  ],
  "a hash of 1,024 entries": [
    "hash 16/64/1024",
    2,
    0,
    { "5.10": 151_552, "6.1": 81_920, "6.12": 148_688, "6.18": 148_624 },
  ],
  "the same on demand, half full": [
    "hash 16/64/1024 0x1",
    2,
    512,
    { "5.10": 151_552, "6.1": 81_920, "6.18": 86_912 },
  ],
  "the same on demand, empty": ["hash 16/64/1024 0x1", 2, 0, { "6.18": 17_280 }],
  "per-CPU counters on 8 CPUs": [
    "percpu_array 4/12/256",
    8,
    0,
    { "5.10": 36_864, "6.1": 36_864, "6.12": 35_080 },
  ],
  "a ring of 256 KiB": ["ringbuf 0/0/262144", 2, 0, { "5.10": 278_528, "6.1": 0, "6.18": 275_784 }],
  "100 of 10,000 prefixes": [
    "lpm_trie 8/8/10000 0x1",
    2,
    100,
    { "5.10": 524_288, "6.1": 163_840, "6.12": 5200, "6.18": 3600 },
  ],
  "an LRU with a list for each of 6 CPUs": [
    "lru_hash 8/32/1000 0x2",
    6,
    0,
    { "6.1": 40_960, "6.18": 105_584 },
  ],
  "a bloom filter for 100,000 values": [
    "bloom_filter 0/8/100000",
    2,
    0,
    { "6.1": 802_816, "6.18": 131_384 },
  ],
  "a .data map of 100 bytes": [
    "array 4/100/1 0x400",
    2,
    0,
    { "5.10": 8192, "6.1": 4096, "6.18": 8192 },
  ],
};

describe("a kernel reports for", () => {
  const cases = Object.entries(REPORTED).flatMap(([what, [text, cpus, entries, byKernel]]) =>
    Object.entries(byKernel).map(([kernel, bytes]) => ({
      what,
      kernel,
      text,
      cpus,
      entries,
      bytes,
    })),
  );
  test.each(cases)("$what on $kernel: $bytes B", ({ kernel, text, cpus, entries, bytes }) => {
    const { modeledMemlockBytes } = costOf(definition(text), { entries }, hostOf(kernel, cpus));
    expect(modeledMemlockBytes).toMatchObject({ value: bytes });
  });
});

/** What 32,768 inner maps of one slot were charged each, measured on 6.18: the slab class and an owner pointer. */
describe("one-entry arrays on 6.18", () => {
  test.each([
    [64, 376, 520],
    [192, 504, 520],
    [296, 608, 1032],
    [1300, 1616, 2056],
    [1600, 1912, 2056],
  ])("with a value of %i B report %i B and are charged %i B", (valueSize, reported, charged) => {
    const cost = costOf(definition("array 4/0/1", { valueSize }), {}, hostOf("6.18", 2));
    expect(cost.modeledMemlockBytes).toMatchObject({ value: reported });
    expect(cost.chargedBytes).toMatchObject({ value: charged });
    expect(cost.residentBytes).toMatchObject({ value: charged });
  });

  test("a larger header tips 192 bytes into the next class on 6.6", () => {
    const taken = (kernel: string) =>
      costOf(definition("array 4/192/1"), {}, hostOf(kernel, 2)).chargedBytes;
    expect(taken("6.1")).toMatchObject({ value: 520 });
    expect(taken("6.6")).toMatchObject({ value: 1032 });
  });
});

/** Maps of Kmesh: the product of 5.11 to 6.3 (8 CPUs) against what 6.18 reports for the empty map (2 CPUs). */
describe("maps of Kmesh, empty", () => {
  test.each([
    ["kmesh_map1600", "hash 4/1600/1000000 0x1", 1_608_003_584, 16_778_112],
    ["kmesh_map296", "hash 4/296/1000000 0x1", 304_001_024, 16_778_112],
    ["kmesh_map192", "hash 4/192/1000000 0x1", 200_003_584, 16_778_112],
    ["kmesh_map64", "hash 4/64/1000000 0x1", 72_003_584, 16_778_112],
    ["map_of_cluster_eps", "hash 192/776/131072 0x1", 126_877_696, 2_098_048],
    ["kmesh_backend", "hash 4/84/100000 0x1", 8_802_304, 2_098_048],
    ["km_endpoint", "hash 12/4/105000 0x1", 1_683_456, 2_098_048],
    ["km_cluster", "hash 192/72/16384 0x1", 4_325_376, 263_040],
    ["outer_map", "array_of_maps 4/4/1048576", 8_388_608, 8_388_920],
    ["inner map", "array 4/1300/1", 4096, 1616],
    ["kmesh_events", "ringbuf 0/0/262144", 0, 275_784],
  ])("%s is %s: %i B by the product, %i B on 6.18", (_name, text, product, counted) => {
    const reported = (kernel: string, cpus: number) =>
      costOf(definition(text), { entries: 0 }, hostOf(kernel, cpus)).modeledMemlockBytes;
    expect(reported("6.1", 8)).toMatchObject({ value: product });
    expect(reported("6.18", 2)).toMatchObject({ value: counted });
  });

  test.each([
    ["kmesh_map64", "hash 4/64/1000000 0x1", 128, 128],
    ["kmesh_map192", "hash 4/192/1000000 0x1", 256, 256],
    ["kmesh_map296", "hash 4/296/1000000 0x1", 360, 512],
    ["kmesh_map1600", "hash 4/1600/1000000 0x1", 1664, 2048],
    ["km_cluster", "hash 192/72/16384 0x1", 320, 512],
    ["km_endpoint", "hash 12/4/105000 0x1", 80, 96],
    ["km_service", "hash 4/132/105000 0x1", 200, 256],
  ])(
    "an entry of %s (%s) counts %i B and takes a slab object of %i B",
    (_name, text, counted, slab) => {
      const [entry] = costOf(definition(text), {}, hostOf("6.18", 2)).entryComponents;
      expect(entry).toMatchObject({ bytes: counted, residentBytes: slab + 8 });
    },
  );

  test.each([
    ["kmesh_listener", "hash 40/64/1024 0x1", 106_496],
    ["kmesh_tail_call_ctx", "hash 16/227/256 0x1", 65_536],
    ["kmesh_tail_call_prog", "prog_array 4/4/32", 4096],
    ["kmesh_manage", "hash 16/4/8192 0x1", 196_608],
    ["map_of_router_config", "hash 192/56/16384 0x1", 4_063_232],
    ["kmesh_cluster", "hash 192/64/16384 0x1", 4_194_304],
    ["tmp_buf", "percpu_array 4/40/1", 4096],
    ["tmp_log_buf", "percpu_array 4/260/1", 4096],
    ["map_of_cluster_eps_data", "percpu_array 4/776/1", 8192],
    ["map_of_sock_storage", "sk_storage 4/64/0 0x1", 0],
  ])("%s (%s) is one node's share of the row of issue 945: %i B", (_name, text, bytes) => {
    const { modeledMemlockBytes } = costOf(definition(text), {}, hostOf("6.1.19", 8));
    expect(modeledMemlockBytes).toMatchObject({ value: bytes });
  });
});
