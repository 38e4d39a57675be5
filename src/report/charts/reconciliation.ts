/** Why sums differ, as a waterfall: each tool's sum as a bar, and each gap on the way from one to the next. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { formatBytes } from "../../base/units.ts";
import { safeText } from "../parts/safe-text.ts";
import type { Chart } from "./chart.ts";
import { byteAxis, COLORS, THEME } from "./theme.ts";
import { unique } from "./top-families.ts";

type Reconciliation = NonNullable<AnalysisSnapshot["reconciliation"]>;

interface Bar {
  readonly name: string;
  readonly kind: "sum" | "more" | "less" | "not explained";
  readonly from: number;
  readonly to: number;
}

export function reconciliation(found: Reconciliation | undefined): Chart | undefined {
  const bars = found === undefined ? [] : barsOf(found);
  if (bars.length < 2) return undefined;
  const most = Math.max(...bars.map((it) => Math.max(it.from, it.to)));
  const { divisor, title } = byteAxis(most);
  const names = unique(bars.map((it) => safeText(it.name).slice(0, 70)));
  const kinds = ["sum", "more", "less", "not explained"] as const;
  return {
    id: "reconciliation",
    title: "From one tool's sum to the next",
    description: bars
      .map((it, at) =>
        it.kind === "sum"
          ? `${names[at]}: ${formatBytes(it.to)}`
          : `${names[at]}: ${it.to < it.from ? "-" : "+"}${formatBytes(Math.abs(it.to - it.from))}`,
      )
      .join("; "),
    spec: {
      ...THEME,
      width: 480,
      height: { step: 30 },
      data: {
        values: bars.map((it, at) => ({
          what: names[at],
          kind: it.kind,
          from: it.from / divisor,
          to: it.to / divisor,
        })),
      },
      mark: { type: "bar" },
      encoding: {
        y: { field: "what", type: "nominal", sort: names, title: null },
        x: { field: "from", type: "quantitative", title, axis: { tickCount: 5 } },
        x2: { field: "to" },
        color: {
          field: "kind",
          scale: {
            domain: [...kinds],
            range: [COLORS.first, COLORS.third, COLORS.second, COLORS.alarm],
          },
        },
      },
    },
  };
}

function barsOf({ views, steps }: Reconciliation): Bar[] {
  const byId = new Map(views.map((it) => [it.id, it]));
  return steps.flatMap((step, index) => {
    const [from, to] = [byId.get(step.from), byId.get(step.to)];
    if (from === undefined || to === undefined) return [];
    let at = from.bytes;
    const gaps = step.gaps.map((gap): Bar => {
      const bar = {
        name: gap.what,
        kind: gap.bytes < 0 ? ("less" as const) : ("more" as const),
        from: at,
        to: at + gap.bytes,
      };
      at += gap.bytes;
      return bar;
    });
    const rest: Bar[] =
      step.unexplainedBytes === 0
        ? []
        : [
            {
              name: "not explained",
              kind: "not explained",
              from: at,
              to: at + step.unexplainedBytes,
            },
          ];
    return [...(index === 0 ? [sum(from)] : []), ...gaps, ...rest, sum(to)];
  });
}

function sum({ of, bytes }: Reconciliation["views"][number]): Bar {
  return { name: of, kind: "sum", from: 0, to: bytes };
}
