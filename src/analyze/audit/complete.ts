/** Raw findings -> findings: level, docs, place and fingerprint settled, in the order in which they are read. */

import { rules as mapRules } from "../rules/index.ts";
import { SEVERITIES, type Severity } from "../severity.ts";
import type { AuditConfig } from "./config.ts";
import type { RawFinding } from "./findings.ts";
import { fingerprintsOf } from "./fingerprints.ts";
import { AUDIT_RULES, type AuditRuleId, auditRuleDocs } from "./rules.ts";
import type { AuditFinding } from "./schema.ts";
import type { Waived } from "./waivers.ts";

export function complete(all: readonly Waived[], config: AuditConfig): AuditFinding[] {
  const prints = fingerprintsOf(all.map((it) => it.finding));
  const findings = all.flatMap(({ finding, waiver }) => {
    const usual = usually(finding.rule);
    const rule = config.rules[finding.rule];
    const level = Array.isArray(rule) ? rule[0] : rule;
    if (level === "off") return [];
    const { maps, objects, budget, identity, severity, ...rest } = finding;
    const location = locationOf(finding);
    return [
      {
        ...rest,
        title: usual.title,
        severity: level ?? severity ?? usual.severity,
        docs: usual.docs,
        ...(location !== undefined && { location }),
        fingerprint: prints.get(finding) ?? "",
        ...(waiver !== undefined && { waived: { reason: waiver.reason, until: waiver.until } }),
      },
    ];
  });
  return findings.sort(byWeight);
}

function usually(id: string): { title: string; severity: Severity; docs: string } {
  const own = AUDIT_RULES[id as AuditRuleId];
  if (own !== undefined) return { ...own, docs: auditRuleDocs(id as AuditRuleId) };
  const rule = mapRules.find((it) => it.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

/** BTF tells the line of a program, not that of a map: the line is that of the first program that uses it. */
function locationOf({ maps, subject, rule }: RawFinding): AuditFinding["location"] {
  if (rule === "unreadable-input") return { file: subject.id };
  const [map] = maps;
  const file = map?.origins[0];
  if (map === undefined || file === undefined || map.live !== undefined) return undefined;
  if (maps.length > 1) return { file };
  const { name } = map;
  const line = map.programs.find((it) => it.line !== undefined)?.line;
  const [, source, number] = /^(.+):(\d+)$/.exec(line ?? "") ?? [];
  return source === undefined || number === undefined
    ? { file, map: name }
    : { file: straight(source), line: Number(number), map: name, object: file };
}

/** A compiler joins the folder of an include as it was written: `bpf/./x.h`, `bpf/../include/x.h`. */
function straight(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    const last = parts.at(-1);
    if (part === "." && parts.length > 0) continue;
    if (part === ".." && last !== undefined && last !== "" && last !== "." && last !== "..") {
      parts.pop();
    } else parts.push(part);
  }
  return parts.join("/");
}

function byWeight(a: AuditFinding, b: AuditFinding): number {
  return (
    Number(a.waived !== undefined) - Number(b.waived !== undefined) ||
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    (b.savesBytes ?? 0) - (a.savesBytes ?? 0) ||
    compareText(a.rule, b.rule) ||
    compareText(a.subject.id, b.subject.id) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
