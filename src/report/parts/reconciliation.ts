/** Why these numbers differ: from one tool's sum to the next, a line for each gap. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, Row } from "./blocks.ts";
import { bytesOf, signedBytes } from "./numbers.ts";

type Reconciliation = NonNullable<AnalysisSnapshot["reconciliation"]>;
type View = Reconciliation["views"][number];

const TITLE: Record<View["id"], string> = {
  programs: "by program",
  maps: "by map",
  charged: "charged to a cgroup",
  cgroup: "in the cgroup",
};

export function reconciliationBlocks(
  { reconciliation }: AnalysisSnapshot,
  where: string,
  verbose: boolean,
): Block[] {
  if (reconciliation === undefined) return [];
  const { views, steps, notes } = reconciliation;
  // Who saw one sum only has none to compare it with.
  if (!verbose && !views.some((it) => it.id !== "maps" && it.seen)) return [];
  const byId = new Map(views.map((it) => [it.id, it]));
  const rows = steps.flatMap((step, index): Row[] => {
    const from = byId.get(step.from);
    const to = byId.get(step.to);
    if (from === undefined || to === undefined) return [];
    return [
      ...(index === 0 ? [viewRow(from)] : []),
      ...step.gaps.map((gap) => [
        `  ${gap.what}`,
        gap.maps === undefined ? "" : formatCount(gap.maps),
        `${gap.bytes > 0 ? "+" : ""}${bytesOf({ value: gap.bytes, basis: gap.basis })}`,
      ]),
      ...(step.unexplainedBytes === 0
        ? []
        : [["  not explained", "", signedBytes(step.unexplainedBytes)]]),
      viewRow(to),
    ];
  });
  return [
    { kind: "heading", text: `Why these numbers differ${where}` },
    {
      kind: "table",
      columns: [
        { title: "", align: "left", drop: 0 },
        { title: "maps", align: "right", drop: 1 },
        { title: "bytes", align: "right", drop: 0 },
      ],
      rows,
    },
    ...notes.map((text): Block => ({ kind: "text", text })),
  ];
}

function viewRow(view: View): Row {
  const error = view.errorBytes ? ` +-${formatBytes(view.errorBytes)}` : "";
  return [
    `${TITLE[view.id]}: ${view.of}`,
    "",
    `= ${bytesOf({ value: view.bytes, basis: view.basis })}${error}`,
  ];
}
