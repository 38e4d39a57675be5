/** Snapshot -> its part of the Analysis: the model's conclusions in the words of the schema. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { contradictionsIn } from "../model/consistency/index.ts";
import type { Amount } from "../model/cost.ts";
import type { Declaration } from "../model/families/declared.ts";
import { type Family, FIGURES, type FigureName } from "../model/families/figures.ts";
import type { HostOptions } from "../model/infer-host.ts";
import { modelSnapshot } from "../model/model-snapshot.ts";
import type { ObjectFile } from "../model/object-file.ts";
import { type References, referencesIn } from "../model/references.ts";
import type { Program, ProgramUsage, Snapshot } from "../model/snapshot.ts";
import type { AnalysisFamily, AnalysisProgram, AnalysisSnapshot, Figure } from "./analysis.ts";
import { familyContents } from "./build-contents.ts";
import { daemonParts } from "./build-daemon.ts";
import { declaredOf } from "./build-declared.ts";
import { hierarchyPart } from "./build-hierarchy.ts";
import { hostOf } from "./build-host.ts";
import { metricsOf } from "./build-metrics.ts";
import { declaredObjects, preallocatedOn } from "./build-objects.ts";
import { analysisScaling } from "./build-scaling.ts";
import { resourceUsageOf } from "./build-usage.ts";
import { totalsOf } from "./totals.ts";

export interface BuiltSnapshot {
  readonly snapshot: AnalysisSnapshot;
  /** About what the inputs say together; those about one input stand at its source. */
  readonly diagnostics: readonly Diagnostic[];
}

export function buildSnapshot(facts: Snapshot, options: HostOptions): BuiltSnapshot {
  const modeled = modelSnapshot(facts, options);
  const referencesOf = referencesIn(facts);
  const families = modeled.families
    .map((it) => familyOf(it, referencesOf(it.seed), facts.objects))
    .sort(bySize);
  const { software, scaling, hierarchy, reconciliation, declared } = modeled;
  return {
    snapshot: {
      label: facts.label,
      ...(facts.place !== undefined && { place: facts.place }),
      ...(facts.takenAt !== undefined && { takenAt: facts.takenAt }),
      host: hostOf(modeled.host, facts.host),
      ...(software.length > 0 && {
        software: software.map(({ project, version, mode, instances, confidence, evidence }) => ({
          name: project,
          version,
          mode,
          instances,
          confidence,
          evidence,
        })),
      }),
      sources: facts.sources.map((it) => ({ ...it, diagnostics: [...it.diagnostics] })),
      totals: totalsOf(families),
      families,
      programs: [
        ...facts.programs.map((it) => programOf(it, families)),
        ...facts.programUsage.map(usageOf),
      ],
      ...resourceUsageOf(facts),
      ...(scaling !== undefined && { scaling: analysisScaling(scaling) }),
      ...(hierarchy !== undefined && { hierarchy: hierarchyPart(hierarchy, families) }),
      ...daemonParts(facts),
      ...(facts.metrics.length > 0 && { metrics: metricsOf(facts.metrics, families) }),
      ...(declared !== undefined && { declared: declaredOf(declared) }),
      ...(reconciliation !== undefined && {
        reconciliation: {
          views: reconciliation.views.map(({ isSeen: seen, ...view }) => ({ ...view, seen })),
          steps: reconciliation.steps.map((step) => ({
            ...step,
            gaps: step.gaps.map((it) => ({ ...it })),
          })),
          notes: [...reconciliation.notes],
        },
      }),
      ...(facts.objects.length > 0 && {
        objects: declaredObjects(
          facts.objects,
          modeled.host.host && preallocatedOn(modeled.host.host),
        ),
      }),
    },
    diagnostics: [...modeled.diagnostics, ...contradictionsIn(facts)],
  };
}

export function familyOf(
  family: Family,
  references: References | undefined,
  objects: readonly ObjectFile[],
): AnalysisFamily {
  const { seed } = family;
  const { definition } = seed;
  const contents = familyContents(seed, objects);
  const { known, unknown, components, entryComponents } = costsOf(family);
  const live = splitOf(family.contents);
  return {
    id: seed.id,
    name: seed.name,
    ...(seed.fullName !== undefined && { fullName: seed.fullName }),
    ...(seed.fullNameFrom !== undefined && { fullNameFrom: { ...seed.fullNameFrom } }),
    type: definition?.type ?? seed.known?.type ?? null,
    keySize: definition?.keySize ?? seed.known?.keySize ?? null,
    valueSize: definition?.valueSize ?? seed.known?.valueSize ?? null,
    maxEntries: definition?.maxEntries ?? seed.known?.maxEntries ?? null,
    flags: definition?.flags ?? null,
    ...(seed.definedBy !== undefined && { definition: { ...seed.definedBy } }),
    role: seed.role,
    ...(seed.outer !== undefined && { outer: { ...seed.outer } }),
    ...(seed.owner !== undefined && { owner: { ...seed.owner } }),
    ...(seed.owners !== undefined && { owners: seed.owners.map((it) => ({ ...it })) }),
    ...(seed.declared !== undefined && { declared: declarationOf(seed.declared) }),
    ...(references !== undefined && {
      references: {
        ...references,
        ...(references.pins !== undefined && { pins: [...references.pins] }),
      } as NonNullable<AnalysisFamily["references"]>,
    }),
    count: seed.count,
    mapIds: seed.mapIds.map(([first, last]) => [first, last]),
    ...known,
    ...live.known,
    ...(contents !== undefined && { contents }),
    ...(components.length > 0 && { components }),
    ...(entryComponents.length > 0 && { entryComponents }),
    ...((unknown ?? live.unknown) !== undefined && { unknown: { ...unknown, ...live.unknown } }),
  };
}

interface Split {
  readonly known: Partial<Record<FigureName, Figure>>;
  /** Absent when all are known. */
  readonly unknown?: Record<string, string>;
}

interface Costs extends Split {
  readonly components: NonNullable<AnalysisFamily["components"]>;
  readonly entryComponents: NonNullable<AnalysisFamily["entryComponents"]>;
}

/** By the figures that families alike share: 131,072 families have some hundred different ones. */
const costs = new WeakMap<Family["figures"], Costs>();

function costsOf({ figures, components, entryComponents }: Family): Costs {
  const found = costs.get(figures);
  if (found !== undefined) return found;
  const fresh = {
    ...splitOf(figures),
    components: components.map((it) => ({ ...it })),
    entryComponents: entryComponents.map((it) => ({ ...it })),
  };
  costs.set(figures, fresh);
  return fresh;
}

function splitOf(figures: Family["figures"]): Split {
  const known: Partial<Record<FigureName, Figure>> = {};
  let unknown: Record<string, string> | undefined;
  for (const name of FIGURES) {
    const amount = figures[name];
    if (amount === undefined) continue;
    if ("unknown" in amount) {
      unknown ??= {};
      unknown[name] = amount.unknown;
    } else known[name] = figureOf(amount);
  }
  return { known, ...(unknown !== undefined && { unknown }) };
}

function declarationOf({
  object,
  map,
  differences,
  programs,
  isAmbiguous,
}: Declaration): NonNullable<AnalysisFamily["declared"]> {
  return {
    object,
    name: map.name,
    ambiguous: isAmbiguous,
    differences: differences.map((it) => ({ ...it })),
    programs: [...programs],
  };
}

function figureOf({ value, basis, formula }: Extract<Amount, { value: number }>): Figure {
  return { value, basis, ...(formula !== "" && { formula }) };
}

/** The largest first, by what the host lost, else by what was reported; then by id, so that ties are stable. */
function bySize(a: AnalysisFamily, b: AnalysisFamily): number {
  const size = (it: AnalysisFamily) => it.residentBytes?.value ?? it.memlockBytes?.value ?? 0;
  return size(b) - size(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function programOf(program: Program, families: readonly AnalysisFamily[]): AnalysisProgram {
  const { id, name, type, mapIds, bytesXlated, bytesJited, pids } = program;
  const [holder] = pids;
  return {
    id,
    name: name ?? null,
    type: type === "" ? null : type,
    ...(holder !== undefined && { pid: holder.pid, comm: holder.comm }),
    mapIds: [...mapIds],
    mapCount: mapIds.length,
    ...(bytesXlated !== undefined && { bytesXlated }),
    ...(bytesJited !== undefined && { bytesJited }),
    families: families
      .filter((it) => mapIds.some((map) => isIn(it.mapIds, map)))
      .map((it) => it.id),
    source: "bpftool prog show",
  };
}

function isIn(ranges: AnalysisFamily["mapIds"], id: number): boolean {
  return ranges.some(([first, last]) => first <= id && id <= last);
}

function usageOf(row: ProgramUsage): AnalysisProgram {
  return {
    id: row.programId,
    name: row.name ?? row.gadget ?? null,
    type: row.type === "" ? null : row.type,
    ...(row.node !== undefined && { node: row.node }),
    ...(row.comm !== undefined && { comm: row.comm }),
    ...(row.pid !== undefined && { pid: row.pid }),
    ...(row.mapCount !== undefined && { mapCount: row.mapCount }),
    ...(row.mapMemoryBytes !== undefined && {
      mapMemoryBytes: {
        value: row.mapMemoryBytes,
        error: row.mapMemoryErrorBytes ?? 0,
        basis: "reported",
      },
    }),
    ...(row.cpuPercent !== undefined && {
      cpuPercent: { ...row.cpuPercent, basis: "reported" },
    }),
    source: row.source,
  };
}
