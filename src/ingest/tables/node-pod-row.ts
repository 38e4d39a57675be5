/** Rows of "Non-terminated Pods" in `kubectl describe node`, which people grep out of it. */
import type { PodRequest } from "../../model/usage/pod-usage.ts";
import { parseCpuMillis, parseQuantity } from "../units.ts";

/** `Age` came with kubectl 1.10. */
const HEADER =
  /^\s*Namespace\s+Name\s+CPU Requests\s+CPU Limits\s+Memory Requests\s+Memory Limits(?:\s+A[Gg][Ee])?\s*$/;
const ROW =
  /^\s*([a-z0-9][a-z0-9-]{0,62})\s+([a-z0-9][a-z0-9.-]{0,252})\s+(\S{1,20}) \((-?\d{1,20})%\)\s+(\S{1,20}) \((-?\d{1,20})%\)\s+(\S{1,20}) \((-?\d{1,20})%\)\s+(\S{1,20}) \((-?\d{1,20})%\)(?:\s+(?:\d+[a-z]+)+|\s+<unknown>|\s+<invalid>)?\s*$/;

const MAX_ROW = 600;

export function isNodePodHeader(line: string): boolean {
  return line.length <= MAX_ROW && HEADER.test(line);
}

/** Undefined when the line is no row. */
export function parseNodePodRow(line: string): Omit<PodRequest, "source" | "part"> | undefined {
  if (line.length > MAX_ROW || !line.includes("%)")) return undefined;
  const match = ROW.exec(line);
  if (!match) return undefined;
  const [
    ,
    namespace = "",
    pod = "",
    cpuRequest = "",
    ,
    cpuLimit = "",
    ,
    request = "",
    ,
    limit = "",
  ] = match;
  const cpuRequestMillis = parseCpuMillis(cpuRequest);
  const cpuLimitMillis = parseCpuMillis(cpuLimit);
  const memoryRequestBytes = parseQuantity(request);
  const memoryLimitBytes = parseQuantity(limit);
  if (
    cpuRequestMillis === undefined ||
    cpuLimitMillis === undefined ||
    memoryRequestBytes === undefined ||
    memoryLimitBytes === undefined
  )
    return undefined;
  return { namespace, pod, cpuRequestMillis, cpuLimitMillis, memoryRequestBytes, memoryLimitBytes };
}
