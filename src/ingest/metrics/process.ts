/** What client libraries say of the process that serves the metrics: the daemon itself. */
import type { Exporter } from "./exporter.ts";

export const processMetrics: Exporter = {
  id: "process",
  title: "the process that serves the metrics",
  source: "prometheus/process_collector.go of prometheus/client_golang",
  series: {
    process_resident_memory_bytes: { subject: "process", measure: "rss" },
    process_cpu_seconds: { subject: "process", measure: "cpu time", scale: 1e9 },
  },
};
