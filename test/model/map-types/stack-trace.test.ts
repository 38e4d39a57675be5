import { stackTrace } from "../../../src/model/map-types/stack-trace.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(stackTrace, {
  uapi: 7,
  measured: { "5.10": 62, "6.1": 106, "6.6": 30, "6.12": 68, "6.18": 36 },
  parts: {
    "pointers and all traces": [
      "6.18",
      2,
      "stack_trace 4/1016/1024",
      {
        "header and buckets": 320 + 8192,
        "preallocated traces": 1024 * (16 + 1016),
        "free lists": 32,
      },
    ],
    "traces twice on 5.10, where the first room is never used": [
      "5.10",
      2,
      "stack_trace 4/1016/1000",
      {
        "header and buckets": 320 + 8192 + 1024 * 1032,
        "preallocated traces": 1000 * 1032,
        "free lists": 32,
      },
    ],
  },
  figures: {
    "one of 1,024 traces": [
      "6.18",
      2,
      "stack_trace 4/1016/1024",
      { entries: 1 },
      [1_065_312, 1_065_312 - 1023 * 1032, 1_065_312],
    ],
  },
  refuses: {
    "a value that is not whole frames": ["stack_trace 4/12/16", "EINVAL", /12/],
    "too many frames": ["stack_trace 4/1024/16", "EINVAL", /perf_event_max_stack/],
  },
});
