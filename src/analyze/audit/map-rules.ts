/** The rules that judge maps, over analyses as they were and over what objects declare. */
import type { AnalysisFamily, AnalysisSnapshot, Finding, RuleResult } from "../analysis.ts";
import type { Rule } from "../rule.ts";
import type { RuleOptions } from "../rule-options.ts";
import { rules as mapRules } from "../rules/index.ts";
import { runRules } from "../run-rules.ts";
import { buildTables } from "../tables.ts";
import type { AuditConfig, Level } from "./config.ts";
import { type DeclaredSnapshot, declaredSnapshots } from "./declared-families.ts";
import type { RawFinding } from "./findings.ts";
import type { AuditedMap, AuditInput } from "./maps.ts";
import type { PricedHosts } from "./points.ts";

export interface RuledMaps {
  readonly findings: readonly RawFinding[];
  readonly outcomes: ReadonlyMap<string, Pick<RuleResult, "outcome" | "reason">>;
}

/** What a definition alone can show; the others judge contents, programs and what a kernel reported. */
const OF_DEFINITIONS: ReadonlySet<string> = new Set([
  "bucket-cliff",
  "key-value-padding",
  "name-collision",
  "percpu-multiplication",
  "slab-misfit",
]);

/** What the declarations of all objects together show. */
const OF_DECLARATIONS: ReadonlySet<string> = new Set(["unused-map"]);

/** @param maps as audited: a shared map is there once. */
export function ruledBy(
  input: AuditInput,
  maps: readonly AuditedMap[],
  config: AuditConfig,
  hostOf: PricedHosts,
): RuledMaps {
  const rules = mapRules.filter((it) => levelOf(config, it.id) !== "off");
  const options = Object.fromEntries(
    Object.entries(config.rules).flatMap(([id, rule]) =>
      Array.isArray(rule) ? [[id, rule[1]]] : [],
    ),
  );
  const declaredMaps = maps.filter((it) => it.live === undefined);
  const live = runRules(rules, buildTables(input.snapshots), options);
  const families = familiesById(input.snapshots);
  const found = live.findings.map((it) => liveFinding(it, families, declaredMaps));
  const declared = ruledDeclarations(rules, options, input, declaredMaps, config, hostOf);
  const known = new Set(found.flatMap(identities));
  return {
    // A map that is live is judged as it is, and not once more as it is declared.
    findings: [
      ...found,
      ...declared.findings.filter((it) => !identities(it).some((id) => known.has(id))),
    ],
    outcomes: new Map(
      [...live.results, ...declared.results]
        .filter((it, _, all) => it.outcome !== "not-applicable" || isOnly(it, all))
        .map(({ id, outcome, reason }) => [id, { outcome, ...(reason && { reason }) }]),
    ),
  };
}

export function levelOf({ rules }: AuditConfig, id: string): Level | undefined {
  const rule = rules[id];
  return Array.isArray(rule) ? rule[0] : rule;
}

function isOnly({ id }: RuleResult, all: readonly RuleResult[]): boolean {
  return all.every((it) => it.id !== id || it.outcome === "not-applicable");
}

function identities({ rule, maps }: RawFinding): string[] {
  return maps.map((it) => `${rule}\n${it.kernelName}`);
}

function ruledDeclarations(
  rules: readonly Rule[],
  options: RuleOptions,
  { objects, snapshots }: AuditInput,
  maps: readonly AuditedMap[],
  config: AuditConfig,
  hostOf: PricedHosts,
): { readonly findings: readonly RawFinding[]; readonly results: readonly RuleResult[] } {
  if (maps.length === 0) return { findings: [], results: [] };
  const hosts = declaredSnapshots(maps, objects, config, hostOf);
  const ofMaps = hosts.map((it) => {
    const withObjects = { ...it.maps, objects: it.declarations.objects };
    const own = rules.filter((rule) => OF_DEFINITIONS.has(rule.id));
    const run = runRules(own, buildTables([withObjects]), options);
    return { ...run, findings: run.findings.map((found) => declaredFinding(found, it, maps)) };
  });
  const ofObjects = runRules(
    rules.filter((it) => OF_DECLARATIONS.has(it.id)),
    buildTables(hosts.slice(0, 1).map((it) => unseen(it, snapshots))),
    options,
  );
  return {
    findings: [
      ...worstOfEach(ofMaps.flatMap((it) => it.findings)),
      ...ofObjects.findings.map((it) => objectFinding(it, maps)),
    ],
    results: [...ofMaps.flatMap((it) => it.results), ...ofObjects.results],
  };
}

/** Objects beside a dump were judged with it. */
function unseen({ declarations }: DeclaredSnapshot, snapshots: readonly AnalysisSnapshot[]) {
  const seen = new Set(snapshots.flatMap((it) => (it.objects ?? []).map(({ file }) => file)));
  return { ...declarations, objects: declarations.objects?.filter((it) => !seen.has(it.file)) };
}

/** Of one finding on several hosts the one about the most bytes, with every object that declares the map so. */
function worstOfEach(findings: readonly RawFinding[]): RawFinding[] {
  const worst = new Map<string, RawFinding>();
  for (const finding of findings) {
    const { rule, subject, maps } = finding;
    const key = JSON.stringify([rule, subject.id, maps[0]?.definition]);
    const known = worst.get(key);
    const graver = known === undefined || bytesIn(known) < bytesIn(finding) ? finding : known;
    worst.set(key, { ...graver, maps: [...new Set([...(known?.maps ?? []), ...maps])] });
  }
  return [...worst.values()];
}

function bytesIn({ savesBytes, evidence }: RawFinding): number {
  const { lostBytes, copiesBytes } = evidence;
  return Number(savesBytes ?? lostBytes ?? copiesBytes ?? 0);
}

function declaredFinding(
  finding: Finding,
  { kernel, possibleCpus, maps: { families }, mapOf }: DeclaredSnapshot,
  all: readonly AuditedMap[],
): RawFinding {
  const map = mapOf.get(finding.subject.id);
  if (map === undefined) return objectFinding(finding, all);
  const subject = { snapshot: "", kind: "object" as const, id: map.name };
  if (finding.rule === "name-collision") {
    const maps = all.filter((it) => it.kernelName === map.kernelName);
    return { ...finding, subject, maps };
  }
  const family = families.find((it) => it.id === finding.subject.id);
  const isOnDemand = (family?.entryComponents?.length ?? 0) > 0;
  const where = `${kernel} with ${possibleCpus} CPUs${isOnDemand ? ", when full" : ""}`;
  return {
    ...finding,
    subject,
    message: `${finding.message} (on ${where})`,
    evidence: { ...finding.evidence, kernel, possibleCpus },
    maps: [map],
  };
}

/** About an object, or about maps of it that the evidence names. */
function objectFinding(finding: Finding, all: readonly AuditedMap[]): RawFinding {
  const { object, map, maps: several, kernelName } = finding.evidence;
  const names = Array.isArray(several) ? several.map(String) : [map];
  const maps = all.filter((it) =>
    kernelName === undefined
      ? names.includes(it.name) && it.origins.includes(String(object))
      : it.kernelName === kernelName,
  );
  const id = typeof map === "string" ? map : finding.subject.id;
  return { ...finding, subject: { snapshot: "", kind: "object", id }, maps };
}

type FamiliesById = ReadonlyMap<string, AnalysisFamily>;

function familiesById(snapshots: readonly AnalysisSnapshot[]): FamiliesById {
  return new Map(
    snapshots.flatMap(({ label, families }) =>
      families.map((it) => [`${label}\n${it.id}`, it] as const),
    ),
  );
}

function liveFinding(
  finding: Finding,
  families: FamiliesById,
  declared: readonly AuditedMap[],
): RawFinding {
  const { snapshot, id, kind } = finding.subject;
  if (kind === "object") {
    const found = objectFinding(finding, declared);
    if (found.maps.length > 0) return { ...found, subject: finding.subject };
  }
  const family = families.get(`${snapshot}\n${id}`);
  const name = family?.fullName ?? family?.name ?? id;
  return {
    ...finding,
    maps: [
      {
        name,
        kernelName: family?.name ?? "",
        definition: undefined,
        declarations: [],
        ownInnerMaps: 0,
        count: 1,
        origins: [snapshot],
        programs: [],
        isPinned: false,
        modes: [],
        owner: family?.owner?.name,
      },
    ],
  };
}
