import { cgroupArray } from "../../../src/model/map-types/cgroup-array.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(cgroupArray, {
  uapi: 8,
  measured: { "5.10": 41, "6.1": 62, "6.6": 22, "6.12": 39, "6.18": 17 },
  parts: {
    slots: ["6.18", 2, "cgroup_array 4/4/8", { "header and slots": 312 + 64 }],
  },
  figures: {
    "two cgroups of eight": ["6.18", 2, "cgroup_array 4/4/8", { entries: 2 }, [376, 328, 376]],
  },
  refuses: {
    "keeping elements, which only perf arrays do": [
      "cgroup_array 4/4/8 0x800",
      "EINVAL",
      /PRESERVE_ELEMS/,
    ],
  },
});
