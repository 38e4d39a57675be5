/** What pods may take: as the node's table declares it, else as the report says of them. */
import type { Snapshot } from "../snapshot.ts";
import type { ReportPart } from "../usage/part.ts";
import type { PodRequest } from "../usage/pod-usage.ts";
import type { Statement } from "../usage/statement.ts";
import { partKey, subjectKey } from "./part-key.ts";
import type { Pod, PodLimit } from "./pod.ts";

type LimitFacts = Pick<Snapshot, "podRequests" | "statements">;
type StatedLimit = Extract<Statement, { kind: "pod-limit" }>;

export function addLimits(pods: readonly Pod[], { podRequests, statements }: LimitFacts): void {
  const stated = statements.filter((it): it is StatedLimit => it.kind === "pod-limit");
  const requests = new Map<string, PodRequest[]>();
  for (const it of podRequests) {
    const key = `${partKey(it.part)}\n${it.pod}`;
    requests.set(key, [...(requests.get(key) ?? []), it]);
  }
  for (const pod of pods) {
    const declared = requests
      .get(`${partKey(pod.part)}\n${pod.name}`)
      ?.findLast((it) => pod.namespace === undefined || it.namespace === pod.namespace);
    if (declared) pod.namespace ??= declared.namespace;
    const limit = declared
      ? {
          source: declared.source,
          // 0 is printed where no limit is set.
          ...(declared.memoryLimitBytes > 0 && { memoryBytes: declared.memoryLimitBytes }),
          ...(declared.cpuLimitMillis > 0 && { cpuMillis: declared.cpuLimitMillis }),
        }
      : statedLimit(stated, pod.part);
    if (limit && (limit.memoryBytes !== undefined || limit.cpuMillis !== undefined))
      pod.limit = limit;
  }
}

/** What a report says under the heading of a subject holds for every variant of it. */
export function statedLimit(
  statements: readonly StatedLimit[],
  part: ReportPart | undefined,
): PodLimit | undefined {
  const own = statements.filter(
    (it) =>
      part !== undefined &&
      subjectKey(it.part) === subjectKey(part) &&
      (it.part?.variant === undefined || it.part.variant === part.variant),
  );
  const memory = own.find((it) => it.memoryBytes !== undefined);
  const cpu = own.find((it) => it.cpuMillis !== undefined);
  const source = (memory ?? cpu)?.source;
  return source === undefined
    ? undefined
    : {
        source,
        ...(memory?.memoryBytes !== undefined && { memoryBytes: memory.memoryBytes }),
        ...(cpu?.cpuMillis !== undefined && { cpuMillis: cpu.cpuMillis }),
      };
}
