/** Snapshot -> host, software, families with every figure, scaling: all that is concluded of it. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { catalogues } from "./catalogue/index.ts";
import { tieDumps } from "./families/contents.ts";
import type { FamilySeed } from "./families/family.ts";
import { costOnce, type Family, figuresOf } from "./families/figures.ts";
import { listedFamilies, looseFamilies } from "./families/listed.ts";
import { relate } from "./families/relations.ts";
import { summarisedFamilies } from "./families/summarised.ts";
import { groupMaps, type MapGroup } from "./groups.ts";
import { listedEvidence, remainderEvidence, summaryEvidence } from "./host-evidence.ts";
import { identify, type SeenMaps, type Software } from "./identify.ts";
import { type HostOptions, type ResolvedHost, resolveHost } from "./infer-host.ts";
import { type Scaling, scalingOf, withMapsInUse } from "./scaling/snapshot-scaling.ts";
import type { MapDump, Snapshot } from "./snapshot.ts";

export interface ModeledSnapshot {
  readonly host: ResolvedHost;
  readonly software: readonly Software[];
  readonly families: readonly Family[];
  readonly scaling: Scaling | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function modelSnapshot(snapshot: Snapshot, options: HostOptions): ModeledSnapshot {
  const { maps, summaries, dumps } = snapshot;
  const groups = groupMaps(maps);
  const tied = tieDumps(maps, dumps);
  const software = catalogues.flatMap((it) => identify(seenOf(snapshot, groups), it) ?? []);
  const [project] = software;
  // The user's word outranks the BTF that was found beside the dump.
  const known = {
    ...(snapshot.structSizes !== undefined && { structSizes: snapshot.structSizes.sizes }),
    ...options,
  };
  const host = hostOf(snapshot, groups, tied.byRow, project, known);
  const seeds: FamilySeed[] = [
    ...listedFamilies({
      maps,
      groups,
      relations: relate(maps, groups, tied.byRow, project?.maps ?? [], snapshot.objects),
      dumps: tied.byRow,
      holders: new Map(snapshot.holders.map((it) => [it.mapId, it])),
      software: project,
      objects: snapshot.objects,
    }),
    ...looseFamilies(tied.loose),
    ...summarisedFamilies(summaries, project, host.host),
  ];
  const cost = host.host === undefined ? undefined : costOnce(host.host);
  // State files are `persisted: snapshot.persistedStates` once an importer reads them.
  const scaling = scalingOf({ events: snapshot.scaleEvents, seeds, software: project });
  return {
    host,
    software,
    families: withMapsInUse(seeds, scaling).map((it) => figuresOf(it, cost, host.unknownBecause)),
    scaling,
    diagnostics: [...tied.diagnostics, ...host.diagnostics],
  };
}

/** Maps of the kernel; without any, those that the objects declare, pinned ones once whichever declares them. */
function seenOf({ summaries, objects }: Snapshot, groups: readonly MapGroup[]): SeenMaps[] {
  if (groups.length + summaries.length === 0) {
    const declared = objects.flatMap((it) => it.maps).map((it) => [it.name, it] as const);
    return [...new Map(declared).values()].map(({ kernelName, definition }) => ({
      name: kernelName,
      definition,
      count: 1,
    }));
  }
  return [
    ...groups.map(({ name, definition, rows }) => ({ name, definition, count: rows.length })),
    ...summaries.map(({ name, maps }) => ({ name, count: maps, definition: undefined })),
  ];
}

function hostOf(
  { maps, summaries, dumps, host: claims }: Snapshot,
  groups: readonly MapGroup[],
  tied: ReadonlyMap<number, MapDump>,
  software: Software | undefined,
  options: HostOptions,
): ResolvedHost {
  const counted = dumps.flatMap(({ possibleCpus, file }) =>
    possibleCpus === undefined
      ? []
      : [{ fact: "possibleCpus", value: possibleCpus, basis: "counted", source: file } as const],
  );
  const evidence = [...listedEvidence(maps, groups, tied), ...summaryEvidence(summaries, software)];
  const all = [...claims, ...counted];
  const first = resolveHost(evidence, all, options);
  // What the accounting settles of mixed rows bounds the CPUs, which the first pass could not see.
  const more = first.host === undefined ? [] : remainderEvidence(summaries, software, first.host);
  return more.length === 0 ? first : resolveHost([...evidence, ...more], all, options);
}
