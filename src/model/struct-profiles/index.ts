/** Struct sizes of named kernels: what a formula uses when the kernel's own BTF was not given. */
import type { KernelVersion } from "../host.ts";
import { profile as v5_10_89 } from "./5.10.89.ts";
import { profile as v5_15_85 } from "./5.15.85.ts";
import { profile as v6_1_192 } from "./6.1.192.ts";
import { profile as v6_4_6 } from "./6.4.6.ts";
import { profile as v6_6_87 } from "./6.6.87.ts";
import { profile as v6_12_117 } from "./6.12.117.ts";
import { profile as v6_18_44 } from "./6.18.44.ts";

export interface StructProfile {
  /** The kernel they were read from: `6.12.117`. */
  readonly name: string;
  readonly kernel: KernelVersion;
  /** Struct name to bytes. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** Oldest first. */
export const structProfiles: readonly StructProfile[] = [
  v5_10_89,
  v5_15_85,
  v6_1_192,
  v6_4_6,
  v6_6_87,
  v6_12_117,
  v6_18_44,
];

/** Of map types that are newer than every profile: only a kernel's own BTF has them. */
const NEWER_STRUCTS = ["bpf_insn_array", "bpf_rhtab"];

/** Every struct that a formula may ask for: what to read from a kernel's own BTF. */
export const KERNEL_STRUCTS: readonly string[] = [
  ...new Set([...structProfiles.flatMap(({ sizes }) => Object.keys(sizes)), ...NEWER_STRUCTS]),
].sort();
