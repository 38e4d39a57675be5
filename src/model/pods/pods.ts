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

type PodFacts = Pick<Snapshot, "containers" | "podUsage" | "podRequests" | "statements">;

export function podsOf(facts: PodFacts, cgroups: readonly Cgroup[]): readonly Pod[] {
  const pods = podsOfCgroups(cgroups);
  addOutside(pods, cgroups);
  addContainers(pods, facts.containers);
  for (const usage of usageByPod(facts.podUsage)) addUsage(pods, usage);
  addLimits(pods, facts);
  nameIds(pods);
  return pods;
}

function podsOfCgroups(cgroups: readonly Cgroup[]): Pod[] {
  const byKey = new Map<string, Pod>();
  for (const cgroup of cgroups) {
    const { podUid, role, part, path, runtime } = cgroup;
    if (podUid === undefined) continue;
    const pod = podOf(byKey, podUid, part);
    const last = cgroup.readings.at(-1);
    if (runtime !== undefined) pod.runtime = runtime;
    if (last === undefined) pod.hasEmptyCgroup = true;
    // A sandbox or container stands for the pod only while the pod's own group is not listed.
    else if (role === "pod" || (role === "sandbox" && pod.memory === undefined))
      pod.memory = { figure: last.memory, path, source: last.source };
  }
  for (const pod of byKey.values()) {
    const { variant } = pod.part ?? {};
    if (pod.runtime === undefined && variant !== undefined && !variant.includes("="))
      pod.runtime = variant;
  }
  return [...byKey.values()];
}

function podOf(byKey: Map<string, Pod>, uid: string, part: ReportPart | undefined): Pod {
  const key = `${partKey(part)}\n${uid}`;
  const known = byKey.get(key);
  if (known) return known;
  const pod = newPod(uid, part);
  pod.uid = uid;
  byKey.set(key, pod);
  return pod;
}

function newPod(id: string, part: ReportPart | undefined): Pod {
  return {
    id,
    ...(part !== undefined && { part }),
    containers: [],
    joined: [],
  };
}

/** `/kata_overhead/<id>` is of the pod that has `kata_<id>` in its own group. */
function addOutside(pods: readonly Pod[], cgroups: readonly Cgroup[]) {
  const owners = new Map<string, string>();
  for (const { role, containerId, podUid, part } of cgroups) {
    if (role === "sandbox" && containerId !== undefined)
      owners.set(`${partKey(part)}\n${containerId}`, podUid ?? "");
  }
  for (const { role, containerId, part, path, readings } of cgroups) {
    const last = readings.at(-1);
    if (role !== "sandbox-overhead" || last === undefined) continue;
    const uid = owners.get(`${partKey(part)}\n${containerId}`);
    const pod = pods.find((it) => it.uid === uid && partKey(it.part) === partKey(part));
    if (pod === undefined) continue;
    pod.outside = { figure: last.memory, path, source: last.source };
    pod.joined.push(`${path} has the sandbox id of the pod's group`);
  }
}

/** `crictl ps` gives names by id, `crictl inspect` the group's path: an id in both joins them. */
function addContainers(pods: Pod[], containers: readonly ContainerFact[]) {
  const paths = containers.flatMap(({ cgroupsPath, ...rest }) =>
    cgroupsPath === undefined ? [] : [{ ...rest, ...parseCgroupPath(cgroupsPath) }],
  );
  for (const fact of containers) {
    const { id, name, part } = fact;
    const path = paths.find(
      (it) => it.containerId !== undefined && id !== undefined && it.containerId.startsWith(id),
    );
    const uid = fact.podUid ?? path?.podUid;
    const pod =
      pods.find(
        (it) => it.uid === uid && uid !== undefined && partKey(it.part) === partKey(part),
      ) ??
      pods.find(
        (it) =>
          it.name === fact.pod && fact.pod !== undefined && partKey(it.part) === partKey(part),
      );
    if (pod === undefined) continue;
    if (name !== undefined && !pod.containers.includes(name)) {
      pod.containers.push(name);
      pod.joined.push(`crictl names container ${name} of it`);
    }
    if (fact.pod !== undefined) pod.name ??= fact.pod;
    if (fact.namespace !== undefined) pod.namespace ??= fact.namespace;
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

function addUsage(pods: Pod[], usage: PodUsage) {
  const match = nameMatch(pods, usage);
  const pod = match?.pod ?? newPod(usage.name, usage.part);
  if (match === undefined) pods.push(pod);
  else if (match.because !== "") pod.joined.push(match.because);
  pod.name ??= usage.name;
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
