/** `kubectl gadget top ebpf` and `ig top ebpf`: one row for each BPF program, as a table, JSON or YAML. */
import { InputError } from "../../base/input-error.ts";
import type { ProgramUsage } from "../../model/snapshot.ts";
import { oldRow } from "../gadget-rows.ts";
import { isHeader, parseRow } from "../gadget-table.ts";
import { readStructured } from "../gadget-usage.ts";
import type { Head } from "../head.ts";
import { type BlockShape, type ByteSource, defineImporter, type FactSink } from "../importer.ts";
import { linesOf, placeOf } from "../lines.ts";
import { redactEither } from "../redact/either.ts";
import { policy, redactJson } from "../redact/json.ts";
import { redactLines } from "../redact/lines.ts";
import { startOf } from "../text-start.ts";

/** `--max-rows` when it is not given. */
const DEFAULT_MAX_ROWS = 20;

const isTableLine = (line: string) => isHeader(line) || parseRow(line) !== undefined;
const YAML_LINE =
  /^(?:---|\s*(?:- )?(?:progid|type|name|processes|pids|pid|comm|k8s|node|runtime|currentRun\w+|cumulRun\w+|totalRun\w+|mapMemory|mapCount|\w+CpuUsage):(?:\s|$))/;

const block: BlockShape = {
  begins: (line) => isTableLine(line) || /^\s*(?:- )?progid:\s*\d/.test(line),
  belongs: (line) => YAML_LINE.test(line),
};

const KEPT = policy(
  `progid type name pid comm processes totalRuntime totalRunCount cumulRuntime cumulRunCount currentRuntime
  currentRunCount mapMemory mapCount totalCpuUsage perCpuUsage totalCPU stats error pids node nodeName k8s`,
);

export const igTopEbpf = defineImporter({
  id: "ig-top-ebpf",
  title: "Inspektor Gadget top ebpf (table, JSON, YAML)",
  docs: "docs/formats/ig-top-ebpf.md",
  priority: 70, // Told by its lines, which are in no other format.
  sniff: (head) => isJson(head) || head.isMostly(block),
  block,
  redact: redactEither(redactJson(KEPT), redactLines()),

  async read(source, sink) {
    const { isTable, source: whole } = await startOf(source, isTableLine);
    if (isTable) return readTable(whole, sink);
    const capture = "kubectl gadget top ebpf -o json > top.json";
    await readStructured(whole, sink, { key: "progid", capture, rowOf: oldRow });
  },
});

/** The first releases wrapped the rows of a tick. */
function isJson(head: Head): boolean {
  return head.hasKeys("progid") || (head.hasKeys("stats") && head.text.includes('"progid"'));
}

async function readTable(source: ByteSource, sink: FactSink) {
  const rows = new Map<string, ProgramUsage>();
  let header: string | undefined;
  let headers = 0;
  let first = source.offset;
  for await (const line of linesOf(source)) {
    if (isHeader(line.text)) {
      header = line.text;
      headers += 1;
      continue;
    }
    const row = parseRow(line.text, header);
    if (row) {
      if (rows.size === 0) first = line.offset;
      // The table repeats with every interval: the last row of a program stands.
      rows.set(`${row.node ?? ""} ${row.programId}`, { ...row, source: placeOf(source, line) });
    } else if (header !== undefined && line.text.trim() !== "") {
      sink.diagnostic({
        level: "data-loss",
        code: "skipped-record",
        file: source.file,
        offset: line.offset,
        path: `line ${line.number}`,
        message: `this is no row of the table: ${quote(line.text)}`,
        hint: "Write the rows unshortened with `kubectl gadget top ebpf -o json > top.json`.",
      });
    }
  }
  if (rows.size === 0) {
    throw new InputError(
      "truncated",
      { file: source.file, offset: source.offset },
      "the table has a header and no row that can be read",
      "Copy the rows too, or write them with `kubectl gadget top ebpf -o json > top.json`.",
    );
  }
  if (headers > 1) {
    sink.diagnostic({
      level: "info",
      code: "ambiguous",
      file: source.file,
      offset: first,
      message: `the table repeats ${headers} times; the last row of each program is taken`,
    });
  }
  if (rows.size === DEFAULT_MAX_ROWS) {
    sink.diagnostic({
      level: "info",
      code: "partial-capture",
      file: source.file,
      offset: first,
      message: `the table has ${rows.size} rows, which is where the tool stops by default`,
      hint: "Take it again with more: `kubectl gadget top ebpf --max-rows 1000`.",
    });
  }
  sink.add("programUsage", [...rows.values()]);
}

function quote(text: string) {
  const trimmed = text.trim();
  return JSON.stringify(trimmed.length > 60 ? `${trimmed.slice(0, 60)}…` : trimmed);
}
