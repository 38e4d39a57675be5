/** Values that hang on tasks. */
import { defineMapType } from "../map-type.ts";
import { localStorageType } from "./local-storage-family.ts";

export const taskStorage = defineMapType({
  name: "task_storage",
  uapi: 29,
  since: [5, 11],
  ...localStorageType(true),
});
