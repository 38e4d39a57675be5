/** The compiled objects among the inputs of an analysis -> what `inspect` says of them, for `view`. */
import type { Analysis } from "../analyze/analysis.ts";
import { inspect } from "../analyze/inspect.ts";
import type { Inspection } from "../analyze/inspection.ts";
import { type HostOptions, resolveHost } from "../model/infer-host.ts";
import type { HostClaim } from "../model/snapshot.ts";
import type { Io } from "./io.ts";
import { readVersion } from "./package-files.ts";
import { readObjects } from "./read-objects.ts";

/** Undefined when there is none that can be read again: a saved analysis names those that it was made from. */
export async function inspectionOf(
  analysis: Analysis,
  options: HostOptions,
  io: Io,
): Promise<Inspection | undefined> {
  const paths = new Set(
    analysis.snapshots
      .flatMap((it) => it.sources)
      .filter((it) => it.format === "bpf-object")
      // An archive stands for what is in it.
      .map((it) => it.file.split("!")[0] ?? it.file),
  );
  if (paths.size === 0) return undefined;
  const { objects } = await readObjects([...paths], io);
  if (objects.length === 0) return undefined;
  return inspect(objects, {
    toolVersion: await readVersion(),
    host: resolveHost([], claims(analysis), options),
    diagnostics: [],
  });
}

/** The host of the report where it tells, else one that is assumed, and said to be. */
function claims({ snapshots, verdict }: Analysis): HostClaim[] {
  const judged = snapshots.find((it) => it.label === verdict?.snapshot) ?? snapshots.at(-1);
  const { kernelRelease, possibleCpus } = judged?.host ?? {};
  return [
    kernelRelease === undefined
      ? {
          fact: "kernelRelease",
          value: "6.18",
          basis: "assumed",
          source: "no input names a kernel",
        }
      : { fact: "kernelRelease", ...kernelRelease },
    possibleCpus === undefined
      ? { fact: "possibleCpus", value: 8, basis: "assumed", source: "no input tells the CPUs" }
      : { fact: "possibleCpus", ...possibleCpus },
  ];
}
