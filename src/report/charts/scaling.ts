/** A pool of inner maps: slots used and claimed after each step, with the marks between which nothing happens. */
import type { AnalysisScaling } from "../../analyze/analysis.ts";
import { formatCount } from "../../base/units.ts";
import { safeText } from "../parts/safe-text.ts";
import type { Chart } from "./chart.ts";
import { COLORS, THEME } from "./theme.ts";

/** Steps drawn: the last ones. */
const MOST = 60;

type Line = readonly [field: string, name: string, color: string, dash?: readonly number[]];
/** As in the scaling lab. */
const LINES: readonly Line[] = [
  ["claimed", "claimed", COLORS.first],
  ["used", "used", COLORS.third],
  ["high", "scales up at", COLORS.alarm, [4, 3]],
  ["low", "scales in at", COLORS.second, [4, 3]],
];

export function scaling({ policy, daemons }: AnalysisScaling): Chart | undefined {
  const daemon = daemons.toSorted((a, b) => b.steps.length - a.steps.length)[0];
  const steps = (daemon?.steps ?? []).filter((it) => it.claimedAfter !== undefined).slice(-MOST);
  if (daemon === undefined || steps.length < 2) return undefined;
  const rows = steps.map((it, index) => ({
    step: index + 1,
    event: it.event,
    claimed: it.claimedAfter ?? 0,
    used: it.used ?? null,
    high: (it.claimedAfter ?? 0) * policy.highWatermark,
    low: (it.claimedAfter ?? 0) * policy.lowWatermark,
  }));
  const last = steps.at(-1);
  const scale = { domain: LINES.map(([, name]) => name), range: LINES.map(([, , it]) => it) };
  const line = ([field, name, , dash]: Line) => ({
    mark: {
      type: "line" as const,
      interpolate: "step-after" as const,
      ...(dash && { strokeDash: [...dash] }),
    },
    encoding: {
      y: { field, type: "quantitative" as const, title: "slots" },
      color: { datum: name, scale },
    },
  });
  return {
    id: "scaling",
    title: `Slots of ${safeText(daemon.name)} after each step`,
    description: `Lines over ${rows.length} steps: slots claimed, slots used, and the marks at which it scales. After the last step ${formatCount(last?.used ?? 0)} of ${formatCount(last?.claimedAfter ?? 0)} are used.`,
    spec: {
      ...THEME,
      width: 620,
      height: 260,
      data: { values: rows },
      encoding: {
        x: { field: "step", type: "quantitative", title: "step", axis: { tickMinStep: 1 } },
      },
      layer: LINES.map(line),
      resolve: { scale: { color: "shared" } },
    },
  };
}
