/** `--baseline`: a saved analysis, objects or a folder of them, or `git:<revision>` of the audited paths. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { HostOptions } from "../../model/infer-host.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../usage-error.ts";
import { GIT, revisionFiles } from "./git-revision.ts";
import { type Audited, readAudited, readSources } from "./read-audited.ts";

/** @throws {UsageError} when nothing of it can be read: without a baseline there is nothing to compare with. */
export async function readBaseline(
  given: string,
  paths: readonly string[],
  host: HostOptions,
  io: Io,
): Promise<Audited & { readonly name: string }> {
  const read = given.startsWith(GIT)
    ? await readRevision(given.slice(GIT.length), paths, host, io)
    : await readAudited([given], host, io);
  // An analysis of objects alone names their maps and none that lives: every map would seem to be new.
  const live = read.snapshots.filter((it) => it.families.length > 0);
  if (read.objects.length + live.length === 0) {
    const [first] = read.diagnostics;
    const nothing =
      first !== undefined
        ? first.message
        : given.startsWith(GIT) && read.files.length === 0
          ? "that revision has none of these files"
          : "nothing in it is an object or a dump";
    const why = read.snapshots.length > 0 ? "the analysis in it has no map of a host" : nothing;
    throw new UsageError(
      `--baseline ${given}: ${why}`,
      "Give a saved analysis, an object, a folder of objects, or git:<revision>.",
    );
  }
  return { ...read, diagnostics: read.diagnostics.filter((it) => !isCopy(it, read)), name: given };
}

/** That two objects of then are the same is no matter of now. */
function isCopy({ code, file }: Diagnostic, { objects }: Audited): boolean {
  return code === "duplicate-input" && objects.some((it) => it.file === file);
}

async function readRevision(
  revision: string,
  paths: readonly string[],
  host: HostOptions,
  io: Io,
): Promise<Audited> {
  const files = await revisionFiles(revision, paths, io.cwd);
  const read = await readSources(files, host);
  return { ...read, diagnostics: [...files.diagnostics, ...read.diagnostics] };
}
