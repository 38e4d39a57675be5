/** What a service, a pod or a workload costs: the floor and the slope of each map, and what runs out first. */
import type { Analysis, Growth } from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block } from "./blocks.ts";
import { BASIS_MARK, NOT_KNOWN } from "./numbers.ts";

/** Families shown unless all are asked for. */
const TOP = 8;

type Fit = NonNullable<Growth["totals"]["residentBytes"]>;

export function scaleGrowthBlocks({ growth = [] }: Analysis, verbose: boolean): Block[] {
  return growth.flatMap((it) => unitBlocks(it, verbose));
}

function unitBlocks(growth: Growth, verbose: boolean): Block[] {
  const { unit, points, totals, families, fills, nextStep } = growth;
  const shown = verbose ? families : families.slice(0, TOP);
  const amounts = points.map((it) => formatCount(it.amount)).join(", ");
  const one = singular(unit);
  const row = (label: string, fits: Partial<Growth["totals"]>) => [
    label,
    bytes(fits.memlockBytes?.floor, fits.memlockBytes),
    bytes(fits.memlockBytes?.perUnit, fits.memlockBytes),
    bytes(fits.residentBytes?.floor, fits.residentBytes),
    bytes(fits.residentBytes?.perUnit, fits.residentBytes),
    fits.entries === undefined ? NOT_KNOWN : number(fits.entries.perUnit),
  ];
  const column = (title: string, drop: number) => ({ title, align: "right", drop }) as const;
  const notes = [
    points.length === 2
      ? "two snapshots: the line fits them by itself, and says nothing of how straight growth is"
      : residualNote(totals.residentBytes ?? totals.memlockBytes),
    ...([totals, ...shown].some(isBelowZero)
      ? [
          "a floor below zero: growth is no straight line there; take more snapshots, at scales in between",
        ]
      : []),
    ...(families.length > shown.length
      ? [`${formatCount(families.length - shown.length)} more that change; --verbose shows all`]
      : []),
    ...fills.slice(0, 3).map((it, index) => {
      const what = it.errno === undefined ? "drops entries from there on" : `then ${it.errno}`;
      return `${index === 0 ? "first to fill" : "then"}: ${it.label} at ${formatCount(it.at)} ${unit} (${number(it.entriesPerUnit)} entries a ${one}, max_entries ${formatCount(it.maxEntries)}; ${what})`;
    }),
    ...(nextStep === undefined
      ? []
      : [
          `next scale-up at ${formatCount(nextStep.at)} ${unit}: ${number(nextStep.usedSlotsPerUnit)} slots a ${one}, and ${formatCount(nextStep.usedSlots)} of ${formatCount(nextStep.claimedSlots)} slots in use make a daemon claim ${formatCount(nextStep.claimedSlotsAfter)}`,
        ]),
  ];
  return [
    { kind: "heading", text: `Growth by ${unit}: ${amounts}` },
    {
      kind: "table",
      columns: [
        { title: "map", align: "left", drop: 0 },
        column("reported floor", 2),
        column(`a ${one}`, 1),
        column("resident floor", 0),
        column(`a ${one}`, 0),
        column("entries", 3),
      ],
      rows: [row("all", totals), ...shown.map((it) => row(it.label, it))],
    },
    ...notes.map((text): Block => ({ kind: "text", text })),
  ];
}

function isBelowZero(fits: Partial<Growth["totals"]>): boolean {
  return [fits.memlockBytes, fits.residentBytes].some((it) => Math.round(it?.floor ?? 0) < 0);
}

function residualNote(fit: Fit | undefined): string {
  return fit?.residual === undefined
    ? "no sum is known in every snapshot"
    : `the snapshots lie within ${formatBytes(Math.round(fit.residual))} of the line of the sum`;
}

function bytes(value: number | undefined, fit: Fit | undefined): string {
  return value === undefined || fit === undefined
    ? NOT_KNOWN
    : formatBytes(Math.round(value)) + BASIS_MARK[fit.basis];
}

/** `2` or `2.25`: two places are enough of a slope. */
function number(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(2);
}

export function singular(unit: string): string {
  if (unit.endsWith("ies")) return `${unit.slice(0, -3)}y`;
  return unit.endsWith("s") ? unit.slice(0, -1) : unit;
}
