import { percpuArray } from "../../../src/model/map-types/percpu-array.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(percpuArray, {
  uapi: 6,
  measured: { "5.10": 26, "6.1": 28, "6.6": 8, "6.12": 22, "6.18": 23 },
  reports: {
    "65,536 counters on 32 CPUs, a public dump with headers of 320 bytes": [
      "6.4",
      32,
      "percpu_array 4/8/65536",
      0,
      17_301_824,
    ],
    "eps_data of Kmesh on 8 CPUs": ["6.1", 8, "percpu_array 4/776/1", 0, 8192],
  },
  parts: {
    "a pointer for each slot, and a value for each CPU": [
      "6.12",
      8,
      "percpu_array 4/12/256",
      { "header and pointers": 264 + 8 * 256, values: 16 * 256 * 8 },
    ],
  },
  figures: {
    "half of the slots filled": [
      "6.12",
      8,
      "percpu_array 4/12/256",
      { nonZeroSlots: 128 },
      [35_080, 35_080 - 128 * (8 + 128), 35_080],
    ],
  },
  refuses: {
    "a value over what one CPU gets": ["percpu_array 4/32769/1", "E2BIG", /32,768/],
    "mapping it": ["percpu_array 4/8/1 0x400", "EINVAL", /MMAPABLE/],
  },
});
