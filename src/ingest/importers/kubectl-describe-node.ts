/** `kubectl describe node`: what pods ask for and may take; the whole output, or rows grepped out of it. */
import type { PodRequest } from "../../model/usage/pod-usage.ts";
import { type BlockShape, defineImporter, type FactSink } from "../importer.ts";
import { linesOf, placedAt } from "../lines.ts";
import { redactLines } from "../redact/lines.ts";
import { noRows } from "../tables/no-rows.ts";
import { isNodePodHeader, parseNodePodRow } from "../tables/node-pod-row.ts";
import { skippedLine } from "../tables/skipped-line.ts";

const HINT = "Take the whole output: `kubectl describe node NODE > node.txt`.";

/** Lines that `kubectl describe node` alone has, in the order of its output. */
const SECTION =
  /^(?:Taints|Unschedulable|Conditions|Addresses|Capacity|Allocatable|System Info|PodCIDRs?|Non-terminated Pods|Allocated resources|Lease|Roles|CreationTimestamp|Events|Name|Labels|Annotations|ProviderID|Hostname):/;
const PODS = /^Non-terminated Pods:\s+\(\d+ in total\)/;
const KERNEL = /^\s+Kernel Version:\s+(\S{1,100})\s*$/;
const CAPACITY_CPU = /^\s+cpu:\s+(\d{1,4})\s*$/;
const BORDER = /^[\s-]+$/;
/** Indented lines of those sections; others would take in what follows the output in a report. */
const DETAIL =
  /^\s+(?:cpu|memory|pods|ephemeral-storage|hugepages-\S+|Machine ID|System UUID|Boot ID|Kernel Version|OS Image|Operating System|Architecture|Container Runtime Version|Kubelet Version|Kube-Proxy Version|InternalIP|ExternalIP|Hostname|HolderIdentity|AcquireTime|RenewTime|Namespace|Type|Resource|Ready|MemoryPressure|DiskPressure|PIDPressure|NetworkUnavailable)[: ]/;
const LABEL = /^\s{8,}[\w./-]+[=:]/;

const block: BlockShape = {
  begins: (line) => PODS.test(line) || isNodePodHeader(line) || parseNodePodRow(line) !== undefined,
  belongs: (line) =>
    line.length < 600 &&
    (SECTION.test(line) || DETAIL.test(line) || LABEL.test(line) || /^\s+-{4,}/.test(line)),
};

export const kubectlDescribeNode = defineImporter({
  id: "kubectl-describe-node",
  title: "kubectl describe node",
  docs: "docs/formats/kubectl-describe-node.md",
  priority: 73, // Told by its rows of requests and limits, each with a share in brackets.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    const rows: PodRequest[] = [];
    let among = false;
    let section = "";
    for await (const line of linesOf(source)) {
      const [name] = /^[A-Z][\w -]*(?=:)/.exec(line.text) ?? [];
      if (name !== undefined) section = name;
      const row = parseNodePodRow(line.text);
      if (row) {
        rows.push({ ...row, ...placedAt(source, line) });
        continue;
      }
      if (isNodePodHeader(line.text)) among = true;
      else if (/^\S/.test(line.text)) among = false;
      else if (among && line.text.trim() !== "" && !BORDER.test(line.text))
        sink.diagnostic(skippedLine(source, line, "row of a node's pods", HINT));
      readHost(line.text, section, placedAt(source, line).source, sink);
    }
    if (rows.length === 0) sink.diagnostic(noRows(source, "the node's list of pods", HINT));
    sink.add("podRequests", rows);
  },
});

function readHost(text: string, section: string, source: string, sink: FactSink) {
  const release = section === "System Info" ? KERNEL.exec(text)?.[1] : undefined;
  if (release !== undefined)
    sink.host({ fact: "kernelRelease", value: release, basis: "reported", source });
  // What the node has, not what its kernel prepares for.
  const cpus = section === "Capacity" ? CAPACITY_CPU.exec(text)?.[1] : undefined;
  if (cpus !== undefined && Number(cpus) > 0)
    sink.host({ fact: "possibleCpus", value: Number(cpus), basis: "assumed", source });
}
