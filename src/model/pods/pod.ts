/** A pod as several tools show it, joined by uid, container id or name; each join says why. */
import type { Rounded } from "../rounded.ts";
import type { ReportPart } from "../usage/part.ts";

export interface Pod {
  /** The name, else the uid; with the part of the report in front where there is one. Unique. */
  id: string;
  readonly part?: ReportPart;
  uid?: string;
  name?: string;
  namespace?: string;
  runtime?: string;
  /** Names of its containers, without the pause container, which crictl does not list. */
  readonly containers: string[];
  /** What its control group holds. `path` is that of its sandbox where the pod's own was not listed. */
  memory?: { readonly figure: Rounded; readonly path: string; readonly source: string };
  /** What the runtime holds for it in a group outside of the pod's. */
  outside?: { readonly figure: Rounded; readonly path: string; readonly source: string };
  /** Its group, or its sandbox's, was listed without a figure of memory. */
  hasEmptyCgroup?: boolean;
  /** What `kubectl top` shows. */
  workingSet?: { readonly figure: Rounded; readonly source: string };
  cpuMillis?: Rounded;
  limit?: PodLimit;
  /** How its parts were found to be of one pod. */
  readonly joined: string[];
}

export interface PodLimit {
  readonly memoryBytes?: number;
  readonly cpuMillis?: number;
  readonly source: string;
}
