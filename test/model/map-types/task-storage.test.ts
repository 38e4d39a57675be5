import { taskStorage } from "../../../src/model/map-types/task-storage.ts";
import { mapTypeCases } from "./map-type-cases.ts";

mapTypeCases(taskStorage, {
  uapi: 29,
  measured: { "6.1": 11, "6.6": 6, "6.12": 12, "6.18": 6 },
  parts: {
    "caches of values and owner lists from 6.4 on": [
      "6.18",
      2,
      "task_storage 4/64/0 0x1",
      {
        header: 448,
        buckets: 32,
        "values caches": 416,
        "values kept ready (4 for each possible CPU)": (136 + 8) * 8,
        "owner lists caches": 416,
        "owner lists kept ready (4 for each possible CPU)": (176 + 8) * 8,
      },
    ],
  },
  entry: {
    "a value, and the list of its owner, with list nodes": [
      "6.18",
      2,
      "task_storage 4/64/0 0x1",
      { value: 144, "owner list (at most one for each value)": 184 },
    ],
  },
  figures: {
    "empty, without a limit": [
      "6.18",
      2,
      "task_storage 4/64/0 0x1",
      { entries: 0 },
      [3936, 3936, null],
    ],
  },
  refuses: {
    "a key that is no descriptor": ["task_storage 8/64/0 0x1", "EINVAL", /key size 8/],
  },
});
