/** What a reporter says of the host in plain words: kernel, CPUs, version and mode of Kmesh. */
import type { HostClaim } from "../../model/snapshot.ts";

export type ProseClaim = Pick<HostClaim, "fact" | "value" | "basis">;

interface Pattern {
  readonly fact: HostClaim["fact"];
  readonly pattern: RegExp;
  readonly basis: HostClaim["basis"];
  value(match: RegExpExecArray): string | number | undefined;
}

/** Longer lines are pasted output, not a statement. */
const MAX_LINE = 300;

/** Between a word and its value: a colon, a table's bar, emphasis. */
const GAP = "[\\s:：|*`=]*";

const MODES: Record<string, string> = { 内核原生: "kernel-native", 双引擎: "dual-engine" };

const PATTERNS: readonly Pattern[] = [
  {
    // A release as `uname -r` prints it, with what the distribution adds.
    fact: "kernelRelease",
    basis: "reported",
    pattern:
      /(?<![\w.:/-])([3-9]\.\d{1,2}\.\d{1,3}[-.+][\w.+~-]*(?:x86_64|aarch64|arm64|amd64|generic|azure|aws|gke|el\d\w*|oe\d\w*|fc\d+|microsoft\S*))\b/,
    value: ([, release]) => release,
  },
  {
    fact: "kernelRelease",
    basis: "reported",
    pattern: new RegExp(
      `(?:\\bkernel|内核|\\buname -r)(?:\\s*(?:version|release|版本))?${GAP}v?([3-9]\\.\\d{1,2}(?:\\.\\d{1,3})?)(?![\\w%.])`,
      "i",
    ),
    value: ([, release]) => release,
  },
  {
    // What a machine has, not what the kernel prepares for: so it is assumed.
    fact: "possibleCpus",
    basis: "assumed",
    pattern: new RegExp(
      `^\\W*(?:v?CPUs?|CPU\\(s\\)|cores)${GAP}(\\d{1,4})(?:\\s*(?:cores?|核))?\\s*\\|?\\s*$`,
      "i",
    ),
    value: ([, count]) => positive(count),
  },
  {
    // `8U16G` and `8C16G` after a word for a machine; elsewhere it may be the limit of a pod.
    fact: "possibleCpus",
    basis: "assumed",
    pattern: new RegExp(
      `(?:\\b(?:node|host|machine|server)|节点|主机|机器|规格)${GAP}(\\d{1,4})[UC]\\d{1,5}G(?![A-Za-z])`,
      "i",
    ),
    value: ([, count]) => positive(count),
  },
  {
    fact: "kmeshVersion",
    basis: "reported",
    pattern: new RegExp(
      `\\bkmesh(?:\\s*(?:version|release|版本))?${GAP}(?:release\\s*|v)?(\\d+\\.\\d+(?:\\.\\d+)?(?:-[a-z]+\\S*)?)(?![\\w%.])`,
      "i",
    ),
    value: ([, version]) => version,
  },
  {
    fact: "kmeshMode",
    basis: "reported",
    pattern: /kmesh\b.*?(内核原生|双引擎|kernel-native|dual-engine)/i,
    value: ([, mode]) => mode && (MODES[mode] ?? mode.toLowerCase()),
  },
];

/** Every statement of the line; a fact that one pattern found is not looked for again. */
export function hostFacts(line: string): readonly ProseClaim[] {
  if (line.length > MAX_LINE) return [];
  const claims: ProseClaim[] = [];
  for (const { fact, basis, pattern, value } of PATTERNS) {
    if (claims.some((claim) => claim.fact === fact)) continue;
    const match = pattern.exec(line);
    const found = match && value(match);
    if (found) claims.push({ fact, value: found, basis });
  }
  return claims;
}

function positive(digits: string | undefined) {
  const count = Number(digits);
  return count > 0 ? count : undefined;
}
