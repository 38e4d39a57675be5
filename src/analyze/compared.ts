/** The result of `compare`: two snapshots, what grew the most and why, which findings are new. */
import { z } from "zod";
import type { Analysis, AnalysisSnapshot, Finding } from "./analysis.ts";
import {
  byteFigures,
  diagnosticSchema,
  findingSchema,
  hostSchema,
  totalSchema,
} from "./analysis.ts";
import { compare } from "./compare.ts";
import { familyLabel } from "./family-label.ts";
import { causeSchema, comparisonSchema } from "./schema/comparison.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";

const sideSchema = z.strictObject({
  label: z.string(),
  host: hostSchema,
  files: z.array(z.string()),
  totals: z.strictObject({ maps: z.int(), ...byteFigures(totalSchema) }),
});

const labelledFinding = findingSchema.extend({
  label: z.string().describe("The name for people of what it is about."),
});

export const comparedSchema = z
  .strictObject({
    schemaVersion: z.literal(SCHEMA_VERSION),
    kind: z.literal("comparison"),
    tool: z.strictObject({ name: z.literal("mapscope"), version: z.string() }),
    from: sideSchema,
    to: sideSchema,
    grew: z
      .array(
        z.strictObject({
          family: z.string(),
          label: z.string(),
          figure: z.enum(["residentBytes", "memlockBytes"]),
          bytes: z.int(),
          share: z.number().describe("Of all that grew; what shrank is not taken off."),
          causes: z.array(causeSchema),
        }),
      )
      .describe("The largest first."),
    comparison: comparisonSchema,
    newFindings: z.array(labelledFinding).describe("That hold in the second and not in the first."),
    goneFindings: z.array(labelledFinding),
    diagnostics: z.array(diagnosticSchema),
  })
  .describe("What grew from one snapshot to another, and why.");

export type Compared = z.infer<typeof comparedSchema>;

/** @param analysis of exactly the two snapshots, in their order. */
export function compared(analysis: Analysis): Compared {
  const [from, to] = analysis.snapshots as [AnalysisSnapshot, AnalysisSnapshot];
  const comparison = compare(from, to);
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "comparison",
    tool: analysis.tool,
    from: sideOf(from),
    to: sideOf(to),
    grew: ranked(comparison.families),
    comparison,
    newFindings: onlyIn(to, from, analysis),
    goneFindings: onlyIn(from, to, analysis),
    diagnostics: analysis.diagnostics,
  };
}

function sideOf({ label, host, sources, totals }: AnalysisSnapshot): Compared["from"] {
  return { label, host, files: sources.map((it) => it.file), totals };
}

/** Resident bytes where both snapshots know them, or one of them does not have the maps; else reported ones. */
function ranked(families: Compared["comparison"]["families"]): Compared["grew"] {
  const rows = families.flatMap(
    ({ id, label, change, causes = [], residentBytes, memlockBytes }) => {
      const resident = moved(residentBytes, change);
      const bytes = resident ?? moved(memlockBytes, change);
      if (bytes === undefined || bytes <= 0) return [];
      const figure: "residentBytes" | "memlockBytes" =
        resident === undefined ? "memlockBytes" : "residentBytes";
      return [{ family: id, label, figure, bytes, causes }];
    },
  );
  const all = rows.reduce((sum, it) => sum + it.bytes, 0);
  return rows
    .sort((a, b) => b.bytes - a.bytes || (a.family < b.family ? -1 : 1))
    .map((it) => ({ ...it, share: it.bytes / all }));
}

type Change = NonNullable<Compared["comparison"]["families"][number]["residentBytes"]>;

function moved(change: Change | undefined, kind: "added" | "removed" | "changed") {
  if (change?.delta !== undefined) return change.delta;
  return kind === "added" ? change?.to : undefined;
}

/** The same said of both, of the same thing, is neither new nor gone. */
function onlyIn(
  here: AnalysisSnapshot,
  there: AnalysisSnapshot,
  { findings }: Analysis,
): Compared["newFindings"] {
  const keyOf = ({ rule, severity, subject, evidence }: Finding) =>
    [
      rule,
      severity,
      subject.kind,
      subject.kind === "snapshot" ? (evidence.software ?? "") : subject.id,
    ].join("\n");
  const known = new Set(findings.filter((it) => it.subject.snapshot === there.label).map(keyOf));
  return findings
    .filter((it) => it.subject.snapshot === here.label && !known.has(keyOf(it)))
    .map((it) => ({ ...it, label: labelOf(it, here) }));
}

function labelOf({ subject }: Finding, { families }: AnalysisSnapshot): string {
  if (subject.kind === "snapshot") return "";
  const family = subject.kind === "family" && families.find((it) => it.id === subject.id);
  return family ? familyLabel(family) : subject.id;
}
