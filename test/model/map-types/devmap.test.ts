import { devmap } from "../../../src/model/map-types/devmap.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(devmap, {
  uapi: 14,
  measured: { "5.10": 38, "6.1": 56, "6.6": 17, "6.12": 44, "6.18": 24 },
  parts: {
    "a pointer for each slot": ["6.18", 2, "devmap 4/4/1024", { header: 344, slots: 8192 }],
  },
  entry: {
    "one object": ["6.18", 2, "devmap 4/4/1024", { device: 64 }],
  },
  figures: {
    "three devices": [
      "6.18",
      2,
      "devmap 4/4/1024",
      { entries: 3 },
      [344 + 8192 + 3 * 64, 344 + 3 * (8 + 64), 344 + 8192 + 1024 * 64],
    ],
  },
  refuses: {
    "a value of 16 bytes": ["devmap 4/16/16", "EINVAL", /value size 16/],
    "the flag that the kernel sets itself": ["devmap 4/4/16 0x80", "EINVAL", /RDONLY_PROG/],
  },
});
