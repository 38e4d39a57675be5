/** What an audit is given: compiled objects, dumps and saved results, in any mix. */

import type { AuditInput } from "../../analyze/audit/maps.ts";
import { buildSnapshot } from "../../analyze/build.ts";
import { savedSnapshots } from "../../analyze/saved.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { ingest } from "../../ingest/ingest.ts";
import type { HostOptions } from "../../model/infer-host.ts";
import { theComponent } from "../component.ts";
import { findInputs } from "../files.ts";
import type { Io } from "../io.ts";
import { type KnownFiles, knownFiles } from "./known-files.ts";
import { analysesWithoutMaps, sourcesWithoutMaps, textsWithoutObjects } from "./not-audited.ts";

export interface Audited extends AuditInput {
  /** What was opened, of folders too. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** Of files that are nothing to an audit: told when there is nothing else, or where a file was given by its name. */
  readonly passedOver: readonly Diagnostic[];
}

export async function readAudited(
  paths: readonly string[],
  host: HostOptions,
  io: Io,
): Promise<Audited> {
  const found = findInputs(paths, io);
  const read = await readSources(knownFiles(found, io.cwd), host);
  const named = new Set(paths);
  const isNamed = (file: string) =>
    [file, ...(read.identities?.get(file)?.names ?? [])].some((it) => named.has(it));
  const isTold = ({ file, code }: Diagnostic) => isNamed(file) && code !== "saved-analysis";
  return {
    ...read,
    diagnostics: [
      ...found.diagnostics.map(judged),
      ...read.diagnostics,
      ...read.passedOver.filter(isTold),
    ],
    passedOver: read.passedOver.filter((it) => !isTold(it)),
  };
}

/** An option that only commands with snapshots have. */
const SNAPSHOT_OPTION = /--snapshot\b/;

/**
 * What is called an object and is none, as a pointer of Git LFS, must not pass for a map-less one; and what is said to
 * do about an input must be possible here.
 */
function judged(it: Diagnostic): Diagnostic {
  if (it.hint !== undefined && SNAPSHOT_OPTION.test(it.hint)) {
    return { ...it, hint: "If it is of another host or time, give each a folder of its own." };
  }
  if (it.code === "no-input")
    return { ...it, hint: "Give a folder with objects in it, or objects." };
  if (it.code !== "nothing-known" || !it.file.endsWith(".o")) return it;
  return { ...it, level: "data-loss", message: `it is called an object, and ${it.message}` };
}

/** A folder of objects holds their sources and notes too, of which there is nothing to say. */
const OF_NO_INTEREST: ReadonlySet<string> = new Set([
  "nothing-known",
  "no-facts",
  "saved-analysis",
]);

export async function readSources(
  { sources, identities }: KnownFiles,
  host: HostOptions,
): Promise<Audited> {
  if (sources.length === 0)
    return { files: [], objects: [], snapshots: [], diagnostics: [], passedOver: [] };
  const component = await theComponent();
  const options = { component, objectsByFile: true } as const;
  const { snapshots, saved, diagnostics } = await ingest(sources, options);
  // Sources lie beside their objects and declare the same maps; what is released is the object.
  const read = snapshots.flatMap((it) => it.objects);
  const texts = new Set(read.filter((it) => it.format === "c").map((it) => it.file));
  const objects = new Map(read.filter((it) => it.format !== "c").map((it) => [it.file, it]));
  const hasMaps = (it: (typeof snapshots)[number]) =>
    it.maps.rows + it.summaries.length + it.dumps.length > 0;
  const built = snapshots.filter(hasMaps).map((it) => buildSnapshot(it, host));
  const fresh = built.map((it) => it.snapshot);
  const kept = await savedSnapshots(
    saved,
    fresh.map((it) => it.label),
  );
  const inOrder = [...new Set(sources.map((it) => it.file))].flatMap(
    (file) => objects.get(file) ?? [],
  );
  const rest = [...objects.values()].filter((it) => !inOrder.includes(it));
  const told = [...diagnostics, ...kept.diagnostics].map(judged);
  const isOfInterest = (it: Diagnostic) =>
    (it.level === "data-loss" || !OF_NO_INTEREST.has(it.code)) && !texts.has(it.file);
  return {
    files: sources.flatMap((it) => identities.get(it.file)?.names ?? [it.file]),
    identities,
    objects: [...inOrder, ...rest],
    snapshots: [...kept.snapshots, ...fresh],
    diagnostics: [
      ...told.filter(isOfInterest),
      ...analysesWithoutMaps(saved),
      ...built.flatMap((it) => it.diagnostics),
    ],
    passedOver: [
      ...told.filter((it) => !isOfInterest(it)),
      ...textsWithoutObjects(texts, [...objects.values()]),
      ...sourcesWithoutMaps(
        snapshots.filter((it) => !hasMaps(it)),
        new Set(read.map((it) => it.file)),
      ),
    ],
  };
}
