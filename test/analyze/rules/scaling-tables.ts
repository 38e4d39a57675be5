/** Tables of one daemon's scaling for the tests of its rules; the history is played by the simulator's model. */
import type { AnalysisScaling, AnalysisSnapshot } from "../../../src/analyze/analysis.ts";
import { analysisScaling } from "../../../src/analyze/build-scaling.ts";
import type { Tables } from "../../../src/analyze/tables.ts";
import { type ScalingFacts, scalingOf } from "../../../src/model/scaling/snapshot-scaling.ts";
import type { ScaleEvent } from "../../../src/model/snapshot.ts";
import { family, snapshot, tablesOf } from "../factories.ts";

const OF = { daemon: "kmesh-57rbp", source: "kmesh.log" };

/** A step up (slots above 0) or down of the log, as its two lines. */
export function step(used: number, claimed: number, slots: number): ScaleEvent[] {
  return slots > 0
    ? [
        { kind: "scale-up-needed", used, claimed, ...OF },
        { kind: "scale-up-collected", collected: slots, ...OF },
      ]
    : [
        { kind: "scale-in-possible", used, claimed, ...OF },
        { kind: "scale-in-collected", collected: -slots, ...OF },
      ];
}

export const START = step(0, 0, 32_768);
/** Up from 32,768 slots, and back. */
export const CYCLE = [
  ...step(22_956, 32_768, 32_768),
  ...step(19_659, 65_536, -8_192),
  ...step(17_180, 57_344, -8_192),
  ...step(14_737, 49_152, -8_192),
  ...step(12_282, 40_960, -8_192),
];

export function failure(created: number, errno: number): ScaleEvent {
  return { kind: "create-failed", created, errno, ...OF };
}

export function refusal(used: number, claimed: number): ScaleEvent {
  return { kind: "allocation-failed", used, claimed, ...OF };
}

export function scalingFrom(facts: Partial<ScalingFacts>): AnalysisScaling {
  const scaling = scalingOf({ events: [], seeds: [], software: undefined, ...facts });
  if (scaling === undefined) throw new Error("these facts tell of no scaling");
  return analysisScaling(scaling);
}

export function logTables(...events: ScaleEvent[]): Tables {
  return tablesOf(snapshot([], { scaling: scalingFrom({ events }) }));
}

/** Inner maps that are listed, with what the snapshot knows of their pool. */
export function poolTables(
  innerMaps: NonNullable<AnalysisScaling["innerMaps"]>,
  facts: Partial<AnalysisSnapshot> = {},
): Tables {
  const maps = family({
    id: "inner",
    name: null,
    type: "array",
    role: "inner",
    count: innerMaps.count,
    residentBytes: innerMaps.count * 2048,
    memlockBytes: innerMaps.count * 4096,
  });
  const { policy } = scalingFrom({ events: START });
  return tablesOf(snapshot([maps], { scaling: { policy, daemons: [], innerMaps }, ...facts }));
}
