/** Objects -> what they declare, with what each map would cost on a host when it is loaded and empty. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { weakened } from "../model/amount.ts";
import { asLoaded } from "../model/as-loaded.ts";
import { type Amount, costOf } from "../model/cost.ts";
import type { Host } from "../model/host.ts";
import type { ResolvedHost } from "../model/infer-host.ts";
import { findMapType } from "../model/map-types/index.ts";
import type { ObjectFile, ObjectMap } from "../model/object-file.ts";
import { describeRefusal, validate } from "../model/validate.ts";
import type { Figure } from "./analysis.ts";
import { hostOf } from "./build-host.ts";
import { BYTE_FIGURES, type ByteFigure } from "./figures.ts";
import type { InspectedMap, InspectedObject, Inspection } from "./inspection.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { totalsOf } from "./totals.ts";

export interface InspectOptions {
  readonly toolVersion: string;
  readonly host: ResolvedHost;
  /** Of inputs that are no objects. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReadObject extends ObjectFile {
  readonly diagnostics: readonly Diagnostic[];
}

export function inspect(
  objects: readonly ReadObject[],
  { toolVersion, host, diagnostics }: InspectOptions,
): Inspection {
  const inspectedObjects = objects.map((it) => inspected(it, host));
  const maps = inspectedObjects.flatMap((it) => it.maps);
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "objects",
    tool: { name: "mapscope", version: toolVersion },
    host: hostOf(host, []),
    totals: { objects: objects.length, ...totalsOf(maps.map((it) => ({ ...it, count: 1 }))) },
    objects: inspectedObjects,
    diagnostics: [...diagnostics],
  };
}

function inspected(object: ReadObject, host: ResolvedHost): InspectedObject {
  const { file, format, byteOrder, typeCount, types, license } = object;
  const { maps, programs, diagnostics } = object;
  return {
    file,
    format,
    ...(byteOrder !== undefined && { byteOrder }),
    typeCount,
    ...(types !== undefined && {
      types: {
        kinds: types.kinds.map((it) => ({ ...it })),
        structs: types.structs.map((it) => ({ ...it })),
        structsAre: types.structsAre,
      },
    }),
    ...(license !== undefined && { license }),
    maps: maps.map((it) => ({
      ...inspectedMap(it, host),
      ...(isUnused(it, object) && { isUnused: true }),
    })),
    programs: programs.map((it) => ({ ...it, maps: [...it.maps] })),
    diagnostics: [...diagnostics],
  };
}

/** Of an object whose programs were read: an inner map, or operations, are used without one. */
function isUnused(map: ObjectMap, { maps, programs }: ObjectFile): boolean {
  if (programs.length === 0 || map.programs.length > 0 || map.origin === "struct-ops") return false;
  return !maps.some(({ slots }) => slots.some(({ name }) => name === map.name));
}

function inspectedMap(map: ObjectMap, { host, unknownBecause }: ResolvedHost): InspectedMap {
  const { definition, keyLayout, valueLayout, pinning, numaNode, slots } = map;
  const { mapExtra, inner } = definition;
  return {
    name: map.name,
    kernelName: map.kernelName,
    ...shapeOf(definition),
    ...(mapExtra !== undefined && { mapExtra }),
    ...(pinning !== undefined && { pinning }),
    ...(inner !== undefined && { inner: shapeOf(inner) }),
    section: map.section,
    programs: [...map.programs],
    origin: map.origin,
    ...(numaNode !== undefined && { numaNode }),
    ...(slots.length > 0 && { slots: slots.map((it) => ({ ...it })) }),
    ...paddingOf(map, host),
    ...(!map.isCreated && { onRequest: true }),
    ...(map.optionalFlags !== undefined && { optionalFlags: map.optionalFlags }),
    ...(map.refusal !== undefined && { refusal: map.refusal }),
    ...figuresOf(host === undefined ? unknownBecause : amountsOf(map, host), {
      sourceLine: NO_SOURCE_LINE,
    }),
    ...(keyLayout !== undefined && { keyLayout: copied(keyLayout, entriesWhenFull(map, host)) }),
    ...(valueLayout !== undefined && {
      valueLayout: copied(valueLayout, valuesWhenFull(map, host)),
    }),
  };
}

function shapeOf({ type, keySize, valueSize, maxEntries, flags }: ObjectMap["definition"]) {
  const known = (size: number) => (Number.isNaN(size) ? null : size);
  return { type, keySize: known(keySize), valueSize: known(valueSize), maxEntries, flags };
}

/** `copies` are what a full map has of it: one an entry, of a per-CPU value one a CPU too. */
function copied(
  layout: NonNullable<ObjectMap["keyLayout"]>,
  copies: number | undefined,
): NonNullable<InspectedMap["keyLayout"]> {
  const lost = copies === undefined ? undefined : Math.floor(layout.lostBits / 8) * copies;
  return {
    ...layout,
    ...(lost !== undefined && { lostBytesWhenFull: lost }),
    members: layout.members.map((it) => ({ ...it })),
    holes: layout.holes.map((it) => ({ ...it })),
  };
}

/** Holes are paid for once an entry, those of a per-CPU value once a CPU too. */
function paddingOf(map: ObjectMap, host: Host | undefined): Pick<InspectedMap, "padding"> {
  const { keyLayout, valueLayout } = map;
  const copies = copiesOfValue(map, host);
  if (copies === undefined) return {};
  const bits = (keyLayout?.lostBits ?? 0) + (valueLayout?.lostBits ?? 0) * copies;
  const bytesPerEntry = Math.floor(bits / 8);
  if (bytesPerEntry === 0) return {};
  const entries = entriesWhenFull(map, host);
  return {
    padding: {
      bytesPerEntry,
      ...(entries !== undefined && { bytesWhenFull: bytesPerEntry * entries }),
    },
  };
}

function copiesOfValue({ definition }: ObjectMap, host: Host | undefined): number | undefined {
  return findMapType(definition.type)?.isPerCpu === true ? host?.possibleCpus : 1;
}

function entriesWhenFull({ definition }: ObjectMap, host: Host | undefined): number | undefined {
  const type = findMapType(definition.type);
  return type === undefined || host === undefined
    ? definition.maxEntries
    : type.mostEntries(asLoaded(definition, host), host);
}

function valuesWhenFull(map: ObjectMap, host: Host | undefined): number | undefined {
  const entries = entriesWhenFull(map, host);
  const copies = copiesOfValue(map, host);
  return entries === undefined || copies === undefined ? undefined : entries * copies;
}

/** BTF_KIND_VAR has a type and a linkage, .BTF.ext has the lines of instructions; DWARF is not read. */
const NO_SOURCE_LINE = "BTF does not say where a map is declared";

type ObjectFigure = Exclude<ByteFigure, "modeledMemlockBytes" | "unattributedBytes">;
const OBJECT_FIGURES = BYTE_FIGURES.filter(
  (name): name is ObjectFigure => name !== "modeledMemlockBytes" && name !== "unattributedBytes",
);

/**
 * As it is right after loading: nothing was reported, so memlock is what would be, and no entry is live.
 * The reason instead when that kernel would not create it.
 */
function amountsOf(map: ObjectMap, host: Host): Record<ObjectFigure, Amount> | string {
  const { definition, optionalFlags = 0 } = map;
  const amounts = amountsWith(definition, host);
  if (optionalFlags === 0 || typeof amounts === "string") return amounts;
  // Which libbpf loads it decides its flags: where they change a figure, that one is assumed.
  const other = amountsWith({ ...definition, flags: definition.flags | optionalFlags }, host);
  if (typeof other === "string") return amounts;
  const assumed = OBJECT_FIGURES.map((name) => {
    const isSame =
      JSON.stringify(amountValue(amounts[name])) === JSON.stringify(amountValue(other[name]));
    return [name, isSame ? amounts[name] : weakened(amounts[name], "assumed")];
  });
  return Object.fromEntries(assumed) as Record<ObjectFigure, Amount>;
}

function amountValue(amount: Amount): number | string {
  return "value" in amount ? amount.value : amount.unknown;
}

function amountsWith(
  definition: ObjectMap["definition"],
  host: Host,
): Record<ObjectFigure, Amount> | string {
  const loaded = asLoaded(definition, host);
  const cost = costOf(loaded, { entries: 0, nonZeroSlots: 0, basis: "modeled" }, host);
  const isTold = !Number.isNaN(loaded.keySize) && !Number.isNaN(loaded.valueSize);
  const refusals = isTold ? validate(loaded, host) : [];
  if (refusals.length > 0) return refusals.map(describeRefusal).join("; ");
  return { ...cost, memlockBytes: cost.modeledMemlockBytes };
}

function figuresOf(
  amounts: Record<ObjectFigure, Amount> | string,
  unknown: Record<string, string>,
): Pick<InspectedMap, ObjectFigure | "unknown"> {
  const known: Partial<Record<ObjectFigure, Figure>> = {};
  for (const name of OBJECT_FIGURES) {
    const amount = typeof amounts === "string" ? { unknown: amounts } : amounts[name];
    if ("unknown" in amount) unknown[name] = amount.unknown;
    else known[name] = { value: amount.value, basis: amount.basis, formula: amount.formula };
  }
  return { ...known, unknown };
}
