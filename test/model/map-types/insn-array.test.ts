import { insnArray } from "../../../src/model/map-types/insn-array.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(insnArray, {
  uapi: 34,
  measured: {},
  // No kernel with the type was measured: any size of the header shows the formula.
  structSizes: { bpf_insn_array: 320 },
  reports: {
    "insn_array_mem_usage() as it was merged": ["6.19", 2, "insn_array 4/16/100", 0, 2720],
  },
  parts: {
    "three numbers and a pointer for each": [
      "6.19",
      2,
      "insn_array 4/16/100",
      { "header, values and pointers": 320 + 100 * 24 },
    ],
  },
  figures: {
    "filled slots are known only from a dump": [
      "6.19",
      2,
      "insn_array 4/16/100",
      { nonZeroSlots: 10 },
      [2720, 320 + 240, 2720],
    ],
  },
  refuses: {
    "a value of 8 bytes": ["insn_array 4/8/100", "EINVAL", /value size 8/],
    "any flag": ["insn_array 4/16/100 0x80", "EINVAL", /RDONLY_PROG/],
  },
});
