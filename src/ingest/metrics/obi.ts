/** OpenTelemetry eBPF Instrumentation, and Grafana Beyla before it: counters until OBI v0.12, gauges since. */
import type { Exporter } from "./exporter.ts";

const map = { subject: "map", id: "map_id", name: ["map_name"], type: "map_type" } as const;
const entries = { ...map, measure: "entries" } as const;
const maxEntries = { ...map, measure: "max entries" } as const;

export const obi: Exporter = {
  id: "obi",
  title: "OpenTelemetry eBPF Instrumentation",
  source: "the internal metrics of opentelemetry-ebpf-instrumentation and grafana/beyla",
  series: {
    obi_bpf_map_entries: entries,
    obi_bpf_map_max_entries: maxEntries,
    beyla_bpf_map_entries: entries,
    beyla_bpf_map_max_entries: maxEntries,
  },
};
