/** Calico's Felix with the eBPF data plane, `:9091/metrics`. */
import type { Exporter } from "./exporter.ts";

export const felix: Exporter = {
  id: "felix",
  title: "Calico Felix",
  source: "felix/bpf/conntrack/cleanup.go of projectcalico/calico",
  series: {
    // Of the last sweep; later releases split it by `type`. How many fit is configured
    // (bpfMapSizeConntrack) and not exported.
    felix_bpf_conntrack_used: { subject: "maps", measure: "entries" },
    felix_bpf_conntrack_maglev_entries: { subject: "maps", measure: "entries" },
  },
};
