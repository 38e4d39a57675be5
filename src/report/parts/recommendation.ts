/** What the search for a better policy found: the reason, the policy as a file, and the Pareto table. */
import type { Simulation, SimulationCandidate } from "../../analyze/schema/simulation.ts";
import { formatCount } from "../../base/units.ts";
import type { Block, Column, Row } from "./blocks.ts";
import { plainBytes, plainCount, share, shortenBytes } from "./numbers.ts";
import { policyFile } from "./policy-file.ts";

export function recommendationBlocks(
  recommendation: NonNullable<Simulation["recommendation"]>,
): Block[] {
  const { best, stepOnly, pareto, reason, space } = recommendation;
  return [
    { kind: "heading", text: "Recommendation" },
    { kind: "text", text: shortenBytes(reason) },
    ...(best === undefined ? [] : [{ kind: "text", text: policyText(best) } as const]),
    ...(stepOnly === undefined
      ? []
      : [
          {
            kind: "text",
            text:
              `with another step, which is start and floor too, and the watermarks left alone: ` +
              `${formatCount(stepOnly.policy.scaleUpStep)} slots (${formatCount(stepOnly.policy.scaleInStep)} back), ` +
              `${formatCount(Math.round(stepOnly.meanIdle))} maps idle on average in ${formatCount(stepOnly.stepCount)} steps`,
          } as const,
        ]),
    ...(pareto.length === 0
      ? []
      : [
          { kind: "heading", text: "Fewest idle maps for each number of steps" } as const,
          { kind: "table", columns: PARETO_COLUMNS, rows: pareto.map(paretoRow) } as const,
        ]),
    { kind: "text", text: `searched: ${space}` },
  ];
}

function policyText({ policy }: SimulationCandidate): string {
  return `as a policy file: ${policyFile(policy, policy.source.replace(/^.* based on /, ""))}`;
}

const PARETO_COLUMNS: readonly Column[] = [
  { title: "steps", align: "right", drop: 0 },
  { title: "mean idle", align: "right", drop: 0 },
  { title: "resident", align: "right", drop: 1 },
  { title: "peak idle", align: "right", drop: 0 },
  { title: "start", align: "right", drop: 0 },
  { title: "claims", align: "right", drop: 0 },
  { title: "gives back", align: "right", drop: 3 },
  { title: "at", align: "right", drop: 0 },
  { title: "down to", align: "right", drop: 0 },
];

function paretoRow({ policy, ...run }: SimulationCandidate): Row {
  return [
    plainCount(run.stepCount),
    plainCount(Math.round(run.meanIdle)),
    plainBytes(run.meanIdleBytes),
    plainCount(run.peakIdle),
    plainCount(policy.initialSlots),
    stepText(policy.scaleUpStep, policy.scaleUpShare),
    stepText(policy.scaleInStep, policy.scaleInShare),
    share(policy.highWatermark),
    share(policy.lowWatermark),
  ];
}

function stepText(step: number, part: number): string {
  if (part === 0) return formatCount(step);
  return `${formatCount(step)} or ${Number((part * 100).toFixed(1))} %`;
}
