/** What makes a finding the same problem in another run and another checkout. */
import type { RawFinding } from "./findings.ts";

/**
 * Made of what the problem is, not of its numbers, and of names without folders. Where those are the same for two problems,
 * as of `ingress/prog.o` and `egress/prog.o`, with as many folders as tell them apart.
 */
export function fingerprintsOf(findings: readonly RawFinding[]): ReadonlyMap<RawFinding, string> {
  const prints = new Map<RawFinding, string>();
  const deepest = Math.max(1, ...findings.map((it) => depthOf(it.subject.id)));
  let rest = findings;
  for (let parts = 1; parts <= deepest && rest.length > 0; parts += 1) {
    const groups = new Map<string, RawFinding[]>();
    for (const finding of rest) {
      const text = textOf(finding, parts);
      groups.set(text, [...(groups.get(text) ?? []), finding]);
    }
    for (const [text, several] of groups) {
      const print = hash(text);
      for (const it of several) prints.set(it, print);
    }
    rest = [...groups.values()].filter((it) => it.length > 1).flat();
  }
  return prints;
}

function textOf({ rule, subject, identity = "", maps }: RawFinding, parts: number): string {
  const files = [...new Set(maps.flatMap((it) => it.origins).map((it) => tail(it, 1)))].sort();
  return [rule, subject.kind, tail(subject.id, parts), identity, ...files].join("\n");
}

const BETWEEN = /[\\/]/;

function depthOf(path: string): number {
  return path.split(BETWEEN).length;
}

function tail(path: string, parts: number): string {
  return path.split(BETWEEN).slice(-parts).join("/");
}

/** FNV-1a of 64 bits in two halves, as hexadecimal digits: a name for a problem, no secret. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, "0");
}
