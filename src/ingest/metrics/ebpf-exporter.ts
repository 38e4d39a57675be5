/** Cloudflare's ebpf_exporter: programs only. Times and counts carry the program's id and no name. */
import type { Exporter } from "./exporter.ts";

const program = { subject: "program", id: "id", name: ["program", "name"] } as const;

export const ebpfExporter: Exporter = {
  id: "ebpf_exporter",
  title: "ebpf_exporter",
  source: "README.md of cloudflare/ebpf_exporter, Built-in metrics",
  series: {
    ebpf_exporter_ebpf_program_info: { lists: "programs" },
    ebpf_exporter_ebpf_program_run_time_seconds: { ...program, measure: "run time", scale: 1e9 },
    ebpf_exporter_ebpf_program_run_count: { ...program, measure: "run count" },
  },
};
