/** Control groups, `kubectl top`, crictl and `kubectl describe node` -> pods, for each part of a report. */
import { sumOfRounded } from "../rounded.ts";
import type { Snapshot } from "../snapshot.ts";
import type { ReportPart } from "../usage/part.ts";
import type { ContainerFact, PodUsage } from "../usage/pod-usage.ts";
import { parseCgroupPath } from "./cgroup-path.ts";
import type { Cgroup } from "./cgroups.ts";
import { addLimits } from "./limits.ts";
import { nameMatch } from "./name-match.ts";
import { partKey } from "./part-key.ts";
import type { Pod } from "./pod.ts";
import { PodIndex } from "./pod-index.ts";

type PodFacts = Pick<Snapshot, "containers" | "podUsage" | "podRequests" | "statements">;

export function podsOf(facts: PodFacts, cgroups: readonly Cgroup[]): readonly Pod[] {
  const index = new PodIndex();
  addGroups(index, cgroups);
  addOutside(index, cgroups);
  addContainers(index, facts.containers);
  for (const usage of usageByPod(facts.podUsage)) addUsage(index, usage);
  addLimits(index.pods, facts);
  nameIds(index.pods);
  return index.pods;
}

function addGroups(index: PodIndex, cgroups: readonly Cgroup[]) {
  for (const cgroup of cgroups) {
    const { podUid, role, part, path, runtime } = cgroup;
    if (podUid === undefined) continue;
    const pod = index.ofUid(podUid, part) ?? index.add(newPod(podUid, part, podUid));
    const last = cgroup.readings.at(-1);
    if (runtime !== undefined) pod.runtime = runtime;
    if (last === undefined) pod.hasEmptyCgroup = true;
    // A sandbox or container stands for the pod only while the pod's own group is not listed.
    else if (role === "pod" || (role === "sandbox" && pod.memory === undefined))
      pod.memory = { figure: last.memory, path, source: last.source };
  }
  for (const pod of index.pods) {
    const { variant } = pod.part ?? {};
    if (pod.runtime === undefined && variant !== undefined && !variant.includes("="))
      pod.runtime = variant;
  }
}

function newPod(id: string, part: ReportPart | undefined, uid?: string): Pod {
  return {
    id,
    ...(uid !== undefined && { uid }),
    ...(part !== undefined && { part }),
    containers: [],
    joined: [],
  };
}

/** `/kata_overhead/<id>` is of the pod that has `kata_<id>` in its own group. */
function addOutside(index: PodIndex, cgroups: readonly Cgroup[]) {
  const owners = new Map<string, string>();
  for (const { role, containerId, podUid, part } of cgroups) {
    if (role === "sandbox" && containerId !== undefined && podUid !== undefined)
      owners.set(`${partKey(part)}\n${containerId}`, podUid);
  }
  for (const { role, containerId, part, path, readings } of cgroups) {
    const last = readings.at(-1);
    if (role !== "sandbox-overhead" || last === undefined) continue;
    const pod = index.ofUid(owners.get(`${partKey(part)}\n${containerId}`), part);
    if (pod === undefined) continue;
    pod.outside = { figure: last.memory, path, source: last.source };
    pod.joined.push(`${path} has the sandbox id of the pod's group`);
  }
}

/** As much of an id as `crictl ps` prints. */
const SHORT_ID = 13;

/** `crictl ps` gives names by id, `crictl inspect` the group's path: an id in both joins them. */
function addContainers(index: PodIndex, containers: readonly ContainerFact[]) {
  const uids = new Map<string, string>();
  for (const { cgroupsPath } of containers) {
    const { containerId, podUid } = cgroupsPath === undefined ? {} : parseCgroupPath(cgroupsPath);
    if (containerId !== undefined && podUid !== undefined)
      uids.set(containerId.slice(0, SHORT_ID), podUid);
  }
  for (const { id, name, pod: podName, namespace, podUid, part } of containers) {
    const uid = podUid ?? (id === undefined ? undefined : uids.get(id.slice(0, SHORT_ID)));
    const pod =
      index.ofUid(uid, part) ??
      (podName === undefined ? undefined : index.ofName(podName, namespace, part));
    if (pod === undefined) continue;
    if (name !== undefined && !pod.containers.includes(name)) {
      index.container(pod, name);
      pod.joined.push(`crictl names container ${name} of it`);
    }
    if (podName !== undefined) index.name(pod, podName);
    if (namespace !== undefined) pod.namespace ??= namespace;
  }
}

/** One row a pod: those of its containers are added up, as the tool itself does. */
function usageByPod(rows: readonly PodUsage[]): readonly PodUsage[] {
  const groups = new Map<string, PodUsage[]>();
  for (const row of rows) {
    if (row.kind === "node") continue;
    const key = [row.kind, partKey(row.part), row.namespace ?? "", row.name].join("\n");
    groups.set(key, row.kind === "pod" ? [row] : [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((same) => {
    const [first] = same as [PodUsage];
    const memory = same.flatMap((it) => it.memory ?? []);
    const cpu = same.flatMap((it) => it.cpuMillis ?? []);
    return {
      ...first,
      ...(memory.length === same.length && { memory: sumOfRounded(memory) }),
      ...(cpu.length === same.length && { cpuMillis: sumOfRounded(cpu) }),
    };
  });
}

function addUsage(index: PodIndex, usage: PodUsage) {
  const match = nameMatch(index, usage);
  const pod = match?.pod ?? index.add(newPod(usage.name, usage.part));
  if (match !== undefined && match.because !== "") pod.joined.push(match.because);
  index.name(pod, usage.name);
  if (usage.namespace !== undefined) pod.namespace ??= usage.namespace;
  if (usage.memory !== undefined) pod.workingSet = { figure: usage.memory, source: usage.source };
  if (usage.cpuMillis !== undefined) pod.cpuMillis = usage.cpuMillis;
}

/** The names are known last; two pods of one name are told by their uids. */
function nameIds(pods: readonly Pod[]) {
  const used = new Set<string>();
  for (const pod of pods) {
    const place = [pod.part?.subject, pod.part?.variant]
      .filter((it) => it !== undefined)
      .join(" / ");
    const own = pod.name ?? pod.id;
    const id = place === "" ? own : `${place}: ${own}`;
    const unique = used.has(id) ? `${id} (${pod.uid ?? pod.namespace ?? used.size})` : id;
    used.add(unique);
    pod.id = unique;
  }
}
