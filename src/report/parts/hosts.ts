/** What is known of each host, and how; told of the last snapshot where the others agree with it. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import type { Block, ListItem } from "./blocks.ts";

export function hostBlocks(snapshots: readonly AnalysisSnapshot[], verbose: boolean): Block[] {
  const groups = new Map<string, { labels: string[]; items: ListItem[] }>();
  for (const snapshot of snapshots) {
    const key = valuesOf(snapshot);
    const labels = [...(groups.get(key)?.labels ?? []), snapshot.label];
    // The places that prove a fact differ from snapshot to snapshot; those of the last are shown.
    groups.set(key, { labels, items: factsOf(snapshot, verbose) });
  }
  return [...groups.values()].flatMap(({ labels, items }): Block[] => [
    { kind: "heading", text: groups.size > 1 ? `Host (${labels.join(", ")})` : "Host" },
    { kind: "list", items },
  ]);
}

function valuesOf({ host, software = [] }: AnalysisSnapshot): string {
  const { kernelRelease, accounting, possibleCpus, pageSize, byteOrder, structSizes } = host;
  const facts = [kernelRelease, accounting, possibleCpus, pageSize, byteOrder];
  return JSON.stringify([
    facts.map((it) => [it?.value, it?.basis]),
    structSizes?.profile,
    software.map((it) => [it.name, it.version, it.mode, it.instances, it.confidence]),
  ]);
}

/** With what proves each, where all is asked for. */
function factsOf({ host, software = [] }: AnalysisSnapshot, verbose: boolean): ListItem[] {
  const { kernelRelease, accounting, possibleCpus, pageSize, byteOrder, structSizes } = host;
  const facts = {
    kernel: kernelRelease,
    accounting,
    "possible CPUs": possibleCpus,
    "page size": pageSize,
    "byte order": byteOrder,
  };
  const items: ListItem[] = [];
  for (const [lead, fact] of Object.entries(facts)) {
    if (fact !== undefined) {
      items.push({
        lead,
        text: `${fact.value} (${verbose ? `${fact.basis}: ${fact.source}` : fact.basis})`,
      });
    }
  }
  if (structSizes !== undefined) {
    const found = Object.keys(structSizes.calibrated);
    items.push({
      lead: "struct sizes",
      text: `${structSizes.profile} (${structSizes.basis})${found.length > 0 ? `; of the dump: ${found.join(", ")}` : ""}`,
    });
  }
  for (const [name, reason] of Object.entries(host.unknown ?? {})) {
    items.push({ lead: name, text: `not known: ${reason}` });
  }
  for (const { name, version, mode, instances, confidence, evidence } of software) {
    const times = instances > 1 ? `, ${instances} times` : "";
    items.push({
      lead: "software",
      text: `${name} ${version}, ${mode}${times} (${confidence} confidence${verbose ? `: ${evidence}` : ""})`,
    });
  }
  return items;
}
