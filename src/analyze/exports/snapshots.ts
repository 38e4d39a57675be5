/** Snapshots: the host and the totals. */
import type { AnalysisSnapshot } from "../analysis.ts";
import { BYTE_FIGURES, FIGURE_MEANING } from "../figures.ts";
import { type Column, defineTable, integer, json, text } from "./table.ts";

const TOTALS = BYTE_FIGURES.flatMap((name): Column<AnalysisSnapshot>[] => [
  integer(name, FIGURE_MEANING[name], ({ totals }) => totals[name]?.value),
  text(`${name}Basis`, `the weakest basis in \`${name}\``, ({ totals }) => totals[name]?.basis),
  integer(
    `${name}Missing`,
    "maps that have no such number and are not in it",
    ({ totals }) => totals[name]?.missing,
  ),
]);

export const snapshots = defineTable<AnalysisSnapshot>({
  name: "snapshots",
  title: "Snapshots",
  row: "one host at one time, with the sums over all of its families",
  rows: (analysis) => analysis.snapshots,
  columns: [
    text("label", "what other tables call `snapshot`", (it) => it.label),
    text("takenAt", "when, as the input says", (it) => it.takenAt),
    text("kernelRelease", "as uname -r prints it", ({ host }) => host.kernelRelease?.value),
    text("accounting", "how it reports memlock", ({ host }) => host.accounting?.value),
    text("accountingBasis", "how that is known", ({ host }) => host.accounting?.basis),
    integer("possibleCpus", "CPUs that may ever be", ({ host }) => host.possibleCpus?.value),
    text("possibleCpusBasis", "how that is known", ({ host }) => host.possibleCpus?.basis),
    integer("onlineCpus", "CPUs that were on", ({ host }) => host.onlineCpus?.value),
    integer("pageSizeBytes", "page size", ({ host }) => host.pageSize.value),
    text("byteOrder", "little or big", ({ host }) => host.byteOrder?.value),
    integer("maps", "maps in it", ({ totals }) => totals.maps),
    ...TOTALS,
    json("software", "known projects that maps belong to", (it) => it.software),
    json("scale", "how large the deployment was", (it) => it.scale),
    json("files", "inputs that it was made from", (it) => it.sources.map(({ file }) => file)),
  ],
});
