/** Declared maps as the rules look at maps: families of one, on each host of the config, filled to the limit. */
import { asLoaded } from "../../model/as-loaded.ts";
import type { MapDefinition } from "../../model/definition.ts";
import { costOnce, figuresOnce } from "../../model/families/figures.ts";
import type { Host } from "../../model/host.ts";
import { type ResolvedHost, resolveHost } from "../../model/infer-host.ts";
import { findMapType } from "../../model/map-types/index.ts";
import type { ObjectFile } from "../../model/object-file.ts";
import { shapeKey } from "../../model/shape-key.ts";
import { validate } from "../../model/validate.ts";
import type { AnalysisFamily, AnalysisSnapshot } from "../analysis.ts";
import { familyOf } from "../build.ts";
import { hostOf } from "../build-host.ts";
import { declaredObjects } from "../build-objects.ts";
import { totalsOf } from "../totals.ts";
import type { AuditConfig } from "./config.ts";
import type { AuditedMap } from "./maps.ts";

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
): DeclaredSnapshot[] {
  return kernels.flatMap((kernel) =>
    possibleCpus.map((cpus) => declaredSnapshot(maps, objects, kernel, cpus)),
  );
}

function declaredSnapshot(
  maps: readonly AuditedMap[],
  objects: readonly ObjectFile[],
  kernel: string,
  possibleCpus: number,
): DeclaredSnapshot {
  const resolved = resolveHost([], [], { kernel, possibleCpus });
  const { host } = resolved;
  const pairs = host === undefined ? [] : familiesOf(maps, host);
  const families = pairs.map(([family]) => family);
  const label = `${kernel}, ${possibleCpus} CPUs`;
  const declared = declaredObjects(objects, host);
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

function familiesOf(maps: readonly AuditedMap[], host: Host): [AnalysisFamily, AuditedMap][] {
  const figuresOf = figuresOnce(costOnce(host), "");
  // Objects of one project declare the same maps: what a definition costs, and whether it is refused, is found once.
  const byShape = new Map<string, AnalysisFamily | "refused">();
  return maps.flatMap((map, index) => {
    const { definition } = map;
    if (definition === undefined || map.live !== undefined) return [];
    if (Number.isNaN(definition.keySize) || Number.isNaN(definition.valueSize)) return [];
    const key = shapeKey(definition);
    const family = byShape.get(key) ?? unnamedFamily(definition, host, figuresOf);
    byShape.set(key, family);
    if (family === "refused") return [];
    const names = { id: `${index}: ${map.name}`, name: map.kernelName, fullName: map.name };
    return [[{ ...family, ...names, ...declarationOf(map) }, map]];
  });
}

function unnamedFamily(
  definition: MapDefinition,
  host: Host,
  figuresOf: ReturnType<typeof figuresOnce>,
): AnalysisFamily | "refused" {
  const loaded = asLoaded(definition, host);
  if (validate(loaded, host).length > 0) return "refused";
  const seed = {
    id: "",
    name: null,
    definition: loaded,
    role: "plain" as const,
    count: 1,
    mapIds: [],
    batches: [{ count: 1, ...fullContents(loaded, host) }],
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
