import { devmapHash } from "../../../src/model/map-types/devmap-hash.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(devmapHash, {
  uapi: 25,
  measured: { "5.10": 44, "6.1": 59, "6.6": 22, "6.12": 42, "6.18": 14 },
  parts: {
    buckets: ["6.18", 2, "devmap_hash 4/4/1000", { header: 344, buckets: 8 * 1024 }],
  },
  entry: {
    "one object": ["6.18", 2, "devmap_hash 4/4/1000", { device: 64 }],
  },
  figures: {
    "three devices": [
      "6.18",
      2,
      "devmap_hash 4/4/1000",
      { entries: 3 },
      [8536 + 192, 8536 + 192, 8536 + 64_000],
    ],
  },
  refuses: {
    "more than 2^31 entries": ["devmap_hash 4/4/2147483649", "EINVAL", /2\^31/],
  },
});
