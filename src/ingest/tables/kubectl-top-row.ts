/** Header and rows of `kubectl top pod` and `kubectl top node`. */
import { exactly } from "../../model/rounded.ts";
import type { PodUsage } from "../../model/usage/pod-usage.ts";
import { parseTopSize } from "../units.ts";

/** `CPU%` until kubectl 1.32, `CPU(%)` since; swap columns with `--show-swap`. */
const HEADER =
  /^\s*(NAMESPACE\s+)?(POD\s+)?NAME\s+CPU\(cores\)\s+(CPU(?:\(%\)|%)\s+)?MEMORY\(bytes\)(?:\s+MEMORY(?:\(%\)|%))?(?:\s+SWAP\(bytes\)(?:\s+SWAP\(%\))?)?\s*$/;

/** What stands in front of the figures: a name, or with it a namespace, a pod, or both. */
export interface TopHeader {
  readonly kind: PodUsage["kind"];
  readonly hasNamespace: boolean;
}

const UNKNOWN = "<unknown>";
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const CPU = /^\d{1,9}m$/;
const HAS_CPU = /\dm(?:\s|$)|<unknown>/;
const SHARE = /^\d{1,6}%$/;

export function parseTopHeader(line: string): TopHeader | undefined {
  const match = line.length > 300 ? undefined : HEADER.exec(line);
  if (!match) return undefined;
  const [, namespace, pod, share] = match;
  return {
    kind: share !== undefined ? "node" : pod !== undefined ? "container" : "pod",
    hasNamespace: namespace !== undefined,
  };
}

/** `________`, which `--sum` writes below the rows. */
export function isTopRule(line: string): boolean {
  return /^\s*(?:_{4,}\s*)+$/.test(line);
}

/** The sum below it, which has no name. Without the rule it is a row that lost its name. */
export function isTopSum(line: string): boolean {
  return /^\s*\d{1,12}m\s+\d{1,12}Mi(?:\s+\d{1,12}Mi)?\s*$/.test(line);
}

/** Undefined when the line is no row. Without a header the names in front are told by their number. */
export function parseTopRow(
  line: string,
  header: TopHeader | undefined,
): Omit<PodUsage, "source" | "part"> | undefined {
  // Of the lines of other formats most end here.
  if (line.length > 1000 || !HAS_CPU.test(line)) return undefined;
  const cells = line.trim().split(/\s+/);
  const first = cells.findIndex((it) => CPU.test(it) || it === UNKNOWN);
  if (first < 1 || first > 3) return undefined;
  const names = cells.slice(0, first);
  const figures = cells.slice(first);
  const isNode = header?.kind === "node" || SHARE.test(figures[1] ?? "") || figures.length >= 4;
  const cpu = figures.shift() ?? "";
  if (isNode) figures.shift();
  const memory = figures.shift() ?? "";
  const cpuMillis = CPU.test(cpu) ? exactly(Number(cpu.slice(0, -1))) : undefined;
  const bytes = parseTopSize(memory);
  if (bytes === undefined && memory !== UNKNOWN) return undefined;
  if (!names.every((it) => NAME.test(it))) return undefined;
  const read = namesOf(names, isNode ? "node" : header?.kind, header?.hasNamespace);
  return (
    read && {
      ...read,
      ...(cpuMillis !== undefined && { cpuMillis }),
      ...(bytes !== undefined && { memory: bytes }),
    }
  );
}

function namesOf(
  names: readonly string[],
  kind: PodUsage["kind"] | undefined,
  hasNamespace: boolean | undefined,
): Pick<PodUsage, "kind" | "name" | "namespace" | "container"> | undefined {
  const [a = "", b = "", c = ""] = names;
  if (names.length === 1) return { kind: kind === "node" ? "node" : "pod", name: a };
  if (names.length === 3) return { kind: "container", namespace: a, name: b, container: c };
  if (kind === "node") return undefined;
  // Two names without a header: `-A` is far more common than `--containers`.
  if (kind === "container" && hasNamespace !== true) return { kind, name: a, container: b };
  return { kind: "pod", namespace: a, name: b };
}
