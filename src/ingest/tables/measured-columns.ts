/** What the columns of a report's table are, by their heads and cells: English and Chinese. */
import type { Rounded } from "../../model/rounded.ts";
import { exactly } from "../../model/rounded.ts";
import type { MeasuredKind, ScaleKind } from "../../model/usage/measurement.ts";
import { parseCpuMillis, parsePercent, parseWrittenSize, rounded } from "../units.ts";

const SCALES: readonly (readonly [ScaleKind, RegExp])[] = [
  ["services", /\bservices?\b|服务/i],
  ["endpoints", /\bendpoints?\b|端点/i],
  ["workloads", /\bworkloads?\b|工作负载/i],
  ["pods", /\bpods?\b|\breplicas?\b|副本|实例/i],
  ["nodes", /\bnodes?\b|节点/i],
  ["threads", /\bthreads?\b|线程/i],
  ["connections", /\bconnections?\b|\bconcurrency\b|连接|并发/i],
  ["clients", /\bclients?\b|客户端/i],
  ["policies", /\bpolic(?:y|ies)\b|策略/i],
  ["requests", /\bqps\b|\brps\b|\brequests?\b|请求/i],
];

const MEMORY = /\bmem(?:ory|lock)?\b|\brss\b|内存/i;
const CPU = /\bcpu\b/i;
/** `Memory (MB)`, `内存（MiB）`. */
const UNIT = /[（([]\s*([KMGT]i?B?|%|％|m|cores?|核)\s*[)）\]]/i;

export interface QuantityColumn {
  readonly title: string;
  readonly kind: MeasuredKind;
  /** Of cells that are bare numbers. */
  readonly unit: string | undefined;
}

export function scaleOf(title: string): ScaleKind | undefined {
  return quantityOf(title) ? undefined : SCALES.find(([, words]) => words.test(title))?.[0];
}

/** Undefined for a head that names neither memory nor CPU. */
export function quantityOf(title: string): QuantityColumn | undefined {
  const unit = UNIT.exec(title)?.[1];
  if (MEMORY.test(title)) return { title, kind: "memory", unit };
  if (!CPU.test(title)) return undefined;
  const isTime = unit !== undefined && /^(?:m|cores?|核)$/i.test(unit);
  return { title, kind: isTime ? "cpu-millis" : "cpu-share", unit };
}

/** A whole number of services, threads…: `1000`, `1,000`, `1k`. */
export function parseScale(cell: string): number | undefined {
  const [, digits, thousands] = /^(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})\s*(k?)$/i.exec(cell) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits.replaceAll(",", "")) * (thousands ? 1000 : 1);
}

/** The figure of a cell; undefined when it is none. `500m` in a column of shares is its own kind, and is none here. */
export function parseCell(cell: string, { kind, unit }: QuantityColumn): Rounded | undefined {
  const text = cell.replace(/^[~≈约]\s*/, "");
  const bare = /^\d{1,12}(?:\.\d{1,6})?$/.test(text);
  if (kind === "memory")
    return parseWrittenSize(bare && unit !== undefined ? `${text} ${unit}` : text);
  if (kind === "cpu-share")
    return bare && /[%％]/.test(unit ?? "") ? rounded(text) : parsePercent(text);
  const millis = parseCpuMillis(bare && unit === "m" ? `${text}m` : text);
  return millis === undefined ? undefined : exactly(millis);
}
