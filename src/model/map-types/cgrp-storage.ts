/** Values that hang on cgroups. */
import { defineMapType } from "../map-type.ts";
import { localStorageType } from "./local-storage-family.ts";

export const cgrpStorage = defineMapType({
  name: "cgrp_storage",
  uapi: 32,
  since: [6, 2],
  ...localStorageType(true),
});
