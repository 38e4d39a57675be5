import { percpuCgroupStorage } from "../../../src/model/map-types/percpu-cgroup-storage.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(percpuCgroupStorage, {
  uapi: 21,
  measured: { "5.10": 11, "6.1": 16, "6.6": 10, "6.12": 10, "6.18": 5 },
  parts: {
    "a header": ["6.18", 2, "percpu_cgroup_storage 16/64/0", { header: 328 }],
  },
  figures: {
    "without a count, nothing but the header is known": [
      "6.18",
      2,
      "percpu_cgroup_storage 16/64/0",
      {},
      [null, null, null],
    ],
    empty: ["6.18", 2, "percpu_cgroup_storage 16/64/0", { entries: 0 }, [328, 328, null]],
  },
  refuses: {
    "a number of entries": ["percpu_cgroup_storage 16/64/1", "EINVAL", /must be 0/],
    "a key of 4 bytes": ["percpu_cgroup_storage 4/64/0", "EINVAL", /key size 4/],
  },
});
