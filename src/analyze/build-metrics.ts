/** Metrics in the words of the schema, each with the family it is of where that is settled. */
import type { z } from "zod";
import { MEASURES, type Metric } from "../model/metrics/metric.ts";
import { kernelNamesOf } from "../model/metrics/tie-entries.ts";
import type { AnalysisFamily } from "./analysis.ts";
import type { metricSchema } from "./schema/metric.ts";

export function metricsOf(
  metrics: readonly Metric[],
  families: readonly AnalysisFamily[],
): z.infer<typeof metricSchema>[] {
  const byName = new Map<string, AnalysisFamily[]>();
  for (const family of families) {
    const name = family.name ?? "";
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [family]);
    else same.push(family);
  }
  const byId = metrics.some((it) => it.id !== undefined) ? indexIds(families) : new Map();
  return metrics.map((metric) => {
    const { unit, ...measure } = MEASURES[metric.measure];
    const { labels, name, id, type, node, at, doubt } = metric;
    const family = familyOf(metric, byName, byId);
    return {
      exporter: metric.exporter,
      series: metric.series,
      subject: metric.subject,
      measure: metric.measure,
      value: metric.value,
      unit,
      ...("isCounter" in measure && { counter: true as const }),
      ...(name !== undefined && { name }),
      ...(id !== undefined && { id }),
      ...(type !== undefined && { type }),
      ...(node !== undefined && { node }),
      ...(Object.keys(labels).length > 0 && { labels: { ...labels } }),
      ...(at !== undefined && { at }),
      ...(family !== undefined && { family: family.id }),
      ...(doubt !== undefined && { doubt }),
      source: metric.source,
    };
  });
}

function indexIds(families: readonly AnalysisFamily[]): ReadonlyMap<number, AnalysisFamily> {
  const byId = new Map<number, AnalysisFamily>();
  for (const family of families) {
    for (const [first, last] of family.mapIds) {
      for (let id = first; id <= last; id++) byId.set(id, family);
    }
  }
  return byId;
}

function familyOf(
  metric: Metric,
  byName: ReadonlyMap<string, readonly AnalysisFamily[]>,
  byId: ReadonlyMap<number, AnalysisFamily>,
): AnalysisFamily | undefined {
  const { subject, id } = metric;
  if (subject !== "map") return undefined;
  const own = id === undefined ? undefined : byId.get(id);
  if (own !== undefined) return own;
  const [only, another] = kernelNamesOf(metric).flatMap((it) => byName.get(it) ?? []);
  return another === undefined ? only : undefined;
}
