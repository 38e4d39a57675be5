/** Values for cgroups that a program is attached to, one copy for each possible CPU. */
import { defineMapType } from "../map-type.ts";
import { cgroupStorageType } from "./cgroup-storage-family.ts";

export const percpuCgroupStorage = defineMapType({
  name: "percpu_cgroup_storage",
  uapi: 21,
  since: [4, 20],
  isPerCpu: true,
  ...cgroupStorageType(true),
});
