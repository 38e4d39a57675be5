import { reuseportSockarray } from "../../../src/model/map-types/reuseport-sockarray.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(reuseportSockarray, {
  uapi: 20,
  measured: { "5.10": 36, "6.1": 58, "6.6": 16, "6.12": 43, "6.18": 22 },
  parts: {
    "one area": ["6.18", 2, "reuseport_sockarray 4/8/100", { "header and slots": 296 + 800 }],
  },
  figures: {
    "five sockets": [
      "6.18",
      2,
      "reuseport_sockarray 4/8/100",
      { entries: 5 },
      [1096, 296 + 40, 1096],
    ],
  },
  refuses: {
    "a value of 16 bytes": ["reuseport_sockarray 4/16/100", "EINVAL", /value size 16/],
  },
});
