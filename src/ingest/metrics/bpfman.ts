/**
 * bpfman's bpf-metrics-exporter, through an OpenTelemetry collector: sizes are counters there, so they
 * carry `_total`, and the unit of max_entries says bytes.
 */
import type { Exporter } from "./exporter.ts";

const map = { subject: "map", id: "id", name: ["name"], type: "type" } as const;
const program = { subject: "program", id: "id", name: ["name"] } as const;

export const bpfman: Exporter = {
  id: "bpfman",
  title: "bpfman bpf-metrics-exporter",
  source: "bpf-metrics-exporter/src/main.rs of bpfman/bpfman",
  series: {
    bpf_map_info: { lists: "maps" },
    bpf_program_info: { lists: "programs" },
    bpf_map_key_size: { ...map, measure: "key size" },
    bpf_map_key_size_bytes: { ...map, measure: "key size" },
    bpf_map_value_size: { ...map, measure: "value size" },
    bpf_map_value_size_bytes: { ...map, measure: "value size" },
    bpf_map_max_entries: { ...map, measure: "max entries" },
    bpf_map_max_entries_bytes: { ...map, measure: "max entries" },
    bpf_program_mem_bytes: { ...program, measure: "program memory" },
  },
};
