/** One row of systemd-cgtop. */
import type { Rounded } from "../rounded.ts";
import type { Placed } from "./part.ts";

export interface CgroupUsage extends Placed {
  /** `/kubepods/pod<uid>/<id>`; `/` is the root. */
  readonly path: string;
  /** The tool shortened the path with `…`, so that it is not the whole of it. */
  readonly isCut: boolean;
  /** Tasks, or processes with `-P` and `-k`. */
  readonly tasks?: number;
  /** Of one CPU: 100 is one CPU in full. Absent with `--cpu=time`. */
  readonly cpuPercent?: Rounded;
  /** Bytes that the memory controller counts, children included. */
  readonly memory?: Rounded;
}
