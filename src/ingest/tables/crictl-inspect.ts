/** `crictl inspect`: the few facts of a container that say whose memory it is. */
import type { ContainerFact } from "../../model/usage/pod-usage.ts";

type Row = Omit<ContainerFact, "source" | "part">;

/** A line grepped out of it; a path has no quote in it. */
const CGROUPS_PATH = /^\s*"cgroupsPath"\s*:\s*"([^"\\]{1,4096})"/;

export function cgroupsPathIn(line: string): string | undefined {
  return line.length > 5000 ? undefined : CGROUPS_PATH.exec(line)?.[1];
}

/** Undefined when the value says nothing of a container. */
export function containerIn(value: unknown): Row | undefined {
  const status = objectAt(value, "status");
  const info = objectAt(value, "info");
  const linux = objectAt(objectAt(info, "runtimeSpec"), "linux");
  const labels = objectAt(status, "labels");
  const limit = objectAt(objectAt(linux, "resources"), "memory").limit;
  const facts = {
    id: text(status.id),
    name: text(objectAt(status, "metadata").name),
    pod: text(labels["io.kubernetes.pod.name"]),
    namespace: text(labels["io.kubernetes.pod.namespace"]),
    podUid: text(labels["io.kubernetes.pod.uid"]),
    sandbox: text(info.sandboxID),
    cgroupsPath: text(linux.cgroupsPath),
    memoryLimitBytes:
      typeof limit === "number" && Number.isSafeInteger(limit) && limit > 0 ? limit : undefined,
  };
  const known = Object.entries(facts).filter(([, it]) => it !== undefined);
  return facts.id === undefined && facts.cgroupsPath === undefined
    ? undefined
    : (Object.fromEntries(known) as Row);
}

function objectAt(value: unknown, key: string): Record<string, unknown> {
  const found =
    typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)[key]
      : undefined;
  return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= 4096 ? value : undefined;
}
