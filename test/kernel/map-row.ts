/** One map that a live test asks a helper in C for, and the same map as the model sees it. */
import type { MapDefinition } from "../../src/model/definition.ts";
import { findMapType } from "../../src/model/map-types/index.ts";
import type { Vmlinux } from "./vmlinux.ts";

export interface MapRow {
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  readonly flags: number;
  /** Put in after creation. */
  readonly entries: number;
  readonly mapExtra?: number;
  readonly innerValueSize?: number;
  /** The operations of a struct_ops map; its value has the size that the kernel gives it. */
  readonly structOps?: string;
}

/** What every helper that makes maps is compiled from, beside its own file. */
export const MAKE_MAP = ["test/kernel/make-map.c", "scripts/live/fill.c", "scripts/live/storage.c"];

/** The fields of `struct row` in make-map.h. */
export function lineOf(row: MapRow, vmlinux: Vmlinux): string {
  const operations = row.structOps === undefined ? undefined : vmlinux.structOps(row.structOps);
  return [
    findMapType(row.type)?.uapi,
    row.keySize,
    operations?.valueSize ?? row.valueSize,
    row.maxEntries,
    row.flags,
    row.mapExtra ?? 0,
    row.entries,
    row.innerValueSize ?? 0,
    operations?.valueType ?? 0,
  ].join(" ");
}

export function definitionOf(row: MapRow, vmlinux: Vmlinux): MapDefinition {
  const { type, keySize, valueSize, maxEntries, flags, mapExtra, innerValueSize, structOps } = row;
  const operations = structOps === undefined ? undefined : vmlinux.structOps(structOps);
  return {
    type,
    keySize,
    valueSize: operations?.valueSize ?? valueSize,
    maxEntries,
    flags,
    ...(mapExtra !== undefined && { mapExtra }),
    ...(innerValueSize !== undefined && {
      inner: { type: "array", keySize: 4, valueSize: innerValueSize, maxEntries: 1, flags: 0 },
    }),
    ...(structOps !== undefined &&
      operations !== undefined && { structOps: { name: structOps, ...operations } }),
  };
}
