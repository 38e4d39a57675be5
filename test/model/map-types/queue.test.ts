import { queue } from "../../../src/model/map-types/queue.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(queue, {
  uapi: 22,
  measured: { "5.10": 11, "6.1": 15, "6.6": 4, "6.12": 12, "6.18": 22 },
  parts: {
    "one place more than entries": [
      "6.18",
      2,
      "queue 0/64/100",
      { "header and entries": 312 + 101 * 64 },
    ],
  },
  figures: {
    "half full": ["6.18", 2, "queue 0/64/100", { entries: 50 }, [6776, 6776 - 50 * 64, 6776]],
  },
  refuses: {
    "a key": ["queue 4/8/16", "EINVAL", /key size 4/],
    "values that pass 32 bits": ["queue 0/4096/1048576", "E2BIG", /32 bits/],
  },
});
