import { userRingbuf } from "../../../src/model/map-types/user-ringbuf.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(userRingbuf, {
  uapi: 31,
  measured: { "6.1": 20, "6.6": 7, "6.12": 14, "6.18": 7 },
  parts: {
    "pages, and pointers to map them twice": [
      "6.18",
      2,
      "user_ringbuf 0/0/4096",
      { header: 304, "ring pages": 4 * 4096, "page pointers": 5 * 8 },
    ],
  },
  figures: {
    "all of it is in use from creation": [
      "6.18",
      2,
      "user_ringbuf 0/0/4096",
      {},
      [16_728, 16_728, 16_728],
    ],
  },
  refuses: {
    "a size that is no power of two": ["user_ringbuf 0/0/12288", "EINVAL", /power of two/],
  },
});
