import { sockhash } from "../../../src/model/map-types/sockhash.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(sockhash, {
  uapi: 18,
  measured: { "5.10": 35, "6.1": 57, "6.6": 19, "6.12": 35, "6.18": 18 },
  parts: {
    buckets: ["6.18", 2, "sockhash 12/8/1000", { header: 384, buckets: 16 * 1024 }],
  },
  entry: {
    "one object with the key": ["6.18", 2, "sockhash 12/8/1000", { "socket entry": 48 + 16 }],
  },
  figures: {
    "ten sockets": [
      "6.18",
      2,
      "sockhash 12/8/1000",
      { entries: 10 },
      [16_768 + 640, 16_768 + 640, 16_768 + 64_000],
    ],
  },
  refuses: {
    "a key over the BPF stack": ["sockhash 513/8/16", "E2BIG", /512/],
  },
});
