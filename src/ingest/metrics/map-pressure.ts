/** Cybozu's bpf-map-pressure-exporter: maps whose 15-byte name holds one of the configured texts. */
import type { Exporter } from "./exporter.ts";

export const mapPressure: Exporter = {
  id: "bpf-map-pressure-exporter",
  title: "bpf-map-pressure-exporter",
  source: "bpf-map-pressure-exporter of cybozu/neco-containers",
  series: {
    bpf_map_pressure: { subject: "map", measure: "fill ratio", id: "map_id", name: ["map_name"] },
  },
};
