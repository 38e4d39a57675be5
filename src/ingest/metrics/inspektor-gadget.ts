/** The bpfstats gadget through OpenTelemetry; later builds have the raw numbers under `_raw` names. */
import type { Exporter, KnownSeries } from "./exporter.ts";

const row = {
  subject: "maps",
  name: ["progName", "gadgetName", "gadgetImage"],
  node: ["nodeName"],
  requires: "gadgetName",
} as const;
const memory: KnownSeries = { ...row, measure: "memlock" };
const runTime: KnownSeries = { ...row, measure: "run time" };

export const inspektorGadget: Exporter = {
  id: "inspektor-gadget",
  title: "Inspektor Gadget bpfstats",
  source: "gadgets/bpfstats/README.mdx and pkg/operators/ebpf/stats.go of inspektor-gadget",
  series: {
    mapMemory: memory,
    mapMemory_raw: memory,
    mapCount: { ...row, measure: "maps" },
    runtime: runTime,
    runtime_raw: runTime,
    runcount: { ...row, measure: "run count" },
  },
};
