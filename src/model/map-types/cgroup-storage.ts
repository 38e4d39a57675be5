/** Values for cgroups that a program is attached to. */
import { defineMapType } from "../map-type.ts";
import { cgroupStorageType } from "./cgroup-storage-family.ts";

export const cgroupStorage = defineMapType({
  name: "cgroup_storage",
  uapi: 19,
  since: [4, 19],
  ...cgroupStorageType(false),
});
