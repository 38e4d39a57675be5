/** Snapshot -> host, software, families with every figure, scaling: all that is concluded of it. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { catalogues } from "./catalogue/index.ts";
import { costOnce } from "./cost-once.ts";
import { type DeclaredCosts, declaredCosts } from "./declared-costs.ts";
import { tieDumps } from "./families/contents.ts";
import type { FamilySeed } from "./families/family.ts";
import { type Family, figuresOnce } from "./families/figures.ts";
import { listedFamilies, looseFamilies } from "./families/listed.ts";
import { indexOwners } from "./families/owners.ts";
import { pinNames } from "./families/pin-names.ts";
import { relate } from "./families/relations.ts";
import { summarisedFamilies } from "./families/summarised.ts";
import { groupMaps, type MapGroup } from "./groups.ts";
import { type Hierarchy, hierarchyOf } from "./hierarchy/hierarchy.ts";
import { listedEvidence, remainderEvidence, summaryEvidence } from "./host-evidence.ts";
import { identify, type SeenMaps, type Software } from "./identify.ts";
import { type HostOptions, type ResolvedHost, resolveHost } from "./infer-host.ts";
import { kernelName } from "./kernel-name.ts";
import { metricFamilies } from "./metrics/metric-families.ts";
import { tieEntries } from "./metrics/tie-entries.ts";
import { chargedReading } from "./reconcile/charged-reading.ts";
import { reconcile } from "./reconcile/reconcile.ts";
import type { Reconciliation } from "./reconcile/views.ts";
import { type Scaling, scalingOf, withMapsInUse } from "./scaling/snapshot-scaling.ts";
import type { MapDump, MapSummary, Snapshot } from "./snapshot.ts";

export interface ModeledSnapshot {
  readonly host: ResolvedHost;
  readonly software: readonly Software[];
  readonly families: readonly Family[];
  readonly scaling: Scaling | undefined;
  readonly hierarchy: Hierarchy | undefined;
  readonly reconciliation: Reconciliation | undefined;
  readonly declared: DeclaredCosts | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function modelSnapshot(read: Snapshot, options: HostOptions): ModeledSnapshot {
  // A declaration in an object says more than one in a text, so it is looked at first.
  const texts = read.objects.filter((it) => it.format === "c");
  const objects = [...read.objects.filter((it) => it.format !== "c"), ...texts];
  const snapshot = { ...read, summaries: notListed(read), objects };
  const { maps, summaries, dumps, metrics } = snapshot;
  const groups = groupMaps(maps);
  const tied = tieDumps(maps, dumps);
  const software = catalogues.flatMap((it) => identify(seenOf(snapshot, groups), it) ?? []);
  const [project] = software;
  // The user's word outranks the BTF that was found beside the dump.
  const known = {
    ...(snapshot.structSizes !== undefined && { structSizes: snapshot.structSizes.sizes }),
    ...options,
  };
  const holders = new Map(snapshot.holders.map((it) => [it.mapId, it]));
  const pins = pinNames(maps, holders, snapshot.pinPaths, listingOf(snapshot));
  const reported = tieEntries(maps, metrics);
  const host = hostOf(snapshot, groups, tied.byRow, project, known);
  const seeds: FamilySeed[] = [
    ...listedFamilies({
      maps,
      groups,
      relations: relate(maps, groups, tied.byRow, project?.maps ?? [], snapshot.objects),
      dumps: tied.byRow,
      reported: reported.byRow,
      owners: indexOwners(snapshot.holders, snapshot.programs),
      software: project,
      objects: snapshot.objects,
      pins,
    }),
    ...looseFamilies(tied.loose),
    ...summarisedFamilies(summaries, project, host.host),
    // Beside a list of maps a metric tells of maps that are in it already.
    ...(maps.rows + summaries.length === 0 ? metricFamilies(metrics) : []),
  ];
  const cost = host.host === undefined ? undefined : costOnce(host.host);
  const scaling = scalingOf({
    events: snapshot.scaleEvents,
    persisted: snapshot.persistedStates,
    seeds,
    software: project,
  });
  const families = withMapsInUse(seeds, scaling).map(figuresOnce(cost, host.unknownBecause));
  const { programs, programUsage: usage } = snapshot;
  const facts = { maps, programs, usage, families, software: project, host: host.host };
  return {
    host,
    software,
    families,
    scaling,
    hierarchy: hierarchyOf(snapshot, tied.byRow, seeds),
    reconciliation: reconcile(facts, chargedReading(metrics)),
    declared: declaredCosts(texts, host.host, families),
    diagnostics: [
      ...tied.diagnostics,
      ...pins.diagnostics,
      ...reported.diagnostics,
      ...host.diagnostics,
    ],
  };
}

/** The file that lists the maps, to point at. */
function listingOf({ sources, label }: Snapshot): string {
  const lists = ["bpftool-map-show", "bpftool-batch", "markdown-issue"];
  return sources.find(({ format }) => lists.includes(format))?.file ?? label;
}

/** A sum of maps that are listed one by one as well is not counted again. */
function notListed({ maps, summaries }: Snapshot): readonly MapSummary[] {
  if (maps.rows === 0 || summaries.length === 0) return summaries;
  const names = new Set(maps.names);
  const hasUnnamed = maps.name.includes(-1);
  return summaries.filter(({ name }) =>
    name === null ? !hasUnnamed : !names.has(name) && !names.has(kernelName(name)),
  );
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
