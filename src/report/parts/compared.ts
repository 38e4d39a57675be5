/** The result of `compare`: who grew and why, in one line and a table, then what is new of findings. */
import type { Compared } from "../../analyze/compared.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, FindingItem } from "./blocks.ts";
import { comparisonBlocks } from "./growth.ts";
import { diagnosticBlocks } from "./inputs.ts";
import { FIGURE_TITLE, share, shortenBytes, signedBytes } from "./numbers.ts";
import type { OutlineOptions } from "./outline.ts";
import { savingOf } from "./saving.ts";

/** Families in the ranking unless all are asked for. */
const TOP = 5;

export function comparedOutline(result: Compared, { verbose }: OutlineOptions): Block[] {
  const { from, to, comparison, newFindings, goneFindings, diagnostics } = result;
  return [
    { kind: "verdict", texts: verdicts(result) },
    ...rankingBlocks(result, verbose),
    ...comparisonBlocks(comparison, from, to, verbose),
    { kind: "heading", text: `New findings in ${to.label}` },
    ...(newFindings.length === 0
      ? [{ kind: "text", text: "none" } as const]
      : [{ kind: "findings", items: newFindings.map(itemOf) } as const]),
    ...(goneFindings.length === 0
      ? []
      : [
          { kind: "heading", text: `Findings of ${from.label} that are gone` } as const,
          {
            kind: "list",
            items: goneFindings.map(({ rule, label, message }) => ({
              lead: label === "" ? rule : `${rule} ${label}`,
              text: shortenBytes(message),
            })),
          } as const,
        ]),
    { kind: "heading", text: "Compared" },
    {
      kind: "list",
      items: [from, to].map(({ label, files, host }) => ({
        lead: label,
        text: `${files.length === 1 ? files[0] : `${formatCount(files.length)} files`}, kernel ${host.kernelRelease?.value ?? "not known"}, ${host.accounting?.value ?? "accounting not known"}`,
      })),
    },
    ...diagnosticBlocks(diagnostics),
  ];
}

function verdicts({ grew, comparison, from, to }: Compared): string[] {
  const [first, ...others] = grew;
  const sides = `${from.label} -> ${to.label}`;
  if (first === undefined) {
    const isSame = comparison.families.length === 0;
    return [`${isSame ? "Nothing that is known differs" : "No map grew"}: ${sides}`];
  }
  const bytes = grew.reduce((sum, it) => sum + it.bytes, 0);
  const of = `${signedBytes(bytes)} ${FIGURE_TITLE[first.figure]}`;
  const lead = `${first.label} is ${share(first.share)} of ${of}`;
  const rest = others.length === 0 ? "" : `, ${others[0]?.label} ${share(others[0]?.share ?? 0)}`;
  return [`${lead}${rest}: ${sides}`, `${lead}: ${sides}`, lead];
}

function rankingBlocks({ grew }: Compared, verbose: boolean): Block[] {
  if (grew.length === 0) return [];
  const shown = verbose ? grew : grew.slice(0, TOP);
  return [
    { kind: "heading", text: "What grew most" },
    {
      kind: "table",
      columns: [
        { title: "map", align: "left", drop: 0 },
        { title: "more", align: "right", drop: 0 },
        { title: "of all", align: "right", drop: 0 },
        { title: "cause", align: "left", drop: 0 },
        { title: "figure", align: "left", drop: 1 },
      ],
      rows: shown.map(({ label, bytes, share: part, figure, causes }) => [
        label,
        formatBytes(bytes),
        share(part),
        causes.map((it) => it.kind).join(", ") || "not known",
        FIGURE_TITLE[figure],
      ]),
    },
    ...(grew.length > shown.length
      ? [
          {
            kind: "text",
            text: `${formatCount(grew.length - shown.length)} more that grew; --verbose shows all`,
          } as const,
        ]
      : []),
  ];
}

function itemOf(finding: Compared["newFindings"][number]): FindingItem {
  const { severity, rule, label, message, recommendation, docs } = finding;
  return {
    severity,
    rule,
    where: label,
    saves: savingOf(finding),
    message: shortenBytes(message),
    recommendation: shortenBytes(recommendation),
    docs,
  };
}
