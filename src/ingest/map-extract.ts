/** Records that `jq` took out of `bpftool map show`: an id with some of the fields, without the definition. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { InputError } from "../base/input-error.ts";
import { findMapType } from "../model/map-types/index.ts";
import type { MapColumns } from "../model/snapshot.ts";
import type { Head } from "./head.ts";
import type { ByteSource } from "./importer.ts";

/** Of `prog show` and `btf show`, whose records have an id too. */
const OF_OTHERS =
  "tag bytes_xlated bytes_jited jited gpl_compatible loaded_at run_time_ns run_cnt map_ids";

/** The kernel keeps so many bytes of a map's name; those of programs may be longer. */
const MAX_NAME = 15;

const HINT = "Pass the whole list, which says more: `bpftool -j map show > maps.json`.";

export function isMapExtract(head: Head): boolean {
  const isMap = head.hasKeys("id", "bytes_memlock") || head.hasKeys("id", "max_entries");
  return isMap && !OF_OTHERS.split(" ").some((key) => head.hasKeys(key));
}

/** Records that the command above them says are of programs; without a tag they tell nothing else. */
export function extractOfPrograms(maps: MapColumns, source: ByteSource): Diagnostic | undefined {
  if (source.object !== "prog" || maps.rows === 0 || bareRows(maps).length < maps.rows)
    return undefined;
  return {
    level: "info",
    code: "no-facts",
    file: source.file,
    offset: source.offset,
    message: `${maps.rows === 1 ? "1 record is" : `${maps.rows} records are`} of programs, as the command above says (\`bpftool prog\`): nothing in them is of a map, and they are left out`,
    hint: "Pass the whole list, which says which maps each program uses: `bpftool -j prog show > progs.json`.",
  };
}

/** What is said of rows that have an id and the memory alone. Throws when all rows are, and they are of programs. */
export function extractNotes(maps: MapColumns, source: ByteSource): Diagnostic[] {
  const bare = bareRows(maps);
  if (bare.length === 0) return [];
  const place = { file: source.file, offset: source.offset };
  const word = bare.map((row) => wordOfProgram(maps, row)).find((it) => it !== undefined);
  if (word !== undefined && bare.length === maps.rows) {
    const message = `the records are of programs, not of maps: no map has the ${word}`;
    throw new InputError("wrong-format", place, message, "`bpftool -j prog show > progs.json`");
  }
  const hasTypes = bare.some((row) => (maps.type[row] as number) >= 0);
  const records = bare.length === 1 ? "1 record has" : `${bare.length} records have`;
  return [
    {
      level: "info",
      code: "ambiguous",
      ...place,
      message:
        hasTypes || source.object === "map"
          ? `${records} no sizes: what the maps reserve and hold is not known, only what is reported`
          : `${records} an id and bytes_memlock, without type and sizes: taken for maps, though what jq takes out of \`prog show\` looks the same`,
      hint: HINT,
    },
  ];
}

/** Of the definition they have nothing but a name and perhaps a type. */
function bareRows(maps: MapColumns): number[] {
  return Array.from({ length: maps.rows }, (_, row) => row).filter((row) =>
    [maps.keySize, maps.valueSize, maps.maxEntries].every((it) => Number.isNaN(it[row])),
  );
}

/** A type or a name that no map has. */
function wordOfProgram(maps: MapColumns, row: number): string | undefined {
  const type = maps.typeNames[maps.type[row] as number];
  if (type !== undefined && !/^\d+$/.test(type) && findMapType(type) === undefined)
    return `type ${JSON.stringify(type)}`;
  const name = maps.names[maps.name[row] as number] ?? "";
  return new TextEncoder().encode(name).length > MAX_NAME
    ? `name ${JSON.stringify(name.slice(0, 100))}, which is longer than ${MAX_NAME} bytes`
    : undefined;
}
