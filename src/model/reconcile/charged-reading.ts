/** The one container that a scrape is of, as the cgroup that maps may be charged to. */
import type { Metric } from "../metrics/metric.ts";
import type { ChargedReading } from "./by-cgroup.ts";

/** Kernel memory is nearest to what maps are charged as; the working set has a heap in it too. */
const MEASURES = ["kernel memory", "working set", "memory usage"] as const;

/** Undefined when several containers have the figure: which of them made the maps is not known. */
export function chargedReading(metrics: readonly Metric[]): ChargedReading | undefined {
  const containers = metrics.filter((it) => it.subject === "container");
  for (const measure of MEASURES) {
    const said = containers.filter((it) => it.measure === measure);
    const [only, another] = said;
    if (another !== undefined) return undefined;
    if (only !== undefined)
      return { bytes: only.value, of: `${measure} of ${only.name ?? "the container"}` };
  }
  return undefined;
}
