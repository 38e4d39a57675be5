/** Workflow commands of GitHub Actions: one annotation for each finding of an audit, and a group with the report. */
import type { Audit, AuditFinding } from "../analyze/audit/schema.ts";
import { auditOutline, headline } from "./parts/audit.ts";
import { shortenBytes } from "./parts/numbers.ts";
import { safeText } from "./parts/safe-text.ts";
import { defineRenderer } from "./renderer.ts";
import { linesOfBlocks } from "./terminal.ts";

const COMMAND = { error: "error", warning: "warning", info: "notice" } as const;

/** GitHub shows ten annotations of a level for each step; what comes first is shown. */
export const github = defineRenderer({
  id: "github",
  title: "annotations for GitHub Actions",
  extension: ".annotations",
  kinds: ["audit"],
  render(result, { verbose }) {
    if (result.kind !== "audit") throw new Error(`github does not show ${result.kind}`);
    const counted = result.findings.filter((it) => it.waived === undefined);
    const report = linesOfBlocks(auditOutline(result, { verbose }), { width: 120, color: false });
    return [
      ...counted.map(annotation),
      ...failure(result, counted),
      `::group::mapscope ${data(headline(result))}`,
      ...report.map(harmless),
      "::endgroup::",
      "",
    ].join("\n");
  },
});

function annotation({ severity, title, message, recommendation, location }: AuditFinding): string {
  const properties = [
    ...(location === undefined ? [] : [`file=${property(location.file)}`]),
    ...(location?.line === undefined ? [] : [`line=${location.line}`]),
    `title=${property(title)}`,
  ];
  return `::${COMMAND[severity]} ${properties.join(",")}::${data(shortenBytes(`${message}\nDo: ${recommendation}`))}`;
}

/** An audit may fail over warnings, which do not say so by themselves. */
function failure({ outcome, failOn }: Audit, counted: readonly AuditFinding[]): string[] {
  if (outcome === "met" || counted.some((it) => it.severity === "error")) return [];
  return [`::error title=mapscope audit::${data(`the audit fails on ${failOn}`)}`];
}

/** As @actions/core escapes them. */
function data(text: string): string {
  const lines = text.split("\n").map(safeText).join("\n");
  return lines.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Names come from the input: a line that would be a command becomes text. */
function harmless(line: string): string {
  return line.replace(/^(\s*)::/, "$1: :").replace(/^(\s*)##\[/, "$1# #[");
}
