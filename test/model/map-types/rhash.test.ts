import { rhash } from "../../../src/model/map-types/rhash.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(rhash, {
  uapi: 35,
  measured: {},
  // No kernel with the type was measured: any size of the header shows the formula.
  structSizes: { bpf_rhtab: 704 },
  reports: {
    "rhtab_map_mem_usage() as it was posted": ["7.2", 2, "rhash 16/64/1024 0x1", 10, 1584],
  },
  parts: {
    "a header and caches": [
      "7.2",
      2,
      "rhash 16/64/1024 0x1",
      {
        header: 704,
        "entries caches": 416,
        "entries kept ready (4 for each possible CPU)": (8 + 16 + 64 + 8) * 8,
      },
    ],
  },
  figures: {
    "its buckets grow with the entries and are reported nowhere": [
      "7.2",
      2,
      "rhash 16/64/1024 0x1",
      { entries: 3 },
      [null, null, null],
    ],
    empty: [
      "7.2",
      2,
      "rhash 16/64/1024 0x1",
      { entries: 0 },
      [704 + 416 + 768, 704 + 416 + 768, null],
    ],
  },
  refuses: {
    "no NO_PREALLOC": ["rhash 16/64/1024", "EINVAL", /NO_PREALLOC must be set/],
    "a key over 65,535 bytes": ["rhash 65536/8/16 0x1", "E2BIG", /65,535/],
  },
});
