/** The xDS objects that a kernel-native Kmesh daemon printed as JSON, counted. */

export interface ConfigTree {
  /** A count that the dump cannot tell is not there: kmeshctl's tables have no endpoints. */
  readonly clusters?: number;
  readonly endpoints?: number;
  readonly listeners?: number;
  readonly filterChains?: number;
  readonly routes?: number;
  readonly virtualHosts?: number;
  /** What the daemon holds in its own memory, or what it read back from its BPF maps; `either` where the JSON cannot tell. */
  readonly origin: "cache" | "either";
  readonly mode: "kernel-native" | "dual-engine";
  /** Of a dual-engine daemon's cache. */
  readonly workloads?: number;
  readonly services?: number;
  readonly policies?: number;
  readonly source: string;
}
