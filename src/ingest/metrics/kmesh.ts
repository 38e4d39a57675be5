/** The Kmesh daemon, `:15020/status/metric`: v1.0.0 and later, and the gauges proposed in its issue 1666. */
import type { Exporter, KnownSeries } from "./exporter.ts";

const map = { subject: "map", name: ["map_name"], type: "map_type", node: ["node_name"] } as const;
const operation = { subject: "operation", name: ["operation_type"], node: ["node_name"] } as const;

export const kmesh: Exporter = {
  id: "kmesh",
  title: "Kmesh",
  source: "pkg/controller/telemetry/{metric,map_metric,bpf_prog_metric}.go of kmesh-net/kmesh",
  series: {
    kmesh_map_entry_count: {
      ...map,
      measure: "entries",
      doubtAtZero:
        "the exporter says 0 for every type but hash, and when the map changed while it counted",
    },
    // A gauge in spite of its name. It counts every map of the kernel that has no name, too.
    kmesh_map_count: { subject: "maps", measure: "maps", node: ["node_name"] },
    kmesh_map_max_entries: { ...map, measure: "max entries" },
    kmesh_map_memlock_bytes: { ...map, measure: "memlock" },
    kmesh_map_entry_utilization_ratio: { ...map, measure: "fill ratio" },
    // The buckets are those of seconds while the values are nanoseconds, so all stand in the last one.
    kmesh_bpf_prog_operation_duration_sum: { ...operation, measure: "operation time" },
    kmesh_bpf_prog_operation_duration_count: { ...operation, measure: "operations" },
    kmesh_bpf_prog_operation_count: { ...operation, measure: "operations" },
  } satisfies Record<string, KnownSeries>,
};
