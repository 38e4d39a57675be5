/** Reads the words between the blocks of a report: statements, limits in YAML, and images that nothing can be read from. */
import type { ReportPart } from "../../model/usage/part.ts";
import type { Statement } from "../../model/usage/statement.ts";
import { parseCpuMillis, parseQuantity } from "../units.ts";
import type { Prose } from "./blocks.ts";
import { isHeading } from "./lines.ts";
import { statementsIn } from "./statements.ts";

const IMAGE = /!\[([^\]]{0,200})\]\(\s*<?([^)\s>]{1,500})/g;
const HTML_IMAGE = /<img\b[^>]{0,300}?\bsrc\s?=\s?["']([^"']{1,500})["']/gi;
const RESULTS = /结果|\bresults?\b/i;
/** A line that announces what follows: `latency by connections:`, also in bold. */
const ANNOUNCES =
  /(?:对比|消耗|开销|使用率|内存|延迟|耗时|\bcomparison\b|\bmemory\b|\bcpu\b|\blatency\b|\busage\b)[^。.]{0,40}[:：][*_]{0,3}\s*$/i;
const NAMED_RESULT =
  /result|memory|cpu|perf|latency|usage|monitor|metric|dashboard|grafana|panel|bench|throughput|qps|flame|top\b/i;
/** Names of metrics: what follows plots them. Unlike words, they survive a text that lost its other characters. */
const METRIC = /\b[a-z]+(?:_[a-z]+)+_(?:bytes|seconds|total|count|ratio|percent)\b/;
/** `resources:` / `limits:` / `memory: "1Gi"`, as in a pod's manifest. */
const YAML = /^(\s*)(?:-\s)?([A-Za-z]+):\s*"?([\w.]{0,20})"?\s*$/;

const MAX_QUOTE = 80;
const MAX_ANNOUNCING = 200;

/** An image: nothing in it can be read. */
export interface ReportImage {
  readonly target: string;
  /** Byte offset of its line in the report, and the line's number. */
  readonly offset: number;
  readonly line: number;
  /** What is around it speaks of results, so figures are to be expected in it. */
  readonly showsResults: boolean;
}

export interface ProseFacts {
  readonly statements: readonly Statement[];
  readonly images: readonly ReportImage[];
}

export function proseFacts(prose: readonly Prose[], file: string): ProseFacts {
  const statements: Statement[] = [];
  const images: ReportImage[] = [];
  const limits = new YamlLimits();
  let before: string | undefined;
  for (const { line, part } of prose) {
    const placed = placeOf(file, line.number, part);
    for (const found of statementsIn(line.text)) {
      // A heading with a setting names a variant, and is no statement of its own.
      if (found.kind === "setting" && isHeading(line.text)) continue;
      statements.push({ ...found, ...placed, quote: shortened(line.text) } as Statement);
    }
    const limit = limits.line(line.text);
    if (limit) {
      statements.push({ kind: "pod-limit", ...limit, ...placed, quote: shortened(line.text) });
    }
    const targets = [...line.text.matchAll(IMAGE)].map(([, alt = "", target = ""]) => ({
      alt,
      target,
    }));
    for (const [, target = ""] of line.text.matchAll(HTML_IMAGE)) targets.push({ alt: "", target });
    for (const { target } of targets) {
      images.push({
        target,
        offset: line.start,
        line: line.number,
        showsResults: NAMED_RESULT.test(target) || (before !== undefined && announces(before)),
      });
    }
    if (targets.length === 0) before = isHeading(line.text) ? undefined : line.text;
  }
  return { statements, images };
}

function placeOf(file: string, line: number, part: ReportPart | undefined) {
  return { source: `${file} line ${line}`, ...(part !== undefined && { part }) };
}

/** Limits of a manifest: the lines below `limits:` that stand deeper than it. */
class YamlLimits {
  #depth: number | undefined;

  line(text: string): { memoryBytes?: number; cpuMillis?: number } | undefined {
    const [, indent = "", key, value = ""] = text.length > 200 ? [] : (YAML.exec(text) ?? []);
    if (key === undefined) this.#depth = undefined;
    else if (key === "limits" && value === "") this.#depth = indent.length;
    else if (this.#depth === undefined || indent.length <= this.#depth) this.#depth = undefined;
    else if (key === "memory") return defined("memoryBytes", parseQuantity(value));
    else if (key === "cpu") return defined("cpuMillis", parseCpuMillis(value));
    return undefined;
  }
}

function defined(key: "memoryBytes" | "cpuMillis", value: number | undefined) {
  return value === undefined ? undefined : { [key]: value };
}

function shortened(text: string): string {
  const words = text.trim().replace(/\s+/g, " ");
  return words.length > MAX_QUOTE ? `${words.slice(0, MAX_QUOTE)}…` : words;
}

function announces(line: string): boolean {
  if (line.length > MAX_ANNOUNCING) return false;
  return RESULTS.test(line) || ANNOUNCES.test(line) || METRIC.test(line);
}
