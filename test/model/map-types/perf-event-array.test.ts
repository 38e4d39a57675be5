import { perfEventArray } from "../../../src/model/map-types/perf-event-array.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(perfEventArray, {
  uapi: 4,
  measured: { "5.10": 37, "6.1": 55, "6.6": 18, "6.12": 35, "6.18": 18 },
  parts: {
    slots: ["6.18", 2, "perf_event_array 4/4/2", { "header and slots": 312 + 16 }],
  },
  figures: {
    "one event of two": ["6.18", 2, "perf_event_array 4/4/2", { nonZeroSlots: 1 }, [328, 320, 328]],
  },
  refuses: {
    "no slots": ["perf_event_array 4/4/0", "EINVAL", /max_entries 0/],
  },
});
