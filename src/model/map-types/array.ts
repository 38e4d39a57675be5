/** A plain array: every slot exists from creation. */
import { defineMapType } from "../map-type.ts";
import { arrayType } from "./array-family.ts";

export const array = defineMapType({
  name: "array",
  uapi: 2,
  since: [3, 19],
  maxEntriesMeans: "Number of slots; all of them exist from creation.",
  flags: {
    MMAPABLE: "header and slots take whole pages of their own, as .data, .bss and .rodata maps do",
  },
  ...arrayType(["NUMA_NODE", "MMAPABLE", "INNER_MAP"]),
});
