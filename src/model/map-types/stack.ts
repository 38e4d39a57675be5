/** A stack without keys: last in, first out. */
import { defineMapType } from "../map-type.ts";
import { queueStackType } from "./queue-stack.ts";

export const stack = defineMapType({ name: "stack", uapi: 23, ...queueStackType() });
