/** A sample of a known series -> a metric in the measure's unit, or why it says nothing. */
import { MEASURES, type Metric } from "../../model/metrics/metric.ts";
import { bpftoolTypeName } from "../map-type-name.ts";
import type { Exporter, KnownSeries } from "./exporter.ts";
import { integer } from "./listed.ts";
import type { Sample } from "./sample.ts";

/** Labels that only say which scrape and which library it was. */
const NOT_KEPT = new Set(["otel_scope_name", "otel_scope_version", "job", "endpoint", "__name__"]);

export function toMetric(
  sample: Sample,
  exporter: Exporter,
  series: KnownSeries,
  source: string,
): Metric | string {
  const { labels } = sample;
  const { unit } = MEASURES[series.measure];
  if (!Number.isFinite(sample.value)) return `the value is ${sample.value}`;
  const scaled = sample.value * (series.scale ?? 1);
  // Text in scientific notation and seconds as a fraction are rounded to what the unit can have.
  const value = unit === "ratio" || unit === "cores" ? scaled : Math.round(scaled);
  if (value < 0) return `the value is ${sample.value}, which no ${series.measure} can be`;
  if (value > Number.MAX_SAFE_INTEGER) return `the value ${sample.value} cannot be held exactly`;
  if (unit !== "ratio" && series.scale === undefined && value !== scaled)
    return `the value is ${sample.value}, and ${series.measure} are whole`;
  const name = nameOf(labels, series.name);
  const id = series.id === undefined ? undefined : integer(labels.get(series.id));
  const type = series.type === undefined ? undefined : labels.get(series.type);
  const node = firstOf(labels, series.node ?? []);
  const used = new Set([
    ...(Array.isArray(series.name) ? series.name : []),
    ...(series.node ?? []),
    series.id,
    series.type,
  ]);
  const others = [...labels].filter(([it]) => !used.has(it) && !NOT_KEPT.has(it));
  const typeName = type === undefined ? undefined : bpftoolTypeName(type);
  return {
    exporter: exporter.id,
    series: sample.series,
    subject: series.subject,
    measure: series.measure,
    value,
    ...(name !== undefined && { name }),
    ...(id !== undefined && { id }),
    ...(typeName !== undefined && { type: typeName }),
    ...(node !== undefined && { node }),
    labels: Object.fromEntries(others.sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(sample.at !== undefined && { at: sample.at }),
    ...(value === 0 && series.doubtAtZero !== undefined && { doubt: series.doubtAtZero }),
    source,
  };
}

function nameOf(labels: Sample["labels"], from: KnownSeries["name"]) {
  return typeof from === "function" ? from(labels) : firstOf(labels, from ?? []);
}

/** An empty label is no label. */
function firstOf(labels: Sample["labels"], names: readonly string[]) {
  return names.map((it) => labels.get(it)).find((it) => it !== undefined && it !== "");
}
