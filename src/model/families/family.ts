/** Maps alike in name, definition and parent: one row with a count. */
import type { Basis } from "../../base/basis.ts";
import type { Confidence } from "../confidence.ts";
import type { MapDefinition } from "../definition.ts";
import type { MapDump } from "../snapshot.ts";
import type { Declaration } from "./declared.ts";
import type { Owner } from "./owners.ts";

export type Role = "plain" | "outer" | "inner" | "template";

export interface OuterLink {
  /** Id of the outer map's family. */
  readonly family: string;
  readonly name: string | null;
  readonly confidence: Confidence;
  readonly evidence: string;
}

/** Maps of a family that are alike in everything that their figures depend on. */
export interface Batch {
  readonly count: number;
  /** What the kernel reported for one of them; absent where it did not, or where only a sum is known. */
  readonly memlockBytes?: number;
  readonly entries?: number;
  readonly nonZeroSlots?: number;
  /** How the contents are known, or why they are not. */
  readonly contents:
    | { readonly basis: Basis; readonly source: string }
    | { readonly unknown: string; readonly wasDumped?: true };
}

/** A family before its cost is known. */
export interface FamilySeed {
  readonly id: string;
  readonly name: string | null;
  readonly fullName?: string;
  /** Where a pin tells it; the object or the owner do otherwise. */
  readonly fullNameFrom?: { readonly basis: Basis; readonly source: string };
  readonly definition: MapDefinition | undefined;
  /** Where the definition comes from, when the input did not list it; or why there is none. */
  readonly definedBy?: { readonly basis: Basis; readonly source: string };
  readonly undefinedBecause?: string;
  /** The parts of a definition that are known where the whole is not. */
  readonly known?: Partial<Pick<MapDefinition, "type" | "keySize" | "valueSize" | "maxEntries">>;
  readonly role: Role;
  readonly outer?: OuterLink;
  readonly owner?: { readonly name: string; readonly basis: Basis; readonly source: string };
  /** Everything that the maps belong to, by kind and with counts: a map may have several. */
  readonly owners?: readonly Owner[];
  /** The declaration in an object that was given beside the dump. */
  readonly declared?: Declaration;
  readonly count: number;
  readonly mapIds: readonly (readonly [number, number])[];
  readonly batches: readonly Batch[];
  /** Of those of its maps that were dumped. */
  readonly dumps?: readonly MapDump[];
  /** The sum over the family, where the input gives no single values. */
  readonly memlockSum?: { readonly value: number; readonly basis: Basis; readonly formula: string };
  /** Maps of the whole family that are in use, where that is known of them as maps (inner maps of a scaler). */
  readonly mapsInUse?:
    | { readonly count: number; readonly basis: Basis; readonly source: string }
    | { readonly unknown: string };
}

/** Readable, stable across snapshots: `outer_map:array_of_maps:4/4:1048576:0x0`. */
export function familyId(
  name: string | null,
  definition: MapDefinition | undefined,
  outerName?: string | null,
): string {
  const own = name ?? "(unnamed)";
  const shape =
    definition === undefined
      ? "unknown"
      : `${definition.type}:${definition.keySize}/${definition.valueSize}:${definition.maxEntries}:0x${definition.flags.toString(16)}`;
  return outerName === undefined
    ? `${own}:${shape}`
    : `${own}:${shape}@${outerName ?? "(unnamed)"}`;
}

/** `[3, 1, 2, 7]` -> `[[1, 3], [7, 7]]`. Ids that the input does not give (NaN) are left out. */
export function idRanges(ids: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  // A typed array sorts as numbers, without a comparison function, and NaN last.
  for (const id of isAscending(ids) ? ids : Float64Array.from(ids).sort()) {
    if (Number.isNaN(id)) break;
    const last = ranges.at(-1);
    if (last !== undefined && id <= last[1] + 1) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges;
}

/** bpftool lists by id, so this is the usual case. */
function isAscending(ids: readonly number[]): boolean {
  return ids.every((id, index) => index === 0 || id >= (ids[index - 1] ?? Number.NaN));
}
