import { skStorage } from "../../../src/model/map-types/sk-storage.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(skStorage, {
  uapi: 24,
  measured: { "5.10": 14, "6.1": 18, "6.6": 5, "6.12": 15, "6.18": 9 },
  reports: {
    "nothing at all, 5.11 to 6.3": ["6.1", 8, "sk_storage 4/64/0 0x1", 0, 0],
  },
  parts: {
    "buckets for the CPUs, two at least": [
      "6.18",
      1,
      "sk_storage 4/64/0 0x1",
      { header: 448, buckets: 16 * 2 },
    ],
    "the next power of two of the CPUs": [
      "6.18",
      6,
      "sk_storage 4/64/0 0x1",
      { header: 448, buckets: 16 * 8 },
    ],
  },
  entry: {
    "a value, and the list of its owner": [
      "6.18",
      2,
      "sk_storage 4/64/0 0x1",
      { value: 72 + 64, "owner list (at most one for each value)": 176 },
    ],
  },
  figures: {
    "empty, without a limit": [
      "6.18",
      2,
      "sk_storage 4/64/0 0x1",
      { entries: 0 },
      [480, 480, null],
    ],
    "two owners at most for two values": [
      "6.18",
      2,
      "sk_storage 4/64/0 0x1",
      { entries: 2 },
      [480 + 2 * (136 + 176), 480 + 2 * (136 + 176), null],
    ],
  },
  refuses: {
    "a number of entries": ["sk_storage 4/64/1 0x1", "EINVAL", /must be 0/],
    "no NO_PREALLOC": ["sk_storage 4/64/0", "EINVAL", /NO_PREALLOC must be set/],
    "a value over 64 KiB": ["sk_storage 4/65408/0 0x1", "E2BIG", /65,407/],
  },
});
