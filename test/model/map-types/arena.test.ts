import { arena } from "../../../src/model/map-types/arena.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(arena, {
  uapi: 33,
  measured: { "6.12": 8, "6.18": 5 },
  parts: {
    "a header": ["6.18", 2, "arena 0/0/100 0x400", { header: 400 }],
  },
  entry: {
    "a page": ["6.18", 2, "arena 0/0/100 0x400", { page: 4096 }],
  },
  figures: {
    "two pages in use": [
      "6.18",
      2,
      "arena 0/0/100 0x400",
      { entries: 2 },
      [400 + 8192, 400 + 8192, 400 + 409_600],
    ],
    "pages that nobody counted": [
      "6.18",
      2,
      "arena 0/0/100 0x400",
      {},
      [null, null, 400 + 409_600],
    ],
  },
  refuses: {
    "not mapped": ["arena 0/0/100", "EINVAL", /MMAPABLE must be set/],
    "over 4 GiB": ["arena 0/0/1048577 0x400", "E2BIG", /4 GiB/],
  },
});
