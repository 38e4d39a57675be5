/** Network devices by index. */
import { defineMapType } from "../map-type.ts";
import { devmapType } from "./devmap-family.ts";

export const devmap = defineMapType({
  name: "devmap",
  uapi: 14,
  since: [4, 14],
  holds: "slots",
  slotsHoldObjects: true,
  maxEntriesMeans:
    "Number of slots for devices; a device's own struct is allocated when it is put in.",
  ...devmapType(false),
});
