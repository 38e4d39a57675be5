/** `kubectl top pod` (with `-A`, `--containers`, `--sum`) and `kubectl top node`. */
import { InputError } from "../../base/input-error.ts";
import type { PodUsage } from "../../model/usage/pod-usage.ts";
import { type BlockShape, defineImporter } from "../importer.ts";
import { linesOf, placedAt } from "../lines.ts";
import { redactLines } from "../redact/lines.ts";
import {
  isTopRule,
  isTopSum,
  parseTopHeader,
  parseTopRow,
  type TopHeader,
} from "../tables/kubectl-top-row.ts";
import { hasColumns, hasFigure, StrayLines } from "../tables/stray-lines.ts";

const HINT = "Take it again: `kubectl top pod -A --containers > top.txt`.";

const block: BlockShape = {
  begins: (line) =>
    parseTopHeader(line) !== undefined || parseTopRow(line, undefined) !== undefined,
  belongs: (line) => isTopRule(line) || isTopSum(line),
  resembles: resemblesRow,
};

export const kubectlTop = defineImporter({
  id: "kubectl-top",
  title: "kubectl top",
  docs: "docs/formats/kubectl-top.md",
  priority: 72, // Told by its header, or by rows that end in `5m 125Mi`.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    const rows: PodUsage[] = [];
    let header: TopHeader | undefined;
    let unknown = 0;
    let isBelowRule = false;
    const strays = new StrayLines(source, sink, resemblesRow, "row of kubectl top", HINT);
    for await (const line of linesOf(source)) {
      const text = line.text;
      const found = parseTopHeader(text);
      if (found) {
        header = found;
        strays.head(line);
      }
      const isSum = isTopRule(text) || (isBelowRule && isTopSum(text));
      isBelowRule = isTopRule(text);
      if (found || isSum) continue;
      const row = parseTopRow(text, header);
      if (!row) {
        strays.unknown(line);
        continue;
      }
      strays.row(line);
      if (row.memory === undefined) unknown += 1;
      rows.push({ ...row, ...placedAt(source, line) });
    }
    const place = { file: source.file, offset: source.offset };
    if (rows.length === 0) {
      throw new InputError("truncated", place, "the table has a header and no row", HINT);
    }
    if (unknown > 0) {
      sink.diagnostic({
        level: "info",
        code: "partial-capture",
        ...place,
        message: `${unknown} rows say <unknown>: no metrics had arrived for them`,
        hint: "Wait a minute and take it again; see `kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes`.",
      });
    }
    sink.add("podUsage", rows);
  },
});

/** It has the columns of a row, or one of its figures. */
function resemblesRow(line: string): boolean {
  return hasColumns(line, 2) || hasFigure(line, FIGURE);
}

const FIGURE = /^(?:\d{1,9}(?:m|Mi)|<unknown>)$/;
