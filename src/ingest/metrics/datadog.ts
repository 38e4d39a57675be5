/** Datadog's eBPF check: dotted names in its own exports, underscores when scraped. */
import type { Exporter } from "./exporter.ts";

const map = { subject: "map", name: ["map_name"], type: "map_type" } as const;

export const datadog: Exporter = {
  id: "datadog",
  title: "Datadog eBPF check",
  source: "pkg/collector/corechecks/ebpf/ebpf.go of DataDog/datadog-agent",
  series: {
    ebpf_maps_memory_max: { ...map, measure: "memory when full" },
    ebpf_maps_memory_rss: { ...map, measure: "memory taken" },
    ebpf_maps_max_entries: { ...map, measure: "max entries" },
    ebpf_maps_entry_count: { ...map, measure: "entries" },
    ebpf_maps_occupation: { ...map, measure: "fill ratio" },
    ebpf_maps_memory_max_total: { subject: "maps", measure: "memory when full" },
    ebpf_maps_memory_rss_total: { subject: "maps", measure: "memory taken" },
    ebpf_maps_memory_max_permodule: {
      subject: "maps",
      measure: "memory when full",
      name: ["module"],
    },
    ebpf_maps_memory_rss_permodule: { subject: "maps", measure: "memory taken", name: ["module"] },
  },
};
