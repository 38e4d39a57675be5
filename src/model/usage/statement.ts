/** What a report says in words, as far as it is a figure that can be held against what was measured. */
import type { Rounded } from "../rounded.ts";
import type { Placed } from "./part.ts";

export type Statement = Placed & {
  /** The words, shortened. */
  readonly quote: string;
} & StatementKind;

type StatementKind =
  /** `4M vs 237M` */
  | { readonly kind: "memory-pair"; readonly from: Rounded; readonly to: Rounded }
  /** A share of CPU: of one core, of all cores of the host, or what a pod may take of those. */
  | {
      readonly kind: "cpu-share";
      readonly percent: Rounded;
      readonly of: "core" | "host" | "limit";
    }
  /** `8 cores, 8000m in all`: what shares under this heading are shares of. */
  | { readonly kind: "cpu-total"; readonly cpus: number }
  /** `limit 1C1Gi`, `memory: "1Gi"` under `limits:` */
  | {
      readonly kind: "pod-limit";
      readonly memoryBytes?: number;
      readonly cpuMillis?: number;
    }
  /** What a RuntimeClass declares for the sandbox itself; 0 where the report says that there is none. */
  | { readonly kind: "pod-overhead"; readonly memoryBytes: number }
  /** `debug_console_enabled = true` */
  | { readonly kind: "setting"; readonly name: string; readonly value: string }
  /** `created 10000 services` */
  | { readonly kind: "scale-count"; readonly count: number; readonly of: string };
