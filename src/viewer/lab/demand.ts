/** What the lab plays a policy over: what the report tells, or a ramp of services up and down again. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { demandOf } from "../../analyze/demand.ts";
import { formatCount } from "../../base/units.ts";
import { type Demand, rampPoints, slotsPerCluster } from "../../model/scaling/demand.ts";

export interface Ramp {
  readonly services: number;
  readonly endpoints: number;
  /** The services go again after they came. */
  readonly andBack: boolean;
}

export const RAMP: Ramp = { services: 5000, endpoints: 1, andBack: true };
export const MOST_SERVICES = 100_000;
export const MOST_ENDPOINTS = 1000;
/** Counts of slots are exact in single precision up to here. */
const MOST_SLOTS = 2 ** 24;

/** Undefined when a report tells no demand, or one of a single point, over which nothing scales. */
export function reportDemand(snapshots: readonly AnalysisSnapshot[]): Demand | undefined {
  const demand = demandOf(snapshots);
  return demand === undefined || demand.slots.length < 2 ? undefined : demand;
}

export function rampDemand({ services, endpoints, andBack }: Ramp): Demand {
  const perService = slotsPerCluster(endpoints);
  const most = Math.min(services, Math.floor(MOST_SLOTS / perService));
  const points = rampPoints(andBack ? [0, most, 0] : [0, most], 1) ?? [];
  return {
    source: `0 to ${formatCount(most)} services${andBack ? " and back" : ""}`,
    slots: points.map((it) => it * perService),
    notes: [
      `${formatCount(perService)} slots a service: one cluster with ${formatCount(endpoints)} ` +
        `${endpoints === 1 ? "endpoint" : "endpoints"}; listeners and routes come on top`,
    ],
  };
}
