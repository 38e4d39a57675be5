/** The Cilium agent, `:9962/metrics`. */
import type { Exporter } from "./exporter.ts";

export const cilium: Exporter = {
  id: "cilium",
  title: "Cilium agent",
  source: "pkg/metrics/{metrics,bpf}.go and pkg/maps of cilium/cilium",
  series: {
    // Fill of the map: 0 to 1, and above it when entries were refused. Hidden below a threshold.
    cilium_bpf_map_pressure: { subject: "map", measure: "fill ratio", name: ["map_name"] },
    // Groups that have 65,536 entries stand in the one called `default`.
    cilium_bpf_map_capacity: { subject: "maps", measure: "max entries", name: ["map_group"] },
    cilium_bpf_maps: { subject: "maps", measure: "maps" },
    cilium_bpf_progs: { subject: "maps", measure: "programs" },
    cilium_bpf_maps_virtual_memory_max_bytes: { subject: "maps", measure: "memlock" },
    cilium_bpf_progs_virtual_memory_max_bytes: { subject: "maps", measure: "program memory" },
    cilium_process_resident_memory_bytes: { subject: "process", measure: "rss" },
    cilium_process_cpu_seconds: { subject: "process", measure: "cpu time", scale: 1e9 },
  },
};
