/** Figures of memory by name, as the kernel prints them: of one cgroup, or of the host. */
import type { Rounded } from "../rounded.ts";
import type { Placed } from "./part.ts";

/** One `memory.stat`. */
export interface MemoryStat extends Placed {
  /** Of the cgroup hierarchy: 1 has no figure of the kernel's memory in this file. */
  readonly version: 1 | 2;
  /** Where grep put the file's path in front of each line. */
  readonly cgroup?: string;
  /** Bytes, or a count where the kernel counts (`pgfault`); by the kernel's own names. */
  readonly figures: Readonly<Record<string, number>>;
}

/** `/proc/meminfo` or `free`. */
export interface HostMemory extends Placed {
  readonly tool: "meminfo" | "free";
  /** Bytes by the names of the tool (`Slab`, `VmallocUsed`; `used`, `available`). */
  readonly figures: Readonly<Record<string, Rounded>>;
}
