/** Records from a process to programs: the ring the other way round. */
import { defineMapType } from "../map-type.ts";
import { ringType } from "./ring-family.ts";

export const userRingbuf = defineMapType({
  name: "user_ringbuf",
  uapi: 31,
  since: [6, 1],
  flags: {},
  ...ringType([]),
});
