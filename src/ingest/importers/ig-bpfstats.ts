/** Inspektor Gadget's `bpfstats`: one row for each program, or one for each gadget; table, JSON or YAML. */
import { InputError } from "../../base/input-error.ts";
import { isBpfstatsHeader, parseBpfstatsRow } from "../bpfstats-table.ts";
import { newRow } from "../gadget-rows.ts";
import { readStructured, UsageRows } from "../gadget-usage.ts";
import type { Head } from "../head.ts";
import { type BlockShape, type ByteSource, defineImporter, type FactSink } from "../importer.ts";
import { linesOf, placeOf } from "../lines.ts";
import { redactEither } from "../redact/either.ts";
import { policy, redactJson } from "../redact/json.ts";
import { redactLines } from "../redact/lines.ts";
import { startOf } from "../text-start.ts";

const CAPTURE = "kubectl gadget run bpfstats --all -o json > bpfstats.json";

/** Only the header proves it: a row is a few numbers behind each other. */
const table: BlockShape = {
  begins: isBpfstatsHeader,
  belongs: (line) => parseBpfstatsRow(line) !== undefined,
};

const YAML_KEY = /^\s*(?:- )?(?:gadgetID|gadgetImage|gadgetName|progID|progName|progType):/;
const YAML_LINE =
  /^(?:---|\s*(?:- )?(?:comms|cpu\w*|gadget\w+|map(?:Count|Memory)\w*|nodeName|pids|prog\w+|runcount|runtime\w*):(?:\s|$))/;

const block: BlockShape = {
  begins: (line) => table.begins(line) || YAML_KEY.test(line),
  belongs: (line) => table.belongs(line) || YAML_LINE.test(line),
};

const KEPT = policy(
  `gadgetID gadgetImage gadgetName mapCount mapMemory progID progName progType runcount runtime type id name pid comm
  comms pids nodeName mapMemory_raw runtime_raw cpuTimeStr cpuUsage cpuUsageRelative k8s node`,
);

export const igBpfstats = defineImporter({
  id: "ig-bpfstats",
  title: "Inspektor Gadget bpfstats (table, JSON, YAML)",
  docs: "docs/formats/ig-bpfstats.md",
  priority: 69, // Its header and keys are in no other format; its rows look like those of ig-top-ebpf.
  sniff: (head) => isJson(head) || head.isMostly(block),
  block,
  redact: redactEither(redactJson(KEPT), redactLines()),

  async read(source, sink) {
    const { isTable, source: whole } = await startOf(source, isBpfstatsHeader);
    if (isTable) return readTable(whole, sink);
    await readStructured(whole, sink, { key: "mapCount", capture: CAPTURE, rowOf: newRow });
  },
});

function isJson(head: Head): boolean {
  return head.hasKeys("gadgetImage", "mapCount");
}

async function readTable(source: ByteSource, sink: FactSink) {
  const rows = new UsageRows();
  let headers = 0;
  for await (const line of linesOf(source)) {
    if (isBpfstatsHeader(line.text)) {
      headers += 1;
      continue;
    }
    const row = parseBpfstatsRow(line.text);
    if (row) rows.add(row, placeOf(source, line));
    else if (headers > 0 && line.text.trim() !== "") {
      sink.diagnostic({
        level: "data-loss",
        code: "skipped-record",
        file: source.file,
        offset: line.offset,
        path: `line ${line.number}`,
        message: `this is no row of the table: ${JSON.stringify(line.text.trim().slice(0, 60))}`,
        hint: `Write the rows unshortened: \`${CAPTURE}\`.`,
      });
    }
  }
  if (rows.list.length === 0) {
    throw new InputError(
      "truncated",
      { file: source.file, offset: source.offset },
      "the table has a header and no row that can be read",
      `Write the rows too: \`${CAPTURE}\`.`,
    );
  }
  if (rows.ticks > 1) {
    sink.diagnostic({
      level: "info",
      code: "ambiguous",
      file: source.file,
      offset: source.offset,
      message: `the table repeats ${rows.ticks} times; the last row of each program is taken`,
    });
  }
  sink.add("programUsage", rows.list);
}
