/** JUnit XML, as CI servers read it: a test case for each budget and each rule of an audit. */
import { pointName } from "../analyze/audit/point.ts";
import type { Audit, AuditFinding, BudgetResult } from "../analyze/audit/schema.ts";
import { formatBytes } from "../base/units.ts";
import { placeText } from "./parts/audit.ts";
import { shortenBytes } from "./parts/numbers.ts";
import { safeText } from "./parts/safe-text.ts";
import { defineRenderer } from "./renderer.ts";

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly skipped?: string;
  readonly failures: readonly { readonly message: string; readonly text: string }[];
}

export const junit = defineRenderer({
  id: "junit",
  title: "JUnit XML for CI servers",
  extension: ".xml",
  kinds: ["audit"],
  render(result) {
    if (result.kind !== "audit") throw new Error(`junit does not show ${result.kind}`);
    const suites = [suiteOf("budgets", budgetCases(result)), suiteOf("rules", ruleCases(result))];
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mapscope audit">\n${suites.join("")}</testsuites>\n`;
  },
});

const RANK = ["info", "warning", "error"];

/** What does not fail the audit is no failure here either. */
function isFailing(audit: Audit, finding: AuditFinding): boolean {
  if (finding.waived !== undefined || audit.failOn === "never") return false;
  return RANK.indexOf(finding.severity) >= RANK.indexOf(audit.failOn);
}

function budgetCases(audit: Audit): Case[] {
  return audit.budgets.map((budget) => ({
    suite: "mapscope.budgets",
    name: budget.name,
    ...(budget.outcome === "unused" && { skipped: "it matches no map, or needs a baseline" }),
    ...(budget.outcome === "waived" && { skipped: "waived" }),
    failures: audit.findings
      .filter((it) => it.evidence.budget === budget.name && isFailing(audit, it))
      .map((it) => ({ message: it.message, text: detail(it, budget) })),
  }));
}

function detail(finding: AuditFinding, budget: BudgetResult): string {
  const rows = budget.groups
    .filter((it) => it.outcome === "missed")
    .flatMap(({ id, worst }) =>
      worst === undefined
        ? []
        : [
            `${id}: ${formatBytes(worst.value)} of ${formatBytes(worst.limit)} on ${pointName(worst.point)}`,
          ],
    );
  return [finding.message, ...rows, `Do: ${finding.recommendation}`].join("\n");
}

function ruleCases(audit: Audit): Case[] {
  return audit.rules
    .filter((it) => it.id !== "budget-exceeded" && it.id !== "budget-undecided")
    .map((rule) => ({
      suite: "mapscope.rules",
      name: rule.id,
      ...(rule.outcome === "off" && { skipped: "off" }),
      ...(rule.outcome === "not-applicable" && { skipped: rule.reason ?? "not applicable" }),
      failures: audit.findings
        .filter((it) => it.rule === rule.id && isFailing(audit, it))
        .map((it) => ({
          message: shortenBytes(it.message),
          text: shortenBytes(
            [
              it.message,
              ...(it.location === undefined ? [] : [placeText(it.location)]),
              `Do: ${it.recommendation}`,
            ].join("\n"),
          ),
        })),
    }));
}

function suiteOf(name: string, cases: readonly Case[]): string {
  const failed = cases.filter((it) => it.failures.length > 0).length;
  const skipped = cases.filter((it) => it.failures.length === 0 && it.skipped !== undefined).length;
  const head = `  <testsuite name="${name}" tests="${cases.length}" failures="${failed}" errors="0" skipped="${skipped}">\n`;
  return `${head}${cases.map(caseOf).join("")}  </testsuite>\n`;
}

function caseOf({ suite, name, skipped, failures }: Case): string {
  const head = `    <testcase classname="${suite}" name="${xml(name)}"`;
  if (failures.length > 0) {
    // A case has one outcome: further findings of it stand in the text of the first.
    const [first] = failures;
    const text = failures.map((it) => it.text).join("\n\n");
    return `${head}>\n      <failure message="${xml(first?.message ?? "")}">${xml(text)}</failure>\n    </testcase>\n`;
  }
  return skipped === undefined
    ? `${head}/>\n`
    : `${head}>\n      <skipped message="${xml(skipped)}"/>\n    </testcase>\n`;
}

const ENTITY: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** XML 1.0 has no way to write a control character, so those are shown as text first. */
function xml(text: string): string {
  return text
    .split("\n")
    .map((line) => safeText(line).replace(/[&<>"']/g, (it) => ENTITY[it] ?? it))
    .join("&#10;");
}
