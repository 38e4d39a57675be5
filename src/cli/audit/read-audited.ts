/** What an audit is given: compiled objects, dumps and saved results, in any mix. */
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { analysisSchema } from "../../analyze/analysis.ts";
import type { AuditInput } from "../../analyze/audit/maps.ts";
import { buildSnapshot } from "../../analyze/build.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { loadComponent } from "../../component/load.ts";
import type { ByteSource } from "../../ingest/importer.ts";
import { ingest } from "../../ingest/ingest.ts";
import type { HostOptions } from "../../model/infer-host.ts";
import { findInputs } from "../files.ts";
import type { Io } from "../io.ts";
import { readComponent } from "../package-files.ts";

export interface Audited extends AuditInput {
  readonly diagnostics: readonly Diagnostic[];
}

/** More than this is no saved analysis. */
const MAX_BYTES = 256 * 1024 * 1024;

export async function readAudited(
  paths: readonly string[],
  host: HostOptions,
  io: Io,
): Promise<Audited> {
  const saved: AuditInput["snapshots"][number][] = [];
  const others: string[] = [];
  for (const path of paths) {
    const analysis = await savedAnalysis(path, io.cwd);
    if (analysis === undefined) others.push(path);
    else saved.push(...analysis);
  }
  const found = await findInputs(others, io);
  const read = await readSources(found.sources, host);
  return {
    objects: read.objects,
    snapshots: [...saved, ...read.snapshots],
    diagnostics: [...found.diagnostics, ...read.diagnostics],
  };
}

export async function readSources(
  sources: readonly ByteSource[],
  host: HostOptions,
): Promise<Audited> {
  if (sources.length === 0) return { objects: [], snapshots: [], diagnostics: [] };
  const component = await loadComponent(await readComponent());
  const { snapshots, diagnostics } = await ingest(sources, { component });
  // Sources lie beside their objects and declare the same maps; what is released is the object.
  const read = snapshots.flatMap((it) => it.objects);
  const texts = new Set(read.filter((it) => it.format === "c").map((it) => it.file));
  const objects = new Map(read.filter((it) => it.format !== "c").map((it) => [it.file, it]));
  const built = snapshots
    .filter((it) => it.maps.rows + it.summaries.length + it.dumps.length > 0)
    .map((it) => buildSnapshot(it, host));
  const inOrder = sources.flatMap(({ file }) => objects.get(file) ?? []);
  const rest = [...objects.values()].filter((it) => !inOrder.includes(it));
  return {
    objects: [...inOrder, ...rest],
    snapshots: built.map((it) => it.snapshot),
    diagnostics: [
      // A folder of objects holds their sources too, of which there is nothing to say.
      ...diagnostics.filter((it) => it.code !== "nothing-known" && !texts.has(it.file)),
      ...built.flatMap((it) => it.diagnostics),
    ],
  };
}

/** Undefined for anything else: the importers then say what it is. */
async function savedAnalysis(path: string, cwd: string) {
  if (!path.endsWith(".json")) return undefined;
  const file = resolve(cwd, path);
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isFile() !== true || stats.size > MAX_BYTES) return undefined;
  const text = await readFile(file, "utf8").catch(() => "");
  if (!text.slice(0, 200).includes('"kind"')) return undefined;
  try {
    const result = analysisSchema.safeParse(JSON.parse(text));
    return result.success ? result.data.snapshots : undefined;
  } catch {
    return undefined;
  }
}
