import { structOps } from "../../../src/model/map-types/struct-ops.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(structOps, {
  uapi: 26,
  measured: { "6.1": 4, "6.12": 4, "6.18": 2 },
  // tcp_congestion_ops: 18 members, 13 of them functions, in a value of two members.
  more: { structOps: { name: "tcp_congestion_ops", members: 18, valueMembers: 2, funcs: 13 } },
  reports: {
    "tcp_congestion_ops on 6.18, with a page for trampolines": [
      "6.18",
      2,
      "struct_ops 4/256/1",
      0,
      5264,
    ],
  },
  parts: {
    "the value twice, and links and symbols of functions": [
      "6.18",
      2,
      "struct_ops 4/256/1",
      {
        "header and kernel value": 512 + 256 - 64,
        "user value": 256,
        links: 13 * 8,
        symbols: 13 * 8,
      },
    ],
    "programs for the members of the value, 6.4 to 6.11": [
      "6.6",
      2,
      "struct_ops 4/256/1",
      { "header and kernel value": 512 + 192, "user value": 256, programs: 2 * 8 },
    ],
  },
  figures: {
    "all of it is in use from creation": ["6.18", 2, "struct_ops 4/256/1", {}, [1168, 1168, 1168]],
  },
  refuses: {
    "more than one value": ["struct_ops 4/256/2", "EINVAL", /must be 1/],
    "a key of 8 bytes": ["struct_ops 8/256/1", "EINVAL", /key size 8/],
  },
});
