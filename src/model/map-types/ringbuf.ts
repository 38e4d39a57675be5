/** Records from programs to a process, in one ring for all CPUs. */
import { defineMapType } from "../map-type.ts";
import { chargedRing, ringType } from "./ring-family.ts";

const shared = ringType(["RB_OVERWRITE"]);

export const ringbuf = defineMapType({
  ...shared,
  name: "ringbuf",
  uapi: 27,
  since: [5, 8],
  flags: {},
  memlock: { ...shared.memlock, chargedPages: chargedRing },
});
