/** Which maps are held by an outer map: by id, else by the catalogue, else by shape. */
import type { CatalogueEntry } from "../catalogue/catalogue.ts";
import type { Confidence } from "../confidence.ts";
import type { MapDefinition } from "../definition.ts";
import type { MapGroup } from "../groups.ts";
import { fits } from "../identify.ts";
import { kernelName } from "../kernel-name.ts";
import { findMapType } from "../map-types/index.ts";
import type { ObjectFile } from "../object-file.ts";
import type { MapColumns, MapDump } from "../snapshot.ts";
import { declarationOf } from "./declared.ts";

export interface InnerOf {
  readonly outer: MapGroup;
  readonly confidence: Confidence;
  readonly evidence: string;
}

export interface Relations {
  /** By row of the columns: the outer map that holds it. Sparse; an array, as there may be 131,072 of them. */
  readonly innerOf: readonly (InnerOf | undefined)[];
  /** Groups whose type holds maps. */
  readonly outers: readonly MapGroup[];
}

export function isOuterType(definition: MapDefinition | undefined): boolean {
  return definition !== undefined && findMapType(definition.type)?.holdsMaps === true;
}

export function relate(
  maps: MapColumns,
  groups: readonly MapGroup[],
  dumps: ReadonlyMap<number, MapDump>,
  catalogued: readonly CatalogueEntry[],
  objects: readonly ObjectFile[],
): Relations {
  const outers = groups.filter((group) => isOuterType(group.definition));
  const innerOf: (InnerOf | undefined)[] = new Array(maps.rows);
  tieByDump(maps, outers, dumps, innerOf);
  for (const group of groups) {
    if (isOuterType(group.definition)) continue;
    const link =
      byCatalogue(group, outers, catalogued) ??
      byTemplate(group, outers, objects) ??
      byShape(group, outers, groups);
    // Where every outer map of that name was dumped, the dumps have said all there is to say.
    if (link === undefined || link.outer.rows.every((row) => isSettled(dumps.get(row)))) continue;
    for (const row of group.rows) innerOf[row] ??= link;
  }
  return { innerOf, outers };
}

/** `inner_map_id`, or the value bytes of an older bpftool's dump: the kernel's own word. */
function tieByDump(
  maps: MapColumns,
  outers: readonly MapGroup[],
  dumps: ReadonlyMap<number, MapDump>,
  innerOf: (InnerOf | undefined)[],
): void {
  let rowById: Map<number, number> | undefined;
  for (const outer of outers) {
    for (const row of outer.rows) {
      const dump = dumps.get(row);
      const ids = dump?.innerMapIds ?? dump?.valueU32s;
      if (dump === undefined || ids === undefined) continue;
      rowById ??= rowsById(maps);
      const what = dump.innerMapIds === undefined ? "ids in the values" : "inner map ids";
      const link: InnerOf = {
        outer,
        confidence: dump.name?.basis === "assumed" ? "high" : "certain",
        evidence: `${what} of the outer map's dump (${dump.file})`,
      };
      for (const id of ids) {
        const inner = rowById.get(id);
        if (inner !== undefined) innerOf[inner] = link;
      }
    }
  }
}

function isSettled(dump: MapDump | undefined): boolean {
  return (dump?.innerMapIds ?? dump?.valueU32s) !== undefined && dump?.complete === true;
}

function rowsById(maps: MapColumns): Map<number, number> {
  const rows = new Map<number, number>();
  for (const [row, id] of maps.id.entries()) rows.set(id, row);
  return rows;
}

function shownName(name: string | null): string | null {
  return name === null ? null : kernelName(name);
}

function byCatalogue(
  group: MapGroup,
  outers: readonly MapGroup[],
  catalogued: readonly CatalogueEntry[],
): InnerOf | undefined {
  const entry = catalogued.find(
    ({ innerOf, definition }) =>
      innerOf !== undefined &&
      shownName(definition.name) === group.name &&
      fits(definition, group.definition),
  );
  if (entry?.innerOf === undefined) return undefined;
  const outer = outers.find((it) => it.name === kernelName(entry.innerOf ?? ""));
  if (outer === undefined) return undefined;
  return {
    outer,
    confidence: "high",
    evidence: `the shape of the inner maps that the project puts into ${entry.innerOf}`,
  };
}

/** The template that an object declares for its outer map; a kernel takes no inner map of another shape. */
function byTemplate(
  group: MapGroup,
  outers: readonly MapGroup[],
  objects: readonly ObjectFile[],
): InnerOf | undefined {
  if (group.name !== null) return undefined;
  for (const outer of outers) {
    const declared = declarationOf(outer.name, outer.definition, objects);
    const template = declared?.map.definition.inner;
    if (
      declared === undefined ||
      template === undefined ||
      !fits({ name: null, ...template }, group.definition)
    )
      continue;
    return {
      outer,
      confidence: "high",
      evidence: `the shape of the inner map that ${declared.object} declares for ${declared.map.name}`,
    };
  }
  return undefined;
}

/** Unnamed maps of one shape beside one outer map: programs that need no inner maps name their maps. */
function byShape(
  group: MapGroup,
  outers: readonly MapGroup[],
  groups: readonly MapGroup[],
): InnerOf | undefined {
  if (group.name !== null || group.definition === undefined) return undefined;
  const [outer, another] = outers;
  if (outer === undefined || another !== undefined || outer.rows.length !== 1) return undefined;
  const unnamed = groups.filter((it) => it.name === null && it.definition !== undefined);
  const slots = outer.definition?.maxEntries ?? 0;
  if (unnamed.length !== 1 || group.rows.length > slots || group.rows.length < 2) return undefined;
  return {
    outer,
    confidence: "low",
    evidence: `${group.rows.length} unnamed maps of one shape, and one outer map with room for ${slots}; its dump would prove it`,
  };
}
