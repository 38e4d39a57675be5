/**
 * Gauges as OpenMetrics text, for the textfile collector of node_exporter. Its parser is that of the older
 * Prometheus format, so only what both formats mean alike is written: gauges, no timestamps, no quotes in HELP.
 */
import type { Analysis } from "../analyze/analysis.ts";
import type { Sample } from "../analyze/gauges/gauge.ts";
import { gauges } from "../analyze/gauges/index.ts";
import { safeText } from "./parts/safe-text.ts";
import { defineRenderer } from "./renderer.ts";

export const openmetrics = defineRenderer({
  id: "openmetrics",
  title: "gauges as OpenMetrics text, for node_exporter's textfile collector",
  extension: ".prom",
  kinds: ["analysis"],
  render: (result) =>
    [...gauges.flatMap((it) => linesOf(it, result as Analysis)), "# EOF\n"].join("\n"),
});

function linesOf(
  { name, unit, help, labels, samples }: (typeof gauges)[number],
  analysis: Analysis,
): string[] {
  const all = samples(analysis);
  if (all.length === 0) return [];
  const seen = new Map<string, number>();
  return [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...all.map((it) => `${name}{${unique(labelsOf(it, labels), seen)}} ${it.value}`),
  ];
}

function labelsOf({ labels }: Sample, names: readonly string[]): string {
  return names.map((name) => `${name}="${labelValue(labels[name] ?? "")}"`).join(",");
}

/** Two names may be the same once they are made harmless; one series twice would make the whole file refused. */
function unique(labels: string, seen: Map<string, number>): string {
  const times = (seen.get(labels) ?? 0) + 1;
  seen.set(labels, times);
  return times === 1 ? labels : `${labels},duplicate="${times}"`;
}

function labelValue(text: string): string {
  return safeText(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
