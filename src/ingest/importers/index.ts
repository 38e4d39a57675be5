/** Every input format: a new one is a file here, a line in this list, a page in docs/formats and a test. */
import type { Importer } from "../importer.ts";
import { bpfObject } from "./bpf-object.ts";
import { bpftoolMapDump } from "./bpftool-map-dump.ts";
import { bpftoolMapShow } from "./bpftool-map-show.ts";
import { bpftoolProgShow } from "./bpftool-prog-show.ts";
import { igTopEbpf } from "./ig-top-ebpf.ts";
import { jqMapSummary } from "./jq-map-summary.ts";
import { kmeshLog } from "./kmesh-log.ts";
import { markdownIssue } from "./markdown-issue.ts";
import { possibleCpus } from "./possible-cpus.ts";
import { uname } from "./uname.ts";

const formats: readonly Importer[] = [
  bpfObject,
  jqMapSummary,
  bpftoolMapShow,
  bpftoolProgShow,
  bpftoolMapDump,
  igTopEbpf,
  kmeshLog,
  uname,
  possibleCpus,
];

/** The formats, and the report that may hold any of them. */
export const importers: readonly Importer[] = [...formats, markdownIssue(formats)];
