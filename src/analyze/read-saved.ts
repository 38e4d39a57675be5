/** Saved results -> their snapshots, as far as they are sound: rules then run over them as over any other. */
import { z } from "zod";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { AnalysisSnapshot } from "./analysis.ts";
import type { SavedResult, SavedSnapshots } from "./saved.ts";
import { diagnosticSchema } from "./schema/diagnostic.ts";
import { snapshotSchema } from "./schema/snapshot.ts";

const envelope = z.looseObject({
  schemaVersion: z.string(),
  kind: z.string(),
  tool: z.looseObject({ name: z.literal("mapscope"), version: z.string() }),
});

/** What reads the snapshots of each version of the schema; an older one is brought up to today's here. */
const READERS: Readonly<Record<string, z.ZodType<AnalysisSnapshot>>> = { "1": snapshotSchema };

const SAVE_AGAIN =
  "Write it again: `mapscope analyze <inputs> --format json --output analysis.json`.";

/** @param taken labels that are in use already: a saved snapshot of the same label gets its file's name. */
export function readSaved(
  results: readonly SavedResult[],
  taken: readonly string[],
): SavedSnapshots {
  const used = new Set(taken);
  const read = results.map((result) => readOne(result));
  const snapshots = read.flatMap(({ result, snapshots: own }) =>
    own.map((it) => ({ ...it, label: unique(labelOf(result, it, own.length), result.file, used) })),
  );
  return { snapshots, diagnostics: read.flatMap((it) => it.diagnostics) };
}

function labelOf({ label }: SavedResult, snapshot: AnalysisSnapshot, count: number): string {
  if (label === undefined) return snapshot.label;
  return count === 1 ? label : `${label} ${snapshot.label}`;
}

function unique(label: string, file: string, used: Set<string>): string {
  let name = used.has(label) ? `${label} (${file})` : label;
  for (let number = 2; used.has(name); number += 1) name = `${label} (${file}) #${number}`;
  used.add(name);
  return name;
}

interface ReadResult extends SavedSnapshots {
  readonly result: SavedResult;
}

function readOne(result: SavedResult): ReadResult {
  const { file, json } = result;
  const nothing = (code: Diagnostic["code"], message: string, hint: string): ReadResult => ({
    result,
    snapshots: [],
    diagnostics: [{ level: "data-loss", code, file, message, hint }],
  });
  const head = envelope.safeParse(json);
  if (!head.success) {
    return nothing(
      "wrong-format",
      `it is no result of mapscope: ${firstIssue(head.error)}`,
      SAVE_AGAIN,
    );
  }
  const { schemaVersion, kind, tool, snapshots, diagnostics } = head.data;
  if (kind !== "analysis") {
    return nothing(
      "wrong-format",
      `it is a saved result of another command (kind ${JSON.stringify(kind)}), which has no snapshots`,
      "Pass the inputs that it was made from.",
    );
  }
  const schema = READERS[schemaVersion];
  if (schema === undefined) {
    return nothing(
      "wrong-format",
      `its schema is version ${schemaVersion}; this mapscope reads ${Object.keys(READERS).join(", ")}`,
      `Read it with mapscope ${tool.version}, which wrote it, or pass the inputs that it was made from.`,
    );
  }
  if (!Array.isArray(snapshots) || snapshots.length === 0) {
    return nothing("malformed", "the saved analysis has no snapshots", SAVE_AGAIN);
  }
  const sound: AnalysisSnapshot[] = [];
  const found: Diagnostic[] = [];
  snapshots.forEach((snapshot: unknown, index) => {
    const parsed = schema.safeParse(snapshot);
    if (parsed.success) sound.push(parsed.data);
    else found.push(unsound(file, index, parsed.error));
  });
  if (sound.length > 0) found.unshift(taken(file, sound, tool.version));
  return { result, snapshots: sound, diagnostics: [...found, ...soundDiagnostics(diagnostics)] };
}

function taken(file: string, snapshots: readonly AnalysisSnapshot[], version: string): Diagnostic {
  const labels = snapshots.map((it) => JSON.stringify(it.label)).join(", ");
  return {
    level: "info",
    code: "saved-analysis",
    file,
    message: `${snapshots.length === 1 ? "the snapshot" : "the snapshots"} ${labels} of an analysis that mapscope ${version} saved`,
  };
}

function unsound(file: string, index: number, error: z.ZodError): Diagnostic {
  return {
    level: "data-loss",
    code: "malformed",
    file,
    path: `$.snapshots[${index}]`,
    message: `the saved snapshot does not follow its schema and is left out: ${firstIssue(error)}`,
    hint: SAVE_AGAIN,
  };
}

function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return "it cannot be read";
  const place = issue.path.map(String).join(".");
  const words = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  return place === "" ? words : `${place}: ${words}`;
}

/** What was said of inputs that belong to no snapshot; those of sources come with their snapshot. */
function soundDiagnostics(value: unknown): Diagnostic[] {
  const list = z.array(diagnosticSchema).safeParse(value);
  return list.success ? (list.data as Diagnostic[]) : [];
}
