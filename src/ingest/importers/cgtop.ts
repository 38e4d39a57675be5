/** `systemd-cgtop`: what each control group is charged, in every form of its columns, whole or grepped. */
import { InputError } from "../../base/input-error.ts";
import type { CgroupUsage } from "../../model/usage/cgroup-usage.ts";
import { type BlockShape, defineImporter } from "../importer.ts";
import { linesOf, placedAt } from "../lines.ts";
import { redactLines } from "../redact/lines.ts";
import { isCgtopHeader, parseCgtopRow } from "../tables/cgtop-row.ts";
import { hasColumns, hasFigure, StrayLines } from "../tables/stray-lines.ts";

const HINT = "Take it without a terminal: `systemd-cgtop -b -n 1 --depth=8 -r > cgtop.txt`.";

const block: BlockShape = {
  begins: (line) => isCgtopHeader(line) || parseCgtopRow(line) !== undefined,
  // A row that lost its figures to the paste.
  belongs: (line) => /^\s*\/\S+\s{2,}\S/.test(line),
  resembles: resemblesRow,
};

export const cgtop = defineImporter({
  id: "cgtop",
  title: "systemd-cgtop",
  docs: "docs/formats/cgtop.md",
  priority: 71, // Told by its lines, which begin with a path and are in no other format.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    const rows = new Map<string, CgroupUsage>();
    let repeated = 0;
    let cut: CgroupUsage | undefined;
    const strays = new StrayLines(source, sink, resemblesRow, "row of systemd-cgtop", HINT);
    for await (const line of linesOf(source)) {
      const text = line.text;
      if (isCgtopHeader(text)) {
        strays.head(line);
        continue;
      }
      const row = parseCgtopRow(text);
      if (!row) {
        strays.unknown(line);
        continue;
      }
      strays.row(line);
      // The table repeats with every refresh: the last row of a group stands, and the first has no CPU.
      if (rows.delete(row.path)) repeated += 1;
      const usage = { ...row, ...placedAt(source, line) };
      rows.set(row.path, usage);
      if (row.isCut) cut ??= usage;
    }
    const place = { file: source.file, offset: source.offset };
    if (rows.size === 0) {
      throw new InputError("truncated", place, "the table has a header and no row", HINT);
    }
    if (repeated > 0) {
      sink.diagnostic({
        level: "info",
        code: "ambiguous",
        ...place,
        message: `the table repeats: ${repeated} earlier rows of the same groups are passed over`,
      });
    }
    if (cut) {
      sink.diagnostic({
        level: "warning",
        code: "partial-capture",
        ...place,
        path: cut.source.slice(source.file.length + 1),
        message: `the terminal was too narrow for the paths: ${JSON.stringify(cut.path)}`,
        hint: HINT,
      });
    }
    sink.add("cgroupUsage", [...rows.values()]);
  },
});

/** It begins as a row does, has its columns, or a size. */
function resemblesRow(line: string): boolean {
  return /^\s*\//.test(line) || hasColumns(line, 2) || hasFigure(line, SIZE);
}

const SIZE = /^\d{1,6}(?:\.\d)?[BKMGT]$/;
