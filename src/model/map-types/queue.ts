/** A queue without keys: first in, first out. */
import { defineMapType } from "../map-type.ts";
import { queueStackType } from "./queue-stack.ts";

export const queue = defineMapType({ name: "queue", uapi: 22, ...queueStackType() });
