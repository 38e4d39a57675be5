/** Simulation -> blocks: the policies side by side, their steps, and what the search found. */
import type { SimulatedPolicy, Simulation } from "../../analyze/schema/simulation.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, Column, Row } from "./blocks.ts";
import { diagnosticBlocks } from "./inputs.ts";
import { NOT_KNOWN, plainBytes, plainCount, share } from "./numbers.ts";
import { recommendationBlocks } from "./recommendation.ts";

/** Steps of a policy that are shown unless all are asked for. */
const LAST = 10;

export function simulationOutline(
  simulation: Simulation,
  { verbose }: { readonly verbose: boolean },
): Block[] {
  const { demand, runs, withoutPool, recommendation, diagnostics } = simulation;
  return [
    { kind: "verdict", texts: verdictTexts(simulation) },
    {
      kind: "text",
      text:
        `demand: ${demand.source}: ${formatCount(demand.points)} ${demand.points === 1 ? "point" : "points"} from ` +
        `${formatCount(demand.first)} to ${formatCount(demand.last)} slots, peak ${formatCount(demand.peak)}`,
    },
    ...demand.notes.map((text): Block => ({ kind: "text", text })),
    ...(runs.length === 0
      ? []
      : [
          { kind: "heading", text: "Policies" } as const,
          { kind: "table", columns: columnsOf(runs), rows: runs.map(runRow) } as const,
          { kind: "text", text: legend(demand) } as const,
          ...innerMapBlocks(simulation),
          ...troubleBlocks(runs),
        ]),
    ...withoutPool.map(
      ({ name, fixedBytes }): Block => ({
        kind: "text",
        text:
          `${name}: no inner maps, so no steps and nothing idle; its four hash maps take ` +
          `${plainBytes(fixedBytes)} while empty and grow with each entry`,
      }),
    ),
    ...(recommendation === undefined ? [] : recommendationBlocks(recommendation)),
    ...runs.flatMap((run) => stepBlocks(run, verbose)),
    ...diagnosticBlocks(diagnostics),
  ];
}

/** Said of every figure of a policy. */
function legend({ weighedBy }: Simulation["demand"]): string {
  return (
    "of one daemon; idle: maps that exist and that no slot in use needs; up and in: steps, with the start; " +
    `the mean is over ${weighedBy === "seconds" ? "time" : "the points of the curve, each alike"}`
  );
}

function verdictTexts({ runs, withoutPool, recommendation }: Simulation): string[] {
  if (recommendation?.best !== undefined) {
    const { base, baseMeanIdle, best } = recommendation;
    const then = formatCount(Math.round(best.meanIdle));
    const now = formatCount(Math.round(baseMeanIdle));
    return best.meanIdle < baseMeanIdle
      ? [
          `${then} maps idle on average are possible, instead of ${now} with ${base}`,
          `${then} maps idle on average, instead of ${now}`,
        ]
      : [`no policy that was tried leaves fewer maps idle than ${base}`];
  }
  const [first] = runs;
  if (first === undefined) {
    return [`${withoutPool.map((it) => it.name).join(", ")}: no inner maps to simulate`];
  }
  const idle = `${first.policy.name}: ${formatCount(Math.round(first.meanIdle))} maps idle on average, ${formatCount(first.peakIdle)} at most`;
  const worst = runs.find((it) => it.refusals > 0);
  if (worst === undefined) {
    return [`${idle}, ${formatCount(first.stepCount)} steps`, idle];
  }
  const refused = `${formatCount(worst.refusals)} slots refused`;
  if (worst === first) return [`${idle}, ${refused}`, `${first.policy.name}: ${refused}`];
  return [`${idle}; ${worst.policy.name}: ${refused}`, idle];
}

const COLUMNS: readonly Column[] = [
  { title: "policy", align: "left", drop: 0 },
  { title: "mean idle", align: "right", drop: 0 },
  { title: "resident", align: "right", drop: 1 },
  { title: "peak idle", align: "right", drop: 0 },
  { title: "peak maps", align: "right", drop: 4 },
  { title: "up+in", align: "right", drop: 0 },
  { title: "maps made", align: "right", drop: 3 },
  { title: "refused", align: "right", drop: 0 },
];

const UPDATE_COLUMN: Column = { title: "updates", align: "right", drop: 2 };

function columnsOf(runs: readonly SimulatedPolicy[]): readonly Column[] {
  return runs.some((it) => it.updateSeconds !== undefined) ? [...COLUMNS, UPDATE_COLUMN] : COLUMNS;
}

function runRow(run: SimulatedPolicy): Row {
  return [
    run.policy.name,
    plainCount(Math.round(run.meanIdle)),
    plainBytes(run.meanIdleBytes),
    plainCount(run.peakIdle),
    plainCount(run.peakLive),
    `${formatCount(run.scaleUps)}+${formatCount(run.scaleIns)}`,
    plainCount(run.creations),
    plainCount(run.refusals),
    ...(run.updateSeconds === undefined ? [] : [`${run.updateSeconds.toFixed(2)} s`]),
  ];
}

function innerMapBlocks({ innerMap }: Simulation): Block[] {
  const { kernel, kernelSource, residentBytes, memlockBytes, descriptorBytes, reason } = innerMap;
  const host = `on ${kernel} (${kernelSource})`;
  return [
    {
      kind: "text",
      text:
        residentBytes === undefined
          ? `what an inner map takes is not known ${host}: ${reason ?? NOT_KNOWN}`
          : `an inner map ${host}: ${formatBytes(residentBytes)} resident, ${plainBytes(memlockBytes)} reported; ` +
            `the daemon's descriptor of it ${plainBytes(descriptorBytes)} more, in no figure here`,
    },
  ];
}

/** What a table of counts does not tell by itself. */
function troubleBlocks(runs: readonly SimulatedPolicy[]): Block[] {
  const items = runs.flatMap(({ policy, ...run }) => {
    const texts = [
      run.thrashingPoints === 0
        ? undefined
        : `scales up and in again at every look, at ${formatCount(run.thrashingPoints)} points of the curve: its watermarks are too near each other for its step`,
      run.failedScaleUps === 0
        ? undefined
        : `${formatCount(run.failedScaleUps)} ${run.failedScaleUps === 1 ? "scale-up" : "scale-ups"} made fewer maps than claimed; ends with ${formatCount(run.final.live)} maps of ${formatCount(run.final.claimed)} claimed slots`,
      run.firstRefusedPoint === undefined
        ? undefined
        : `refuses from point ${formatCount(run.firstRefusedPoint)} of the curve on, with ${formatCount(run.peakUsed)} slots in use at most`,
    ];
    return texts.flatMap((text) => (text === undefined ? [] : [{ lead: policy.name, text }]));
  });
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

function stepBlocks(run: SimulatedPolicy, verbose: boolean): Block[] {
  const { policy, steps, stepsLeftOut } = run;
  // A pool that never changes has told all in its row.
  if (steps.length < 2) return [];
  const shown = verbose ? steps : steps.slice(0, LAST);
  const hidden = steps.length - shown.length + stepsLeftOut;
  return [
    { kind: "heading", text: `Steps of ${policy.name}` },
    {
      kind: "table",
      columns: [
        { title: "step", align: "left", drop: 0 },
        { title: "point", align: "right", drop: 0 },
        { title: "slots used", align: "right", drop: 0 },
        { title: "claimed", align: "right", drop: 0 },
        { title: "then claimed", align: "right", drop: 0 },
        { title: "in use", align: "right", drop: 0 },
        { title: "live maps", align: "right", drop: 0 },
      ],
      rows: shown.map((step) => [
        step.event,
        step.point < 0 ? "-" : formatCount(step.point),
        formatCount(step.used),
        formatCount(step.claimedBefore),
        formatCount(step.claimedAfter),
        step.usedShareAfter === undefined ? "-" : share(step.usedShareAfter),
        formatCount(step.live),
      ]),
    },
    ...(hidden > 0
      ? [
          {
            kind: "text",
            text: `${formatCount(hidden)} more; --verbose shows up to 1,000`,
          } as const,
        ]
      : []),
  ];
}
