/** Figures made of two others. CPU time is a counter: two values with their times make a rate, one makes none. */
import type { Metric } from "../../model/metrics/metric.ts";

/** Cores in use between two scrapes, one metric for each counter that both have with a time. */
export function cpuRates(before: readonly Metric[], after: readonly Metric[]): Metric[] {
  const earlier = new Map(before.filter(isCpuTime).map((it) => [keyOf(it), it]));
  return after.filter(isCpuTime).flatMap((metric) => {
    const first = earlier.get(keyOf(metric));
    if (first?.at === undefined || metric.at === undefined) return [];
    const seconds = (Date.parse(metric.at) - Date.parse(first.at)) / 1000;
    // A smaller value is a counter that began anew with its process.
    if (!(seconds > 0) || metric.value < first.value) return [];
    const value = (metric.value - first.value) / 1e9 / seconds;
    return [{ ...metric, measure: "cpu cores", value } satisfies Metric];
  });
}

/** A histogram's sum over its count. */
export function meanTimes(metrics: readonly Metric[]): Metric[] {
  const counts = new Map(
    metrics.filter((it) => it.measure === "operations").map((it) => [keyOf(it), it.value]),
  );
  return metrics.flatMap((metric) => {
    if (metric.measure !== "operation time") return [];
    const count = counts.get(
      keyOf({ ...metric, series: metric.series.replace(/_sum$/, "_count") }),
    );
    if (count === undefined || count === 0) return [];
    const value = Math.round(metric.value / count);
    return [{ ...metric, measure: "mean time", value } satisfies Metric];
  });
}

export function isCpuTime({ measure }: Metric): boolean {
  return measure === "cpu time";
}

function keyOf({ series, name, node, labels }: Metric) {
  return JSON.stringify([series, name, node, labels]);
}
