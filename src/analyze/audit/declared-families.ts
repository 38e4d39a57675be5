/** Declared maps as the rules look at maps: families of one, on each host of the config, filled to the limit. */
import type { MapDefinition } from "../../model/definition.ts";
import { figuresOnce } from "../../model/families/figures.ts";
import type { Host } from "../../model/host.ts";
import { type ResolvedHost, resolveHost } from "../../model/infer-host.ts";
import { findMapType } from "../../model/map-types/index.ts";
import type { ObjectFile } from "../../model/object-file.ts";
import type { PricedHost } from "../../model/price.ts";
import { shapeKey } from "../../model/shape-key.ts";
import type { AnalysisFamily, AnalysisSnapshot } from "../analysis.ts";
import { familyOf } from "../build.ts";
import { hostOf } from "../build-host.ts";
import { declaredObjects } from "../build-objects.ts";
import { totalsOf } from "../totals.ts";
import type { AuditConfig } from "./config.ts";
import type { AuditedMap } from "./maps.ts";
import type { PricedHosts } from "./points.ts";

export interface DeclaredSnapshot {
  readonly kernel: string;
  readonly possibleCpus: number;
  /** With the families alone, for rules that judge maps. */
  readonly maps: AnalysisSnapshot;
  /** With the objects alone, for rules that judge declarations. */
  readonly declarations: AnalysisSnapshot;
  /** By family id. */
  readonly mapOf: ReadonlyMap<string, AuditedMap>;
}

/** One for each kernel and CPU count. A map that a kernel refuses is in none of its families. */
export function declaredSnapshots(
  maps: readonly AuditedMap[],
  objects: readonly ObjectFile[],
  { kernels, possibleCpus }: Pick<AuditConfig, "kernels" | "possibleCpus">,
  hostOf: PricedHosts,
): DeclaredSnapshot[] {
  return kernels.flatMap((kernel) =>
    possibleCpus.map((cpus) => {
      const priced = hostOf({ kernel, possibleCpus: cpus });
      return declaredSnapshot(maps, objects, kernel, cpus, priced);
    }),
  );
}

function declaredSnapshot(
  maps: readonly AuditedMap[],
  objects: readonly ObjectFile[],
  kernel: string,
  possibleCpus: number,
  priced: PricedHost,
): DeclaredSnapshot {
  const resolved = resolveHost([], [], { kernel, possibleCpus });
  const pairs = familiesOf(maps, priced);
  const families = pairs.map(([family]) => family);
  const label = `${kernel}, ${possibleCpus} CPUs`;
  const declared = declaredObjects(objects, (definition) => {
    const price = priced.price(definition, "empty");
    return "figures" in price ? price.figures.preallocatedBytes : undefined;
  });
  return {
    kernel,
    possibleCpus,
    maps: { ...emptySnapshot(label, resolved), totals: totalsOf(families), families },
    declarations: { ...emptySnapshot(label, resolved), objects: declared },
    mapOf: new Map(pairs.map(([family, map]) => [family.id, map])),
  };
}

function emptySnapshot(label: string, resolved: ResolvedHost): AnalysisSnapshot {
  return {
    label,
    host: hostOf(resolved, []),
    sources: [],
    totals: totalsOf([]),
    families: [],
    programs: [],
    cgroups: [],
  };
}

function familiesOf(
  maps: readonly AuditedMap[],
  priced: PricedHost,
): [AnalysisFamily, AuditedMap][] {
  const figuresOf = figuresOnce(priced.cost, "");
  // Objects of one project declare the same maps: what a definition costs, and whether it is refused, is found once.
  const byShape = new Map<string, AnalysisFamily | "not created">();
  return maps.flatMap((map, index) => {
    const { definition } = map;
    if (definition === undefined || map.live !== undefined) return [];
    const key = shapeKey(definition);
    const family = byShape.get(key) ?? unnamedFamily(definition, priced, figuresOf);
    byShape.set(key, family);
    if (family === "not created") return [];
    const names = { id: `${index}: ${map.name}`, name: map.kernelName, fullName: map.name };
    return [[{ ...family, ...names, ...declarationOf(map) }, map]];
  });
}

function unnamedFamily(
  definition: MapDefinition,
  priced: PricedHost,
  figuresOf: ReturnType<typeof figuresOnce>,
): AnalysisFamily | "not created" {
  const created = priced.created(definition);
  if (!("definition" in created)) return "not created";
  const seed = {
    id: "",
    name: null,
    definition: created.definition,
    role: "plain" as const,
    count: 1,
    mapIds: [],
    batches: [{ count: 1, ...fullContents(created.definition, priced.host) }],
  };
  return familyOf(figuresOf(seed), undefined, []);
}

/** What a release may come to: as many entries as the definition allows. */
function fullContents(definition: NonNullable<AuditedMap["definition"]>, host: Host) {
  const type = findMapType(definition.type);
  const most = type?.mostEntries(definition, host);
  if (type === undefined || most === undefined) {
    return { contents: { unknown: "its definition does not limit it" } };
  }
  return {
    ...(type.holds === "slots" ? { nonZeroSlots: most } : { entries: most }),
    contents: { basis: "modeled" as const, source: "when full" },
  };
}

function declarationOf({ name, origins, programs }: AuditedMap): Pick<AnalysisFamily, "declared"> {
  const [object = ""] = origins;
  return {
    declared: {
      object,
      name,
      ambiguous: false,
      differences: [],
      programs: programs.map((it) => it.name),
    },
  };
}
