/** Figures that a report gives in words, English or Chinese; a line of prose may hold several. */
import type { Statement } from "../../model/usage/statement.ts";
import { parseCpuMillis, parseQuantity, parseWrittenSize, rounded } from "../units.ts";

type Found = Statement extends infer Each
  ? Each extends unknown
    ? Omit<Each, "source" | "part" | "quote">
    : never
  : never;

/** Longer lines are pasted output, not a statement. */
const MAX_LINE = 500;

const SIZE = "\\d{1,9}(?:\\.\\d{1,4})?\\s?[KMGT]i?B?";
const PAIR = new RegExp(`(?<![\\w.])(${SIZE})\\s*(?:vs\\.?|->|→|对比)\\s*(${SIZE})(?!\\w)`, "gi");
const PERCENT = "(\\d{1,5}(?:\\.\\d{1,4})?)\\s?%";

/** What a share is of, by the words before or after it. */
const SHARES: readonly { readonly of: "core" | "host" | "limit"; readonly pattern: RegExp }[] = [
  { of: "core", pattern: new RegExp(`(?:一个|单个|1 ?个) ?(?:CPU ?)?核心?的 ?${PERCENT}`, "gi") },
  { of: "core", pattern: new RegExp(`${PERCENT} of (?:one|a single|a|1) (?:CPU )?core`, "gi") },
  { of: "host", pattern: new RegExp(`(?<!最多可?以?)消耗了?总 ?CPU ?的 ?${PERCENT}`, "gi") },
  { of: "host", pattern: new RegExp(`(?:[2-9]|\\d{2,4}) ?个核心?的 ?${PERCENT}`, "gi") },
  { of: "host", pattern: new RegExp(`${PERCENT} of (?:the )?(?:total|whole|node's) CPU`, "gi") },
  { of: "host", pattern: new RegExp(`${PERCENT} of (?:[2-9]|\\d{2,4}) cores`, "gi") },
  { of: "limit", pattern: new RegExp(`CPU ?限制(?:的| )*${PERCENT}`, "gi") },
  { of: "limit", pattern: new RegExp(`CPU limit (?:of )?${PERCENT}`, "gi") },
];

const TOTAL = /(\d{1,4}) ?(?:核|个核心|cores?)[^\d\n]{0,12}(\d{4,6})m(?!\w)/i;
const LIMITS: readonly RegExp[] = [
  /(?:limit|限制)\s?(?:of )?(\d{1,4})C(\d{1,5}Gi?)(?![A-Za-z])/i,
  /(\d{1,4}) ?个 ?CPU ?的限制/,
  /CPU ?限制为 ?(\d{1,6}m?)(?![\d.%])/,
  /CPU limit (?:of|is|to) (\d{1,6}m?)(?![\d.%])/i,
];
const OVERHEAD = /pod[ _-]?overhead\b[^\n]{0,60}?\bmemory\s?[:=]\s?"?(\d{1,9}[KMGT]i?)\b/i;
const NO_OVERHEAD = /\bno pod[ _-]?overhead\b|(?:没有|无) ?pod[ _-]?overhead/i;
/** The switches of a runtime that change who is charged, or how much. */
const SETTING =
  /\b(debug_console_enabled|enable_debug|sandbox_cgroup_only|static_sandbox_resource_mgmt)\s?[=:]\s?"?(true|false)\b(?!\s?\/)/i;
const COUNT =
  /\b(?:created|started|deployed|scaled (?:up )?to)\s+(?:about |around |~)?(\d{1,3}(?:,\d{3})+|\d{2,9})\s+(services|pods|endpoints|workloads|service ?entries)\b/i;
const COUNT_CHINESE = /(?:创建|部署|启动)了? ?(\d{2,9}) ?个(服务|Pod|端点)/i;
const CHINESE_COUNTED: Record<string, string> = { 服务: "services", 端点: "endpoints" };

/** Every statement of the line, in its order by kind. */
export function statementsIn(line: string): readonly Found[] {
  if (line.length > MAX_LINE) return [];
  return [...pairs(line), ...shares(line), ...limits(line), ...others(line)];
}

function* pairs(line: string): Generator<Found> {
  for (const [, a = "", b = ""] of line.matchAll(PAIR)) {
    const from = parseWrittenSize(a);
    const to = parseWrittenSize(b);
    if (from && to) yield { kind: "memory-pair", from, to };
  }
}

function* shares(line: string): Generator<Found> {
  if (!/%/.test(line)) return;
  for (const { of, pattern } of SHARES) {
    for (const [, digits = ""] of line.matchAll(pattern)) {
      yield { kind: "cpu-share", percent: rounded(digits), of };
    }
  }
}

function* limits(line: string): Generator<Found> {
  for (const pattern of LIMITS) {
    const [, cpu = "", memory] = pattern.exec(line) ?? [];
    const cpuMillis = parseCpuMillis(cpu);
    if (cpuMillis === undefined) continue;
    const memoryBytes = memory && parseQuantity(`${memory.replace(/i$/, "")}i`);
    yield { kind: "pod-limit", cpuMillis, ...(memoryBytes && { memoryBytes }) };
    return;
  }
}

function* others(line: string): Generator<Found> {
  const total = TOTAL.exec(line);
  if (total && Number(total[1]) * 1000 === Number(total[2]))
    yield { kind: "cpu-total", cpus: Number(total[1]) };
  const overhead = parseQuantity(OVERHEAD.exec(line)?.[1] ?? "");
  if (overhead !== undefined) yield { kind: "pod-overhead", memoryBytes: overhead };
  else if (NO_OVERHEAD.test(line)) yield { kind: "pod-overhead", memoryBytes: 0 };
  const [, name, value] = SETTING.exec(line) ?? [];
  if (name && value) yield { kind: "setting", name, value: value.toLowerCase() };
  const [, digits, what] = COUNT.exec(line) ?? COUNT_CHINESE.exec(line) ?? [];
  if (digits && what) {
    const of = CHINESE_COUNTED[what] ?? what.toLowerCase();
    yield { kind: "scale-count", count: Number(digits.replaceAll(",", "")), of };
  }
}
