/** Every input format: a new one is a file here, a line in this list, a page in docs/formats and a test. */
import type { Importer } from "../importer.ts";
import { bpfObject } from "./bpf-object.ts";
import { bpffsList } from "./bpffs-list.ts";
import { bpftoolBatch } from "./bpftool-batch.ts";
import { bpftoolBtfDump } from "./bpftool-btf-dump.ts";
import { bpftoolMapDump } from "./bpftool-map-dump.ts";
import { bpftoolMapShow } from "./bpftool-map-show.ts";
import { bpftoolProgShow } from "./bpftool-prog-show.ts";
import { bpftop } from "./bpftop.ts";
import { cMapDefinitions } from "./c-map-definitions.ts";
import { captureNotes } from "./capture-notes.ts";
import { cgtop } from "./cgtop.ts";
import { crictl } from "./crictl.ts";
import { gzip } from "./gzip.ts";
import { igBpfstats } from "./ig-bpfstats.ts";
import { igTopEbpf } from "./ig-top-ebpf.ts";
import { jqMapSummary } from "./jq-map-summary.ts";
import { kmeshBpfDump } from "./kmesh-bpf-dump.ts";
import { kmeshConfigDump } from "./kmesh-config-dump.ts";
import { kmeshLog } from "./kmesh-log.ts";
import { kmeshMapspecs } from "./kmesh-mapspecs.ts";
import { kmeshPersist } from "./kmesh-persist.ts";
import { kubectlDescribeNode } from "./kubectl-describe-node.ts";
import { kubectlTop } from "./kubectl-top.ts";
import { mapscopeAnalysis } from "./mapscope-analysis.ts";
import { mapscopeCapture } from "./mapscope-capture.ts";
import { markdownIssue } from "./markdown-issue.ts";
import { measurementTable } from "./measurement-table.ts";
import { meminfo } from "./meminfo.ts";
import { memoryStat } from "./memory-stat.ts";
import { possibleCpus } from "./possible-cpus.ts";
import { prometheus } from "./prometheus.ts";
import { structSizes } from "./struct-sizes.ts";
import { tar } from "./tar.ts";
import { tetraDebugMaps } from "./tetra-debug-maps.ts";
import { uname } from "./uname.ts";
import { zip } from "./zip.ts";

const formats: readonly Importer[] = [
  bpfObject,
  kmeshPersist,
  jqMapSummary,
  bpftoolBatch,
  bpftoolMapShow,
  bpftoolProgShow,
  bpftoolBtfDump,
  bpftoolMapDump,
  kmeshBpfDump,
  kmeshConfigDump,
  kmeshMapspecs,
  structSizes,
  mapscopeAnalysis,
  mapscopeCapture,
  igBpfstats,
  igTopEbpf,
  tetraDebugMaps,
  kmeshLog,
  prometheus,
  uname,
  possibleCpus,
  crictl,
  cgtop,
  kubectlTop,
  kubectlDescribeNode,
  memoryStat,
  meminfo,
  bpftop,
  measurementTable,
  captureNotes,
  bpffsList,
  cMapDefinitions,
];

/** What holds other inputs. */
const packed: readonly Importer[] = [gzip, tar, zip];

/** The formats, the report that may hold any of them, and the archives that may hold it all. */
export const importers: readonly Importer[] = [...formats, markdownIssue(formats), ...packed];
