import { sockmap } from "../../../src/model/map-types/sockmap.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(sockmap, {
  uapi: 15,
  measured: { "5.10": 41, "6.1": 55, "6.6": 26, "6.12": 37, "6.18": 22 },
  parts: {
    "a pointer for each slot": ["6.18", 2, "sockmap 4/8/64", { header: 376, slots: 512 }],
  },
  figures: {
    "four sockets": ["6.18", 2, "sockmap 4/8/64", { entries: 4 }, [888, 376 + 32, 888]],
  },
  refuses: {
    "a value of 16 bytes": ["sockmap 4/16/64", "EINVAL", /value size 16/],
  },
});
