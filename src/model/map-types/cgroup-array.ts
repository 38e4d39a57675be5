/** Cgroups to compare a task or a packet with: a pointer for each slot. */
import { defineMapType } from "../map-type.ts";
import { descriptorArrayType } from "./array-family.ts";

export const cgroupArray = defineMapType({
  name: "cgroup_array",
  uapi: 8,
  since: [4, 8],
  maxEntriesMeans: "Number of slots for cgroups; all of them exist from creation.",
  flags: {},
  ...descriptorArrayType(["NUMA_NODE"]),
});
