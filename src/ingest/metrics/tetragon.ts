/** Tetragon, `:2112/metrics`. */
import type { Exporter } from "./exporter.ts";

const map = { subject: "map", name: ["map"] } as const;

export const tetragon: Exporter = {
  id: "tetragon",
  title: "Tetragon",
  source: "docs/content/en/docs/reference/metrics.md of cilium/tetragon",
  series: {
    tetragon_map_entries: { ...map, measure: "entries" },
    // The name of the entries until v1.1.0.
    tetragon_map_in_use_gauge: { ...map, measure: "entries" },
    tetragon_map_capacity: { ...map, measure: "max entries" },
    tetragon_map_errors_update: { ...map, measure: "failed updates" },
    tetragon_map_errors_delete: { ...map, measure: "failed deletes" },
    // Maps that several policies share are in none of them.
    tetragon_tracingpolicy_kernel_memory_bytes: {
      subject: "maps",
      measure: "memlock",
      name: ["policy"],
    },
  },
};
