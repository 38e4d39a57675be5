/** Rows measured on live kernels, as definitions and hosts: the known answers of the model's tests. */
import { readFileSync } from "node:fs";
import type { MapDefinition } from "../../src/model/definition.ts";
import type { Host } from "../../src/model/host.ts";
import { parseKernelVersion } from "../../src/model/kernel-version.ts";
import { makeHost } from "../../src/model/make-host.ts";

/** Attributes as measure_maps wrote them. */
export interface MeasuredRow {
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly flags: number;
  readonly entries: number;
  readonly possibleCpus: number;
  readonly memlock: number;
  readonly mapExtra?: number;
  /** `max_entries` as the kernel then shows it, where it differs. */
  readonly infoMaxEntries?: number;
  readonly structOps?: string;
  readonly structOpsMembers?: number;
  readonly structOpsValueMembers?: number;
  readonly structOpsFuncs?: number;
}

export interface ChargedRow extends MeasuredRow {
  readonly count: number;
  readonly chargedPerMap: number;
}

export interface FilledRow extends Omit<MeasuredRow, "entries" | "memlock"> {
  readonly keys: string;
  readonly levels: readonly { entries: number; memlock: number; charged: number }[];
}

interface MeasuredFile {
  readonly version: string;
  readonly structSizes: Readonly<Record<string, number>>;
}

export const GROUND_TRUTH_KERNELS = ["5.10", "6.1", "6.6", "6.12", "6.18"] as const;
export const TRUE_COST_KERNELS = ["6.1", "6.12", "6.18"] as const;

export type GroundTruth = MeasuredFile & { readonly rows: readonly MeasuredRow[] };
export type TrueCost = MeasuredFile & {
  readonly creation: readonly ChargedRow[];
  readonly filling: readonly FilledRow[];
};

export function groundTruth(kernel: (typeof GROUND_TRUTH_KERNELS)[number]): GroundTruth {
  return fixture(`ground-truth/${kernel}.json`);
}

export function trueCost(kernel: (typeof TRUE_COST_KERNELS)[number]): TrueCost {
  return fixture(`true-cost/${kernel}.json`);
}

/** Any fixture, parsed; the path is below fixtures/. */
export function fixture<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), "utf8"));
}

export function definitionOf(row: Omit<MeasuredRow, "entries" | "memlock">): MapDefinition {
  const { type, keySize, valueSize, maxEntries, flags, mapExtra, structOps } = row;
  return {
    type,
    keySize,
    valueSize,
    maxEntries,
    flags,
    mapExtra: mapExtra ?? 0,
    ...(structOps !== undefined && {
      structOps: {
        name: structOps,
        ...(row.structOpsMembers !== undefined && { members: row.structOpsMembers }),
        ...(row.structOpsValueMembers !== undefined && { valueMembers: row.structOpsValueMembers }),
        ...(row.structOpsFuncs !== undefined && { funcs: row.structOpsFuncs }),
      },
    }),
  };
}

/** The host a file was measured on, with the struct sizes it states. */
export function measuredHost(file: MeasuredFile, possibleCpus: number): Host {
  return hostOf(file.version, possibleCpus, file.structSizes);
}

/** A host of a named kernel, with the profile's struct sizes unless others are given. */
export function hostOf(
  kernel: string,
  possibleCpus: number,
  structSizes?: Readonly<Record<string, number>>,
): Host {
  const version = parseKernelVersion(kernel);
  if (version === undefined) throw new Error(`${kernel} is not a kernel version`);
  return makeHost({
    kernel: version,
    possibleCpus,
    ...(structSizes !== undefined && { structSizes }),
  });
}

/** `hash 16/64/1024` or `hash 16/64/1024 0x1` as a definition. */
export function definition(text: string, more: Partial<MapDefinition> = {}): MapDefinition {
  const [type = "", sizes = "", flags = "0"] = text.split(" ");
  const [keySize = 0, valueSize = 0, maxEntries = 0] = sizes.split("/").map(Number);
  return { type, keySize, valueSize, maxEntries, flags: Number(flags), mapExtra: 0, ...more };
}
