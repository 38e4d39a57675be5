/** What was read, as what, and what there is to say about reading it. */
import type { Analysis, AnalysisDiagnostic } from "../../analyze/analysis.ts";
import { DIAGNOSTIC_LEVELS } from "../../base/diagnostic.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, ListItem } from "./blocks.ts";

/** Files named one by one; more are counted by format. */
const MOST_FILES = 8;

/** Diagnostics shown; a broken file can have very many. */
const MOST = 12;

export function inputBlocks({ snapshots, diagnostics }: Analysis, verbose: boolean): Block[] {
  const files = new Map<string, { format: string; bytes: number }>();
  for (const { file, format, bytes } of snapshots.flatMap((it) => it.sources)) {
    files.set(file, { format, bytes });
  }
  if (files.size === 0) return diagnosticBlocks(diagnostics);
  const items =
    verbose || files.size <= MOST_FILES
      ? [...files].map(([lead, { format, bytes }]) => ({
          lead,
          text: `${format}, ${formatBytes(bytes)}`,
        }))
      : byFormat([...files]);
  return [
    { kind: "heading", text: "Input" },
    { kind: "list", items },
    ...diagnosticBlocks(diagnostics),
  ];
}

function byFormat(files: readonly (readonly [string, { readonly format: string }])[]): ListItem[] {
  const formats = new Map<string, string[]>();
  for (const [file, { format }] of files) {
    formats.set(format, [...(formats.get(format) ?? []), file]);
  }
  return [...formats].map(([lead, names]) => ({ lead, text: withOthers(names) }));
}

export function diagnosticBlocks(diagnostics: readonly AnalysisDiagnostic[]): Block[] {
  if (diagnostics.length === 0) return [];
  const items = [...grouped(diagnostics)]
    .map((places) => diagnosticItem(places))
    .sort((a, b) => gravity(b) - gravity(a));
  const hidden = items.length - MOST;
  return [
    { kind: "heading", text: "Diagnostics" },
    { kind: "list", items: items.slice(0, MOST) },
    ...(hidden > 0
      ? [{ kind: "text", text: `${formatCount(hidden)} more; --format json has all` } as const]
      : []),
  ];
}

/** The same said of several places is one. */
function grouped(diagnostics: readonly AnalysisDiagnostic[]): Iterable<AnalysisDiagnostic[]> {
  const groups = new Map<string, AnalysisDiagnostic[]>();
  for (const it of diagnostics) {
    const key = JSON.stringify([it.level, it.code, it.message, it.hint]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [it]);
    else group.push(it);
  }
  return groups.values();
}

function diagnosticItem(group: readonly AnalysisDiagnostic[]): ListItem {
  const [first] = group as [AnalysisDiagnostic];
  return {
    level: first.level,
    lead: withOthers(group.map(placeOf)),
    text: first.hint ? `${first.message}. ${first.hint}` : first.message,
  };
}

function gravity({ level }: ListItem): number {
  return level === undefined ? -1 : DIAGNOSTIC_LEVELS.indexOf(level);
}

function withOthers(names: readonly string[]): string {
  const others = names.length - 1;
  return others === 0 ? `${names[0]}` : `${names[0]} and ${formatCount(others)} more`;
}

/** `maps.json, byte 4096, $[12].flags`. */
function placeOf({ file, offset, path }: AnalysisDiagnostic): string {
  const places = [file, offset === undefined ? undefined : `byte ${offset}`, path];
  return places.filter((it) => it !== undefined && it !== "").join(", ");
}
