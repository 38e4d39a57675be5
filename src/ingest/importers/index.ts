/** Every input format: a new one is a file here, a line in this list, a page in docs/formats and a test. */
import type { Importer } from "../importer.ts";
import { bpfObject } from "./bpf-object.ts";
import { bpftoolMapDump } from "./bpftool-map-dump.ts";
import { bpftoolMapShow } from "./bpftool-map-show.ts";
import { bpftoolProgShow } from "./bpftool-prog-show.ts";
import { bpftop } from "./bpftop.ts";
import { cMapDefinitions } from "./c-map-definitions.ts";
import { cgtop } from "./cgtop.ts";
import { crictl } from "./crictl.ts";
import { igBpfstats } from "./ig-bpfstats.ts";
import { igTopEbpf } from "./ig-top-ebpf.ts";
import { jqMapSummary } from "./jq-map-summary.ts";
import { kmeshLog } from "./kmesh-log.ts";
import { kubectlDescribeNode } from "./kubectl-describe-node.ts";
import { kubectlTop } from "./kubectl-top.ts";
import { markdownIssue } from "./markdown-issue.ts";
import { measurementTable } from "./measurement-table.ts";
import { meminfo } from "./meminfo.ts";
import { memoryStat } from "./memory-stat.ts";
import { possibleCpus } from "./possible-cpus.ts";
import { prometheus } from "./prometheus.ts";
import { tetraDebugMaps } from "./tetra-debug-maps.ts";
import { uname } from "./uname.ts";

const formats: readonly Importer[] = [
  bpfObject,
  jqMapSummary,
  bpftoolMapShow,
  bpftoolProgShow,
  bpftoolMapDump,
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
  cMapDefinitions,
];

/** The formats, and the report that may hold any of them. */
export const importers: readonly Importer[] = [...formats, markdownIssue(formats)];
