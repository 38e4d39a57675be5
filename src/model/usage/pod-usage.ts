/** What `kubectl top` shows and `kubectl describe node` declares. */
import type { Rounded } from "../rounded.ts";
import type { Placed } from "./part.ts";

/** One row of `kubectl top`: working set and CPU of a pod, a container of it, or a node. */
export interface PodUsage extends Placed {
  readonly kind: "pod" | "container" | "node";
  /** Of the pod or the node. */
  readonly name: string;
  readonly container?: string;
  readonly namespace?: string;
  /** Thousandths of a CPU. Absent for `<unknown>`. */
  readonly cpuMillis?: Rounded;
  /** Bytes of the working set: what the cgroup holds less file pages that can go at once. */
  readonly memory?: Rounded;
}

/** One row of the pods that a node runs: sums over the pod's containers and its RuntimeClass overhead. */
export interface PodRequest extends Placed {
  readonly pod: string;
  readonly namespace: string;
  /** 0 where nothing is asked for, as the tool prints it. */
  readonly cpuRequestMillis: number;
  readonly cpuLimitMillis: number;
  readonly memoryRequestBytes: number;
  readonly memoryLimitBytes: number;
}

/** What crictl says of one container; each command knows a part of it. */
export interface ContainerFact extends Placed {
  /** 64 hex digits, or the first 13 of them. */
  readonly id?: string;
  readonly name?: string;
  readonly pod?: string;
  readonly namespace?: string;
  readonly podUid?: string;
  /** Id of the pod's sandbox. */
  readonly sandbox?: string;
  readonly cgroupsPath?: string;
  readonly memoryLimitBytes?: number;
  readonly memory?: Rounded;
  readonly cpuPercent?: Rounded;
}
