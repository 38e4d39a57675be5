/** Values that hang on sockets. */
import { defineMapType } from "../map-type.ts";
import { localStorageType } from "./local-storage-family.ts";

export const skStorage = defineMapType({
  name: "sk_storage",
  uapi: 24,
  since: [5, 2],
  ...localStorageType(false),
});
