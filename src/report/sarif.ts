/** SARIF 2.1.0 (OASIS): findings of an audit for code scanning; validated against the official schema in tests. */
import type { Audit, AuditFinding } from "../analyze/audit/schema.ts";
import { jsonText } from "./parts/json-text.ts";
import { shortenBytes } from "./parts/numbers.ts";
import { defineRenderer } from "./renderer.ts";

const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const REPOSITORY_DOCS = "https://github.com/mapscope/mapscope/blob/main/";

export const sarif = defineRenderer({
  id: "sarif",
  title: "SARIF 2.1.0 for code scanning",
  extension: ".sarif",
  kinds: ["audit"],
  render(result) {
    if (result.kind !== "audit") throw new Error(`sarif does not show ${result.kind}`);
    return `${jsonText(logOf(result))}\n`;
  },
});

function logOf(audit: Audit) {
  const rules = audit.rules.filter((it) => it.level !== "off");
  const index = new Map(rules.map((it, at) => [it.id, at]));
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: audit.tool.name,
            semanticVersion: audit.tool.version,
            rules: rules.map(ruleOf),
          },
        },
        columnKind: "utf16CodeUnits",
        results: audit.findings.map((it) => resultOf(it, index.get(it.rule))),
        invocations: [{ executionSuccessful: true, ...notificationsOf(audit) }],
      },
    ],
  };
}

const LEVELS = { error: "error", warning: "warning", info: "note", off: "none" } as const;

function ruleOf({ id, title, why, level, docs }: Audit["rules"][number]) {
  return {
    id,
    name: pascal(id),
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: {
      text: `${why} See ${docs}.`,
      markdown: `${why} See [${docs}](${REPOSITORY_DOCS}${docs}).`,
    },
    helpUri: `${REPOSITORY_DOCS}${docs}`,
    defaultConfiguration: { level: LEVELS[level] },
  };
}

function pascal(id: string): string {
  return id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function resultOf(finding: AuditFinding, ruleIndex: number | undefined) {
  const { rule, severity, message, recommendation, location, fingerprint, waived } = finding;
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVELS[severity],
    message: { text: shortenBytes(`${message}. ${recommendation}`) },
    ...(location !== undefined && {
      locations: [locationOf(location, location.map ?? finding.subject.id)],
    }),
    partialFingerprints: { "mapscope/v1": fingerprint },
    ...(waived !== undefined && {
      suppressions: [
        {
          kind: "external",
          status: "accepted",
          justification: `until ${waived.until}: ${waived.reason}`,
        },
      ],
    }),
    properties: { evidence: finding.evidence },
  };
}

function locationOf({ file, line }: NonNullable<AuditFinding["location"]>, name: string) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      ...(line !== undefined && { region: { startLine: line } }),
    },
    logicalLocations: [{ name, kind: "variable" }],
  };
}

/**
 * A path as a URI: relative to the folder that was audited from, or a file: of an absolute path, which code scanning
 * resolves against the checkout. What has another meaning in a URI is escaped.
 */
function uriOf(path: string): string {
  const text = path.replace(/\p{Surrogate}/gu, "\ufffd").replaceAll("\\", "/");
  const drive = /^[A-Za-z]:(?=\/)/.exec(text)?.[0] ?? "";
  const rest = text.slice(drive.length).split("/").map(encodeURIComponent).join("/");
  if (drive !== "") return `file:///${drive}${rest}`;
  // Of \\server\share the server is the authority.
  if (/^\/\/[^/]/.test(rest)) return `file:${rest}`;
  return rest.startsWith("/") ? `file:///${rest.replace(/^\/+/, "")}` : rest;
}

function notificationsOf({ diagnostics }: Audit) {
  if (diagnostics.length === 0) return {};
  const levels = { "data-loss": "error", warning: "warning", info: "note" } as const;
  return {
    toolExecutionNotifications: diagnostics.map(({ level, code, file, message }) => ({
      level: levels[level],
      message: { text: message },
      descriptor: { id: code },
      locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
    })),
  };
}
