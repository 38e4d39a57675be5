/** `crictl ps`, `crictl stats` and `crictl inspect` (the JSON, or its `cgroupsPath` line alone). */
import { InputError } from "../../base/input-error.ts";
import type { ContainerFact } from "../../model/usage/pod-usage.ts";
import { peek, readAll } from "../byte-source.ts";
import { type BlockShape, type ByteSource, defineImporter, type FactSink } from "../importer.ts";
import { linesOf, placedAt } from "../lines.ts";
import { redactEither } from "../redact/either.ts";
import { policy, redactJson } from "../redact/json.ts";
import { redactLines } from "../redact/lines.ts";
import { cgroupsPathIn, containerIn } from "../tables/crictl-inspect.ts";
import { isCrictlHeader, parseCrictlRow } from "../tables/crictl-row.ts";
import { hasColumns, StrayLines } from "../tables/stray-lines.ts";

/** One container is some 20 KiB. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;
const HINT =
  "Take it again: `crictl ps > ps.txt`, `crictl stats > stats.txt`, `crictl inspect ID > ID.json`.";

const block: BlockShape = {
  begins: (line) =>
    isCrictlHeader(line) || parseCrictlRow(line) !== undefined || cgroupsPathIn(line) !== undefined,
  belongs: () => false,
  resembles: resemblesRow,
};

const KEPT = policy(
  `status id metadata attempt name labels io.kubernetes.container.name io.kubernetes.pod.name
  io.kubernetes.pod.namespace io.kubernetes.pod.uid info sandboxID pid runtimeSpec linux resources memory limit
  cgroupsPath`,
);

export const crictl = defineImporter({
  id: "crictl",
  title: "crictl ps, stats, inspect",
  docs: "docs/formats/crictl.md",
  priority: 15, // Its JSON has keys that no other has; its rows begin with a container's id.
  sniff: (head) => head.hasKeys("info", "status") || head.isMostly(block),
  block,
  redact: redactEither(redactJson(KEPT), redactLines()),

  async read(input, sink) {
    const { head, source } = await peek(input);
    if (head.json === undefined) await readLines(source, sink);
    else await readJson(source, sink);
  },
});

/** It has the columns of a row, and in front what may be left of an id; pods have names with hyphens. */
function resemblesRow(line: string): boolean {
  return hasColumns(line, 3) && DAMAGED_ID.test(line);
}

const DAMAGED_ID = /^\s*(?=\S*\d\S*\d)[^\s./:-]{6,64}\s/;

async function readLines(source: ByteSource, sink: FactSink) {
  const rows: ContainerFact[] = [];
  const strays = new StrayLines(source, sink, resemblesRow, "row of crictl", HINT);
  for await (const line of linesOf(source)) {
    const text = line.text;
    if (isCrictlHeader(text)) {
      strays.head(line);
      continue;
    }
    const cgroupsPath = cgroupsPathIn(text);
    const row = cgroupsPath === undefined ? parseCrictlRow(text) : { cgroupsPath };
    if (!row) {
      strays.unknown(line);
      continue;
    }
    strays.row(line);
    rows.push({ ...row, ...placedAt(source, line) });
  }
  if (rows.length === 0) {
    const place = { file: source.file, offset: source.offset };
    throw new InputError("truncated", place, "the table has a header and no row", HINT);
  }
  sink.add("containers", rows);
}

async function readJson(source: ByteSource, sink: FactSink) {
  const { bytes, cut } = await readAll(source, MAX_JSON_BYTES);
  const place = { file: source.file, offset: source.offset };
  if (cut) {
    const message = `only the first ${MAX_JSON_BYTES} bytes are read`;
    sink.diagnostic(new InputError("over-limit", place, message, HINT).toDiagnostic());
  }
  const text = new TextDecoder().decode(bytes);
  const at = { source: `${source.file} line ${source.firstLine ?? 1}` };
  const placed = { ...at, ...(source.part !== undefined && { part: source.part }) };
  const values = parseAll(text);
  const rows = (values ?? []).flatMap((it) => containerIn(it) ?? []);
  if (values !== undefined) {
    sink.add(
      "containers",
      rows.map((it) => ({ ...it, ...placed })),
    );
    return;
  }
  // A cut or damaged output still has the line that counts.
  const paths = text.split("\n").flatMap((line) => cgroupsPathIn(line) ?? []);
  const broken = new InputError(
    "malformed",
    place,
    `the JSON of crictl inspect is cut or damaged; ${paths.length === 0 ? "nothing" : "only cgroupsPath"} is read from it`,
    HINT,
  );
  if (paths.length === 0) throw broken;
  sink.diagnostic(broken.toDiagnostic());
  sink.add(
    "containers",
    paths.map((cgroupsPath) => ({ cgroupsPath, ...placed })),
  );
}

/** One object, an array, or several objects one after the other, as older versions print them. */
function parseAll(text: string): readonly unknown[] | undefined {
  for (const candidate of [text, `[${text.replace(/^\}\s*^\{/gm, "},{")}]`]) {
    try {
      const value: unknown = JSON.parse(candidate);
      return Array.isArray(value) ? value.flat() : [value];
    } catch {
      // Not in this form.
    }
  }
  return undefined;
}
