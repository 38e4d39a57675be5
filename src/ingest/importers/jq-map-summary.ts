/** Sums of `bpftool map -j` by name, as the jq filter of the Kmesh issue writes them. */
import type { ErrorCode } from "../../base/error-codes.ts";
import { InputError } from "../../base/input-error.ts";
import type { MapSummary } from "../../model/snapshot.ts";
import { readAll } from "../byte-source.ts";
import { type ByteSource, defineImporter } from "../importer.ts";
import { flatObjects, type RawObject } from "../json-objects.ts";
import { policy, redactJson } from "../redact/json.ts";

/** One row for each distinct name: more than this is no summary. */
const MAX_BYTES = 64 * 1024 * 1024;

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const HINT =
  "Write it again: `bpftool map show -j | jq 'group_by(.name) | map({name: .[0].name, " +
  "total_bytes_memlock: map(.bytes_memlock) | add, maps: length})'`, or pass the whole " +
  "`bpftool map show -j > maps.json`, which says more.";

export const jqMapSummary = defineImporter({
  id: "jq-map-summary",
  title: "Map memory summed by name (jq)",
  docs: "docs/formats/jq-map-summary.md",
  priority: 10, // Its keys are in no other format.
  sniff: (head) => head.hasKeys("total_bytes_memlock", "maps"),
  redact: redactJson(policy("name total_bytes_memlock maps")),

  async read(source, sink) {
    const { bytes, cut } = await readAll(source, MAX_BYTES);
    const lists: MapSummary[][] = [];
    const problems: InputError[] = [];
    const problem = (code: ErrorCode, offset: number, message: string) => {
      const place = { file: source.file, offset: source.offset + offset };
      problems.push(new InputError(code, place, message, HINT));
    };

    const head = decode(bytes.subarray(0, 100));
    const tail = decode(bytes.subarray(-100));
    let broken = false;
    for (const object of flatObjects(bytes)) {
      while (lists.length <= object.root) lists.push([]);
      if (!object.closed) {
        problem(object.atEnd ? "truncated" : "skipped-record", object.offset, describe(object));
        broken = object.atEnd;
        continue;
      }
      const row = readRow(object, source);
      if (typeof row === "string") problem(codeOf(row), object.offset, row);
      else lists[object.root]?.push(row);
    }
    if (cut) problem("over-limit", MAX_BYTES, `only the first ${MAX_BYTES} bytes are read`);
    else if (/^\s*\[/.test(head) && !/\]\s*$/.test(tail) && !broken) {
      problem("truncated", bytes.length, "the summary ends before its array does");
    }

    const filled = lists.filter((rows) => rows.length > 0);
    const [first, ...others] = problems;
    if (filled.length === 0 && first) throw first;
    for (const it of filled.length === 0 ? others : problems) sink.diagnostic(it.toDiagnostic());
    // Each array is one look at the host: several in one input are several times.
    filled.forEach((rows, index) => {
      (filled.length === 1 ? sink : sink.section(`list ${index + 1}`)).add("summaries", rows);
    });
  },
});

function describe(object: RawObject) {
  const seen = JSON.stringify(object.text.replace(/\s+/g, " ").trim().slice(0, 60));
  if (!object.text.startsWith("{")) return `${seen} stands where a row of the summary is expected`;
  return object.atEnd
    ? `the summary ends inside a row: ${seen}`
    : `a row of the summary does not end: ${seen}`;
}

const INEXACT = "cannot be held exactly";

function codeOf(message: string): ErrorCode {
  return message.includes(INEXACT) ? "inexact-integer" : "skipped-record";
}

/** The row, or what is wrong with it. */
function readRow(object: RawObject, source: ByteSource): MapSummary | string {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(object.text) as Record<string, unknown>;
  } catch {
    return `a row of the summary is not JSON: ${JSON.stringify(object.text.slice(0, 60))}`;
  }
  const { name, total_bytes_memlock: memlockBytes, maps } = value;
  if (name !== null && typeof name !== "string") {
    return `a row of the summary has no name: ${JSON.stringify(name)}`;
  }
  for (const [key, count] of [
    ["total_bytes_memlock", memlockBytes],
    ["maps", maps],
  ] as const) {
    if (typeof count !== "number" || !Number.isInteger(count) || count < 0) {
      return `the row of ${label(name)} has ${JSON.stringify(count)} as ${key}`;
    }
    if (!Number.isSafeInteger(count)) {
      const digits = new RegExp(`"${key}"\\s*:\\s*([^,}\\s]+)`).exec(object.text)?.[1];
      return `the row of ${label(name)} has ${digits} as ${key}, which ${INEXACT}`;
    }
  }
  const line = (source.firstLine ?? 1) + object.line;
  return {
    name,
    maps: maps as number,
    memlockBytes: memlockBytes as number,
    source: `${source.file} line ${line}`,
  };
}

function label(name: string | null) {
  return name === null ? "the maps without a name" : JSON.stringify(name);
}
