/**
 * Families of a summary's rows. A row has a name, a count and a sum, so its definitions come from the
 * catalogue: they are taken only where the row's own count and sum agree with them to the byte.
 */
import type { CatalogueEntry } from "../catalogue/catalogue.ts";
import { costOf } from "../cost.ts";
import type { Host } from "../host.ts";
import type { Software } from "../identify.ts";
import { kernelName } from "../kernel-name.ts";
import type { MapSummary } from "../snapshot.ts";
import type { FamilySeed, OuterLink, Role } from "./family.ts";
import { familyId } from "./family.ts";
import { isOuterType } from "./relations.ts";

/** One definition's part of a row. */
interface Part {
  readonly entry: CatalogueEntry;
  readonly count: number;
  /** What the kernel should report for one; undefined where the model cannot say without entries. */
  readonly memlockBytes: number | undefined;
}

const NO_CONTENTS = {
  contents: {
    unknown: "a summary does not say what maps hold: capture `bpftool -j map dump` of it",
  },
} as const;

export function summarisedFamilies(
  rows: readonly MapSummary[],
  software: Software | undefined,
  host: Host | undefined,
): FamilySeed[] {
  return rows.flatMap((row) => familiesOf(row, software, host));
}

function familiesOf(
  row: MapSummary,
  software: Software | undefined,
  host: Host | undefined,
): FamilySeed[] {
  if (software === undefined) return [foreign(row, "no known project has a map of this name")];
  const entries = entriesOf(row.name, software);
  if (entries.length === 0)
    return [foreign(row, "no definition: the catalogue has no map of this name")];
  if (row.name === null) return [innerMaps(row, entries, software, host)];
  return split(row, partsOf(entries, software, host), software);
}

/** Definitions of the mode that a kernel shows under this name. */
export function entriesOf(name: string | null, software: Software): CatalogueEntry[] {
  return software.maps.filter(({ definition }) =>
    name === null
      ? definition.name === null
      : definition.name !== null && kernelName(definition.name) === name,
  );
}

function partsOf(
  entries: readonly CatalogueEntry[],
  software: Software,
  host: Host | undefined,
): Part[] {
  return entries.map((entry) => ({
    entry,
    count: (entry.copies ?? 0) * software.instances,
    memlockBytes: host === undefined ? undefined : reportedFor(entry, host),
  }));
}

export function reportedFor(entry: CatalogueEntry, host: Host): number | undefined {
  const cost = costOf(entry.definition, {}, host).modeledMemlockBytes;
  return "value" in cost ? cost.value : undefined;
}

function split(row: MapSummary, parts: readonly Part[], software: Software): FamilySeed[] {
  const count = parts.reduce((sum, it) => sum + it.count, 0);
  const [only, another] = parts;
  if (only !== undefined && another === undefined && row.maps === count) {
    // One definition and as many maps: the sum is its own, whether or not the model explains it.
    return [
      partFamily(row, only, software, {
        value: row.memlockBytes,
        basis: "reported",
        formula: row.source,
      }),
    ];
  }
  const known = parts.every((it) => it.memlockBytes !== undefined);
  const bytes = parts.reduce((sum, it) => sum + it.count * (it.memlockBytes ?? 0), 0);
  const restMaps = row.maps - count;
  const restBytes = row.memlockBytes - bytes;
  if (!known || restMaps < 0 || restBytes < 0 || (restMaps === 0 && restBytes !== 0)) {
    return [
      foreign(
        row,
        `${parts.length} definitions of ${software.project} have this name, and their sum is not the row's`,
      ),
    ];
  }
  const families = parts.map((part) =>
    partFamily(row, part, software, {
      value: part.count * (part.memlockBytes ?? 0),
      basis: "inferred",
      formula: `${part.count} x ${part.memlockBytes} B, its part of the ${row.memlockBytes} B reported for ${row.maps} maps`,
    }),
  );
  if (restMaps === 0) return families;
  const rest = { ...row, maps: restMaps, memlockBytes: restBytes };
  const reason = `what is left of the ${row.maps} maps of this name after those of ${software.project}`;
  return [
    ...families,
    {
      ...foreign(rest, reason),
      memlockSum: {
        value: restBytes,
        basis: "inferred",
        formula: `${row.memlockBytes} - ${bytes} B`,
      },
    },
  ];
}

function partFamily(
  row: MapSummary,
  { entry, count }: Part,
  software: Software,
  memlockSum: NonNullable<FamilySeed["memlockSum"]>,
): FamilySeed {
  const { name: fullName, template, sizeVaries, ...definition } = entry.definition;
  const fact = {
    basis: "inferred",
    source: definitionSource(software, sizeVaries === true),
  } as const;
  const role: Role = template === true ? "template" : isOuterType(definition) ? "outer" : "plain";
  return {
    id: familyId(row.name, definition),
    name: row.name,
    ...(fullName !== null && fullName !== row.name && { fullName }),
    definition,
    definedBy: fact,
    role,
    owner: ownerOf(software),
    owners: [{ kind: "project", name: ownerOf(software).name, maps: count }],
    count,
    mapIds: [],
    batches: [{ count, ...NO_CONTENTS }],
    memlockSum,
  };
}

function definitionSource({ project, version, mode }: Software, sizeVaries: boolean): string {
  return (
    `catalogue of ${project} maps, ${version} ${mode}` +
    (sizeVaries ? "; the size of a data section depends on the compiler" : "")
  );
}

function ownerOf(software: Software): NonNullable<FamilySeed["owner"]> {
  return {
    name: `${software.project} ${software.version} ${software.mode}`,
    basis: "inferred",
    source: software.evidence,
  };
}

/** Maps without a name are the project's inner maps when each reports what such a map reports. */
function innerMaps(
  row: MapSummary,
  entries: readonly CatalogueEntry[],
  software: Software,
  host: Host | undefined,
): FamilySeed {
  const [entry] = entries;
  const each = row.memlockBytes / row.maps;
  if (entry === undefined || host === undefined || reportedFor(entry, host) !== each) {
    return foreign(
      row,
      `${each} B a map is not what an inner map of ${software.project} reports here`,
    );
  }
  const part = { entry, count: row.maps, memlockBytes: each };
  const outer = linkOf(
    entry,
    software,
    `${row.maps} unnamed maps of ${each} B each, as the inner maps of ${entry.innerOf} report`,
  );
  const seed = partFamily(row, part, software, {
    value: row.memlockBytes,
    basis: "reported",
    formula: row.source,
  });
  if (outer === undefined) return seed;
  const id = familyId(null, seed.definition, outer.name);
  // Every map reports the same, so the sum gives each one's value.
  const batches = [{ count: row.maps, memlockBytes: each, ...NO_CONTENTS }];
  return { ...seed, id, role: "inner", outer, batches };
}

function linkOf(
  entry: CatalogueEntry,
  software: Software,
  evidence: string,
): OuterLink | undefined {
  const outer = software.maps.find((it) => it.definition.name === entry.innerOf)?.definition;
  if (outer?.name === undefined || outer.name === null) return undefined;
  const { name: _, template, sizeVaries, ...definition } = outer;
  const name = kernelName(outer.name);
  return { family: familyId(name, definition), name, confidence: "high", evidence };
}

/** Rows of one name and several shapes are several families. */
function shapedId(name: string | null, shape: NonNullable<MapSummary["shape"]>): string {
  const { type, keySize, valueSize, maxEntries } = shape;
  const sizes = `${keySize ?? "?"}/${valueSize ?? "?"}:${maxEntries ?? "?"}`;
  return `${name ?? "(unnamed)"}:${type ?? "?"}:${sizes}`;
}

function foreign(row: MapSummary, reason: string): FamilySeed {
  const shown = row.name === null ? null : kernelName(row.name);
  return {
    id: row.shape === undefined ? familyId(row.name, undefined) : shapedId(row.name, row.shape),
    name: shown,
    ...(shown !== row.name && row.name !== null && { fullName: row.name }),
    definition: undefined,
    undefinedBecause: reason,
    ...(row.shape !== undefined && {
      known: row.shape,
      definedBy: { basis: "reported", source: row.source } as const,
    }),
    role: "plain",
    count: row.maps,
    mapIds: [],
    batches: [{ count: row.maps, ...NO_CONTENTS }],
    memlockSum: { value: row.memlockBytes, basis: "reported", formula: row.source },
  };
}
