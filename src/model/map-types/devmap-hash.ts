/** Network devices by any key, such as their ifindex. */
import { defineMapType } from "../map-type.ts";
import { devmapType } from "./devmap-family.ts";

export const devmapHash = defineMapType({
  name: "devmap_hash",
  uapi: 25,
  since: [5, 4],
  holds: "entries",
  maxEntriesMeans: "Most devices; only the buckets are there from creation.",
  ...devmapType(true),
});
