/** Findings and the fate of each rule. One that holds in several snapshots is told once, of the last. */
import type { Analysis, Finding } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import { NEEDS, type Need, TOPICS, type Topic } from "../../analyze/needs.ts";
import { formatCount } from "../../base/units.ts";
import type { Block, FindingItem, ListItem } from "./blocks.ts";
import { evidenceRows } from "./evidence.ts";
import { shortenBytes } from "./numbers.ts";
import { savingOf } from "./saving.ts";

/** Findings of one rule that are shown; a flood of the same says no more. */
const MOST_OF_ONE_RULE = 5;

/** Told with what to do about them, unless all are; of the others only what was found. */
const MOST_IN_FULL = 3;

export function findingBlocks(analysis: Analysis, verbose: boolean): Block[] {
  const heading: Block = { kind: "heading", text: "Findings" };
  const groups = grouped(analysis);
  if (groups.length === 0) {
    const passed = analysis.rules.filter((it) => it.outcome === "passed").length;
    return [
      heading,
      { kind: "text", text: `none (${passed} of ${analysis.rules.length} rules passed)` },
    ];
  }
  const seen = new Map<string, number>();
  const shown = groups.filter(({ finding }) => {
    const count = (seen.get(finding.rule) ?? 0) + 1;
    seen.set(finding.rule, count);
    return count <= MOST_OF_ONE_RULE;
  });
  const notes = [...seen]
    .filter(([, count]) => count > MOST_OF_ONE_RULE)
    .map(
      ([rule, count]) =>
        `${formatCount(count - MOST_OF_ONE_RULE)} more of ${rule}; --format json has all`,
    );
  const isInFull = (group: Group, index: number) =>
    verbose || index < MOST_IN_FULL || group.finding.severity !== "info";
  const items = shown.filter(isInFull).map((group, index): FindingItem => {
    const { recommendation, docs, ...found } = itemOf(group, analysis);
    return verbose || index < MOST_IN_FULL ? { ...found, recommendation, docs } : found;
  });
  const others = shown.filter((group, index) => !isInFull(group, index));
  return [
    heading,
    { kind: "findings", items },
    ...(others.length === 0 ? [] : [inBrief(others, analysis)]),
    ...notes.map((text): Block => ({ kind: "text", text })),
    ...(items.length < shown.length || items.some((it) => it.docs === undefined)
      ? [{ kind: "text", text: "--verbose tells each with its proof and what to do" } as const]
      : []),
  ];
}

/** What is only worth knowing: a line for each rule, with the maps that it found. */
function inBrief(groups: readonly Group[], analysis: Analysis): Block {
  const titles = new Map(analysis.rules.map(({ id, title }) => [id, title]));
  const names = new Map<string, string[]>();
  for (const { finding } of groups) {
    const name = nameOf(finding, analysis);
    names.set(finding.rule, [...(names.get(finding.rule) ?? []), ...(name === "" ? [] : [name])]);
  }
  const items = [...names].map(([rule, of]): ListItem => {
    const where = of.length === 0 ? "" : `: ${of.join(", ")}`;
    return { level: "info", lead: rule, text: `${titles.get(rule) ?? rule}${where}` };
  });
  return { kind: "list", items };
}

interface Group {
  /** Of the last snapshot that it holds in. */
  finding: Finding;
  readonly snapshots: string[];
}

function grouped({ findings, snapshots }: Analysis): Group[] {
  const order = new Map(snapshots.map((it, index) => [it.label, index]));
  const rank = (finding: Finding) => order.get(finding.subject.snapshot) ?? -1;
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const { kind, id, snapshot } = finding.subject;
    // A snapshot's id is its label: the same thing said of each of them is one group.
    const key = `${finding.rule}\n${kind}\n${kind === "snapshot" ? (finding.evidence.software ?? "") : id}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { finding, snapshots: [snapshot] });
      continue;
    }
    if (!group.snapshots.includes(snapshot)) group.snapshots.push(snapshot);
    if (rank(finding) > rank(group.finding)) group.finding = finding;
  }
  return [...groups.values()];
}

function itemOf({ finding, snapshots }: Group, analysis: Analysis): Required<FindingItem> {
  const { subject } = finding;
  const others = snapshots.filter((it) => it !== subject.snapshot);
  const name = nameOf(finding, analysis);
  const when = subject.snapshot + (others.length > 0 ? `; also ${others.join(", ")}` : "");
  const withWhen = name === "" ? when : `${name} (${when})`;
  return {
    severity: finding.severity,
    rule: finding.rule,
    title: analysis.rules.find((it) => it.id === finding.rule)?.title ?? finding.rule,
    where: analysis.snapshots.length < 2 ? name : withWhen,
    saves: savingOf(finding),
    message: shortenBytes(finding.message),
    recommendation: shortenBytes(finding.recommendation),
    docs: finding.docs,
    evidence: evidenceRows(finding.evidence),
  };
}

function nameOf({ subject }: Finding, { snapshots }: Analysis): string {
  if (subject.kind === "snapshot") return "";
  if (subject.kind !== "family") return subject.id;
  const snapshot = snapshots.find((it) => it.label === subject.snapshot);
  const family = snapshot?.families.find((it) => it.id === subject.id);
  return family === undefined ? subject.id : familyLabel(family);
}

/**
 * Rules that could not be run to their end; the others need no word. A topic that the input has nothing of is one
 * line, and what is missing is told without how to capture it, unless all is asked for.
 */
export function ruleBlocks({ rules, snapshots }: Analysis, verbose: boolean): Block[] {
  const absent = (need: string | undefined) => {
    const topic = need === undefined || verbose ? undefined : NEEDS[need as Need]?.topic;
    return topic !== undefined && !snapshots.some((it) => TOPICS[topic](it)) ? topic : undefined;
  };
  // Rules that lack the same are told together.
  const byText = new Map<string, string[]>();
  const absentTopics = new Map<Topic, string[]>();
  let isBrief = false;
  for (const { id, outcome, reason, need } of rules) {
    if (outcome !== "not-applicable" && outcome !== "failed") continue;
    const topic = absent(need);
    if (topic !== undefined) {
      absentTopics.set(topic, [...(absentTopics.get(topic) ?? []), id]);
      continue;
    }
    const missing = verbose ? undefined : NEEDS[need as Need]?.missing;
    if (outcome !== "failed" && missing !== undefined) isBrief = true;
    const text =
      outcome === "failed"
        ? `the rule failed, please report it: ${reason}`
        : (missing ?? reason ?? "");
    byText.set(text, [...(byText.get(text) ?? []), id]);
  }
  const items = [
    ...[...byText].map(([text, ids]): ListItem => ({ lead: ids.join(", "), text })),
    ...[...absentTopics].map(
      ([topic, ids]): ListItem => ({
        lead: `${ids.length} ${ids.length === 1 ? "rule" : "rules"} about ${topic}`,
        text: `the input has nothing of them${isBrief ? "" : `; ${NEEDS[topic].capture}`}`,
      }),
    ),
  ];
  if (items.length === 0) return [];
  return [
    { kind: "heading", text: "Not checked" },
    { kind: "list", items },
    ...(isBrief ? [{ kind: "text", text: "--verbose says how to capture it" } as const] : []),
  ];
}
