/** What policies make of a demand: slots wanted, and what each claims, with the marks at which it steps. */
import type { SimulatedPolicy } from "../../analyze/schema/simulation.ts";
import { formatCount } from "../../base/units.ts";
import { safeText } from "../parts/safe-text.ts";
import type { Chart } from "./chart.ts";
import { COLORS, THEME } from "./theme.ts";
import { unique } from "./top-families.ts";

/** Points of the demand that are drawn; a page has no more pixels. */
const MOST = 400;

interface Line {
  readonly field: string;
  readonly title: string;
  readonly color: string;
  readonly dash?: readonly number[];
}

/** @param slots the demand that the runs were made over; a second run is drawn thin, to compare with. */
export function simulated(
  slots: ArrayLike<number>,
  runs: readonly Pick<SimulatedPolicy, "policy" | "steps" | "peakClaimed">[],
): Chart | undefined {
  const shown = runs.slice(0, 2);
  const [first, second] = shown;
  if (first === undefined || slots.length === 0) return undefined;
  const [name = "", other = ""] = unique(shown.map((it) => safeText(it.policy.name).slice(0, 40)));
  const points = drawnPoints(slots.length, shown);
  const claimed = shown.map((it) => claims(it.steps, points));
  const values = points.map((point, at) => ({
    point,
    used: slots[point] ?? 0,
    first: claimed[0]?.[at] ?? 0,
    high: (claimed[0]?.[at] ?? 0) * first.policy.highWatermark,
    low: (claimed[0]?.[at] ?? 0) * first.policy.lowWatermark,
    second: claimed[1]?.[at] ?? 0,
  }));
  const lines: readonly Line[] = [
    { field: "used", title: "wanted", color: COLORS.third },
    { field: "first", title: `claimed by ${name}`, color: COLORS.first },
    { field: "high", title: "scales up at", color: COLORS.alarm, dash: [4, 3] },
    { field: "low", title: "scales in at", color: COLORS.second, dash: [4, 3] },
    ...(second === undefined
      ? []
      : [{ field: "second", title: `claimed by ${other}`, color: COLORS.other, dash: [2, 2] }]),
  ];
  const scale = { domain: lines.map((it) => it.title), range: lines.map((it) => it.color) };
  const most = Math.max(...shown.map((it) => it.peakClaimed));
  return {
    id: "simulated",
    title: `Slots wanted and claimed by ${shown.length === 1 ? name : `${name} and ${other}`}`,
    description:
      `Lines over ${formatCount(slots.length)} points: slots wanted, slots claimed and the marks at which ${name} scales. ` +
      `At most ${formatCount(most)} slots are claimed.`,
    spec: {
      ...THEME,
      width: 620,
      height: 280,
      data: { values },
      encoding: {
        x: { field: "point", type: "quantitative", title: "point", axis: { tickMinStep: 1 } },
      },
      layer: lines.map(({ field, title, dash }) => ({
        mark: {
          type: "line" as const,
          interpolate: field === "used" ? ("linear" as const) : ("step-after" as const),
          ...(dash && { strokeDash: [...dash] }),
        },
        encoding: {
          y: { field, type: "quantitative" as const, title: "slots" },
          color: { datum: title, scale },
        },
      })),
    },
  };
}

/** Evenly over the curve, and every point at which a policy stepped. */
function drawnPoints(
  length: number,
  runs: readonly Pick<SimulatedPolicy, "steps">[],
): readonly number[] {
  const points = new Set<number>([length - 1]);
  const stride = Math.max(1, Math.ceil(length / MOST));
  for (let point = 0; point < length; point += stride) points.add(point);
  for (const { steps } of runs) {
    for (const { point } of steps.slice(0, MOST)) if (point >= 0) points.add(point);
  }
  return [...points].sort((a, b) => a - b);
}

/** Slots claimed at each of the points, which ascend as the steps do. */
function claims(steps: SimulatedPolicy["steps"], points: readonly number[]): number[] {
  let next = 0;
  let claimed = 0;
  return points.map((point) => {
    for (; next < steps.length && (steps[next]?.point ?? 0) <= point; next++) {
      claimed = steps[next]?.claimedAfter ?? claimed;
    }
    return claimed;
  });
}
