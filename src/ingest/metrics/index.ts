/** Every exporter whose series are known: a new one is a file here and a line in this list. */
import { bpfman } from "./bpfman.ts";
import { cadvisor } from "./cadvisor.ts";
import { cilium } from "./cilium.ts";
import { datadog } from "./datadog.ts";
import { ebpfExporter } from "./ebpf-exporter.ts";
import type { Exporter, KnownList, KnownSeries } from "./exporter.ts";
import { felix } from "./felix.ts";
import { inspektorGadget } from "./inspektor-gadget.ts";
import { kmesh } from "./kmesh.ts";
import { mapPressure } from "./map-pressure.ts";
import { obi } from "./obi.ts";
import { processMetrics } from "./process.ts";
import { tetragon } from "./tetragon.ts";

export const exporters: readonly Exporter[] = [
  kmesh,
  cilium,
  tetragon,
  ebpfExporter,
  mapPressure,
  bpfman,
  felix,
  inspektorGadget,
  datadog,
  obi,
  cadvisor,
  processMetrics,
];

export interface Found {
  readonly exporter: Exporter;
  readonly series: KnownSeries | KnownList;
}

const bySeries = new Map<string, Found>(
  exporters.flatMap((exporter) =>
    Object.entries(exporter.series).map(
      ([name, series]) => [name, { exporter, series }] as [string, Found],
    ),
  ),
);

const seen = new Map<string, Found | null>();
/** Names of series are few; a hostile input has as many as it likes. */
const MAX_SEEN = 10_000;

/** By the name as it is written: dots are underscores, and a counter may have `_total` or not. */
export function findSeries(name: string): Found | undefined {
  const known = seen.get(name);
  if (known !== undefined) return known ?? undefined;
  const plain = name.replaceAll(".", "_");
  const found = bySeries.get(plain) ?? bySeries.get(plain.replace(/_total$/, ""));
  if (seen.size >= MAX_SEEN) seen.clear();
  seen.set(name, found ?? null);
  return found;
}
