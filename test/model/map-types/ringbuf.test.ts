import { ringbuf } from "../../../src/model/map-types/ringbuf.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(ringbuf, {
  uapi: 27,
  measured: { "5.10": 15, "6.1": 19, "6.6": 5, "6.12": 17, "6.18": 12 },
  reports: {
    "nothing at all, 5.11 to 6.3": ["6.1", 8, "ringbuf 0/0/262144", 0, 0],
    "its pages and three more with the header, to 5.10": [
      "5.10",
      2,
      "ringbuf 0/0/262144",
      0,
      278_528,
    ],
  },
  parts: {
    "pages, and pointers to map them twice": [
      "6.18",
      2,
      "ringbuf 0/0/262144",
      { header: 304, "ring pages": (3 + 64) * 4096, "page pointers": (3 + 2 * 64) * 8 },
    ],
  },
  figures: {
    "all of it is in use from creation": [
      "6.18",
      2,
      "ringbuf 0/0/262144",
      {},
      [275_784, 275_784, 275_784],
    ],
  },
  refuses: {
    "a size that is no power of two": ["ringbuf 0/0/12288", "EINVAL", /power of two/],
    "less than a page": ["ringbuf 0/0/2048", "EINVAL", /power of two/],
    "a key size": ["ringbuf 4/0/4096", "EINVAL", /key size 4/],
  },
});
