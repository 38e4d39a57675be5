/** Every input format: a new one is a file here, a line in this list, a page in docs/formats and a test. */
import type { Importer } from "../importer.ts";
import { bpfObject } from "./bpf-object.ts";
import { bpffsList } from "./bpffs-list.ts";
import { bpftoolBatch } from "./bpftool-batch.ts";
import { bpftoolMapDump } from "./bpftool-map-dump.ts";
import { bpftoolMapShow } from "./bpftool-map-show.ts";
import { bpftoolProgShow } from "./bpftool-prog-show.ts";
import { gzip } from "./gzip.ts";
import { igTopEbpf } from "./ig-top-ebpf.ts";
import { jqMapSummary } from "./jq-map-summary.ts";
import { kmeshLog } from "./kmesh-log.ts";
import { markdownIssue } from "./markdown-issue.ts";
import { possibleCpus } from "./possible-cpus.ts";
import { tar } from "./tar.ts";
import { uname } from "./uname.ts";
import { zip } from "./zip.ts";

const formats: readonly Importer[] = [
  bpfObject,
  jqMapSummary,
  bpftoolBatch,
  bpftoolMapShow,
  bpftoolProgShow,
  bpftoolMapDump,
  igTopEbpf,
  kmeshLog,
  uname,
  possibleCpus,
  bpffsList,
];

/** What holds other inputs. */
const packed: readonly Importer[] = [gzip, tar, zip];

/** The formats, the report that may hold any of them, and the archives that may hold it all. */
export const importers: readonly Importer[] = [...formats, markdownIssue(formats), ...packed];
