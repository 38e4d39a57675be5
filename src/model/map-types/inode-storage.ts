/** Values that hang on inodes. */
import { defineMapType } from "../map-type.ts";
import { localStorageType } from "./local-storage-family.ts";

export const inodeStorage = defineMapType({
  name: "inode_storage",
  uapi: 28,
  since: [5, 10],
  ...localStorageType(false),
});
