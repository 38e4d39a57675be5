/** Inspection -> blocks: what each object declares, what it would cost, who uses what. */
import type { InspectedMap, InspectedObject, Inspection } from "../../analyze/inspection.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, Column, ListItem } from "./blocks.ts";
import { diagnosticBlocks } from "./inputs.ts";
import { layoutBlocks } from "./layouts.ts";
import { bytesOf, FIGURE_TITLE, MARKS_LEGEND, NOT_KNOWN } from "./numbers.ts";

const MAP_COLUMNS: readonly Column[] = [
  { title: "map", align: "left", drop: 0 },
  { title: "type", align: "left", drop: 0 },
  { title: "key/value", align: "right", drop: 2 },
  { title: "entries", align: "right", drop: 0 },
  { title: "flags", align: "right", drop: 6 },
  { title: "programs", align: "right", drop: 7 },
  { title: "memlock", align: "right", drop: 1 },
  { title: FIGURE_TITLE.preallocatedBytes, align: "right", drop: 0 },
  { title: FIGURE_TITLE.ceilingBytes, align: "right", drop: 3 },
  { title: FIGURE_TITLE.residentBytes, align: "right", drop: 5 },
];

const PROGRAM_COLUMNS: readonly Column[] = [
  { title: "program", align: "left", drop: 0 },
  { title: "type", align: "left", drop: 0 },
  { title: "section", align: "left", drop: 1 },
  { title: "instructions", align: "right", drop: 0 },
  { title: "maps", align: "right", drop: 0 },
  { title: "source", align: "left", drop: 2 },
];

export function objectOutline(
  inspection: Inspection,
  { verbose }: { readonly verbose: boolean },
): Block[] {
  return [
    { kind: "verdict", texts: [headline(inspection)] },
    { kind: "text", text: hostLine(inspection) },
    ...inspection.objects.flatMap((it) => objectBlocks(it, verbose)),
    ...diagnosticBlocks([
      ...inspection.objects.flatMap((it) => it.diagnostics),
      ...inspection.diagnostics,
    ]),
  ];
}

function headline({ totals }: Inspection): string {
  const { objects, maps, preallocatedBytes } = totals;
  const counts = `${plural(objects, "object")}, ${plural(maps, "map")}`;
  if (preallocatedBytes === undefined) return counts;
  const { value, missing } = preallocatedBytes;
  const rest = missing === 0 ? "" : `, ${plural(missing, "map")} not known`;
  return `${counts}: ${formatBytes(value)} preallocated when loaded${rest}`;
}

function hostLine({ host }: Inspection): string {
  const kernel =
    host.kernelRelease === undefined ? "no kernel" : `kernel ${host.kernelRelease.value}`;
  const cpus =
    host.possibleCpus === undefined
      ? "possible CPUs not known"
      : `${host.possibleCpus.value} possible CPUs`;
  const missing = [
    ...(host.kernelRelease?.basis === "assumed" ? ["--kernel"] : []),
    ...(host.possibleCpus?.basis === "assumed" ? ["--possible-cpus"] : []),
  ];
  const hint = missing.length === 0 ? "" : ` (assumed: give ${missing.join(" and ")})`;
  return `costed for ${kernel}, ${cpus}${hint}`;
}

function objectBlocks(object: InspectedObject, verbose: boolean): Block[] {
  const { file, maps, programs } = object;
  const blocks: Block[] = [
    { kind: "heading", text: file },
    {
      kind: "text",
      text: describe(object),
    },
  ];
  if (object.types !== undefined) blocks.push(typesBlock(object.types));
  if (maps.length > 0) {
    blocks.push(
      { kind: "table", columns: MAP_COLUMNS, rows: maps.map(mapRow) },
      { kind: "text", text: MARKS_LEGEND },
    );
  }
  const notes = maps.flatMap((it) => mapNotes(it));
  if (notes.length > 0) blocks.push({ kind: "list", items: notes });
  if (programs.length > 0) {
    blocks.push(
      { kind: "heading", text: `Programs of ${file}` },
      { kind: "table", columns: PROGRAM_COLUMNS, rows: programs.map(programRow) },
    );
  }
  if (verbose) blocks.push(...edgeBlocks(object), ...maps.flatMap(layoutBlocks));
  return blocks;
}

function describe({ format, byteOrder, license, typeCount }: InspectedObject): string {
  if (format === "specs") return "declarations only, without code or types";
  const count = `${formatCount(typeCount)} BTF ${typeCount === 1 ? "type" : "types"}`;
  if (format === "btf") return `raw BTF, ${byteOrder}-endian, ${count}`;
  const types = typeCount === 0 ? "no BTF" : count;
  return `${byteOrder}-endian, ${types}, ${license === undefined ? "no license section" : `license ${license}`}`;
}

function typesBlock({ kinds, structs, structsAre }: NonNullable<InspectedObject["types"]>): Block {
  const counted = kinds.map(({ kind, count }) => `${formatCount(count)} ${kind}`).join(", ");
  const sized = structs.map(({ name, bytes }) => `${name} ${formatCount(bytes)} B`).join(", ");
  const items = [
    { lead: "kinds", text: counted },
    ...(structs.length === 0 ? [] : [{ lead: `structs, ${structsAre}`, text: sized }]),
  ];
  return { kind: "list", items };
}

function mapRow(map: InspectedMap): string[] {
  return [
    map.name,
    map.type,
    `${map.keySize ?? NOT_KNOWN}/${map.valueSize ?? NOT_KNOWN}`,
    formatCount(map.maxEntries),
    `0x${map.flags.toString(16)}`,
    formatCount(map.programs.length),
    bytesOf(map.memlockBytes),
    bytesOf(map.preallocatedBytes),
    bytesOf(map.ceilingBytes),
    bytesOf(map.residentBytes),
  ];
}

/** What a row has no column for. */
function mapNotes(map: InspectedMap): ListItem[] {
  const notes = [
    ...(map.refusal === undefined ? [] : [`libbpf refuses this: ${map.refusal}`]),
    ...(map.kernelName === map.name ? [] : [`the kernel shows it as ${map.kernelName}`]),
    ...(map.inner === undefined
      ? []
      : [
          `its inner maps: ${map.inner.type} ${map.inner.keySize ?? NOT_KNOWN}/${map.inner.valueSize ?? NOT_KNOWN}/${map.inner.maxEntries}`,
        ]),
    ...slotsNote(map),
    ...(map.pinning === undefined ? [] : [`pinned ${map.pinning}`]),
    ...(map.mapExtra === undefined ? [] : [`map_extra ${map.mapExtra}`]),
    ...lossNote(map),
    ...(map.isUnused === true ? ["no program uses it"] : []),
    ...optionalFlagsNote(map),
    ...(map.unknown?.preallocatedBytes === undefined ? [] : [map.unknown.preallocatedBytes]),
  ];
  return notes.length === 0 ? [] : [{ lead: map.name, text: notes.join("; ") }];
}

/** Slots named in a note; a prog_array can have hundreds. */
const MOST_SLOTS = 6;

function slotsNote({ slots = [] }: InspectedMap): string[] {
  if (slots.length === 0) return [];
  const named = slots.slice(0, MOST_SLOTS).map((it) => `${it.name} at ${it.index}`);
  const more = slots.length - named.length;
  return [`filled with ${named.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`];
}

function lossNote({ padding }: InspectedMap): string[] {
  if (padding === undefined) return [];
  const { bytesPerEntry, bytesWhenFull } = padding;
  const full = bytesWhenFull === undefined ? "" : `, ${formatBytes(bytesWhenFull)} when full`;
  return [`${bytesPerEntry} B of padding an entry${full}`];
}

function optionalFlagsNote({ optionalFlags }: InspectedMap): string[] {
  if (optionalFlags === undefined) return [];
  const hex = `0x${optionalFlags.toString(16)}`;
  return [`its flags are assumed: libbpf before 1.1 adds ${hex}`];
}

function programRow(program: InspectedObject["programs"][number]): string[] {
  return [
    program.name,
    program.type,
    program.section,
    formatCount(program.instructions),
    formatCount(program.maps.length),
    program.sourceLine ?? NOT_KNOWN,
  ];
}

function edgeBlocks({ programs }: InspectedObject): Block[] {
  const items = programs
    .filter((it) => it.maps.length > 0)
    .map((it) => ({ lead: it.name, text: it.maps.join(", ") }));
  return items.length === 0
    ? []
    : [
        { kind: "heading", text: "Maps of each program" },
        { kind: "list", items },
      ];
}

function plural(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? "" : "s"}`;
}
