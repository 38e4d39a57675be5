/** What is audited: maps that objects declare, and families of maps that an analysis found live. */
import { catalogues } from "../../model/catalogue/index.ts";
import type { MapDefinition } from "../../model/definition.ts";
import { identify } from "../../model/identify.ts";
import type { ObjectFile, ObjectMap } from "../../model/object-file.ts";
import { SIZE_FIGURES, type SizeFigure } from "../../model/size.ts";
import type { AnalysisFamily, AnalysisSnapshot, Figure } from "../analysis.ts";
import type { AuditConfig } from "./config.ts";
import { type Declaration, larger } from "./declarations.ts";
import { isAlike } from "./definition-fields.ts";
import { matcher } from "./globs.ts";
import { type InputIdentity, type NamesByFile, namesByFile } from "./identity.ts";

export interface AuditedMap {
  readonly name: string;
  /** Of a baseline's map that was renamed since: budgets and scale points know it by this name. */
  readonly nowCalled?: string;
  /** Of a map that was renamed since the baseline: scale points know it by this name too. */
  readonly wasCalled?: string;
  /** As a kernel shows it: at most 15 bytes. */
  readonly kernelName: string;
  /** Undefined for a family whose type or sizes are not known. */
  readonly definition: MapDefinition | undefined;
  /** What other objects declare of it, where it is shared: the kernel makes whichever is loaded first. */
  readonly otherDefinitions?: readonly MapDefinition[];
  /** One for each object; none of a map that lives. */
  readonly declarations: readonly Declaration[];
  /** Inner maps that the object puts into it, which are maps of their own. */
  readonly ownInnerMaps: number;
  /** Maps alike that are counted as one row: 1 for a declaration. */
  readonly count: number;
  /** Files that declare it; the snapshot's label for a live one. */
  readonly origins: readonly string[];
  /** What globs know the files by: those of a baseline by what they are called now. */
  readonly names?: NamesByFile;
  readonly programs: readonly { readonly name: string; readonly line?: string }[];
  readonly isPinned: boolean;
  /** Of one that lives: another holds it. */
  readonly isInner?: boolean;
  readonly modes: readonly string[];
  readonly owner: string | undefined;
  /** What an analysis says of it as it was. */
  readonly live?: {
    readonly snapshot: string;
    readonly kernel: string;
    readonly possibleCpus: number | undefined;
    readonly figures: Readonly<Partial<Record<SizeFigure, Figure>>>;
  };
}

export interface AuditInput {
  readonly objects: readonly ObjectFile[];
  readonly snapshots: readonly AnalysisSnapshot[];
  /** By file, as read; what is not in it is known by that name alone. */
  readonly identities?: ReadonlyMap<string, InputIdentity>;
}

/** Two declarations of a map that is to be shared, which are not alike: the second object cannot reuse it. */
export interface SharedConflict {
  readonly name: string;
  readonly first: { readonly file: string; readonly definition: MapDefinition };
  readonly other: { readonly file: string; readonly definition: MapDefinition };
}

export interface AuditedMaps {
  readonly maps: readonly AuditedMap[];
  readonly conflicts: readonly SharedConflict[];
}

type Naming = Pick<AuditConfig, "modes" | "shared">;

/** @param names of a baseline's objects, where they are called otherwise now. */
export function auditedMaps(
  input: AuditInput,
  naming: Naming,
  names: NamesByFile = namesByFile(input),
): AuditedMaps {
  const { objects, snapshots } = input;
  const { maps, conflicts } = declaredMaps(objects, naming, names);
  return { maps: [...maps, ...snapshots.flatMap(liveMaps)], conflicts };
}

/** A shared map is one whatever number of objects declare it; any other is one for each object. */
function declaredMaps(
  objects: readonly ObjectFile[],
  { modes, shared }: Naming,
  names: NamesByFile,
): AuditedMaps {
  const isShared = matcher(shared.length === 0 ? [] : shared);
  const projectOf = projects(objects);
  const modesOf = modeNames(names, modes);
  const maps: AuditedMap[] = [];
  const places = new Map<string, number>();
  const conflicts: SharedConflict[] = [];
  for (const object of objects) {
    for (const map of object.maps) {
      if (!map.isCreated) continue;
      const declared = auditedMap(map, object, projectOf(map.kernelName), modesOf(object.file));
      const fresh = { ...declared, names };
      const isOne = map.pinning !== undefined || (isShared(map.name) && !isOfVariables(map));
      const key = isOne ? map.name : undefined;
      const place = key === undefined ? undefined : places.get(key);
      const known = place === undefined ? undefined : maps[place];
      if (place === undefined || known === undefined) {
        if (key !== undefined) places.set(key, maps.length);
        maps.push(fresh);
        continue;
      }
      const [first] = known.declarations;
      if (first !== undefined && !isAlike(first.definition, map.definition)) {
        conflicts.push({
          name: map.name,
          first,
          other: { file: object.file, definition: map.definition },
        });
      }
      maps[place] = joined(known, fresh);
    }
  }
  return { maps, conflicts };
}

function auditedMap(
  map: ObjectMap,
  object: ObjectFile,
  project: Project | undefined,
  modes: readonly string[],
): AuditedMap {
  const lines = new Map(object.programs.map((it) => [it.name, it.sourceLine]));
  return {
    name: map.name,
    kernelName: map.kernelName,
    definition: map.definition,
    declarations: [declarationIn(map, object)],
    ownInnerMaps: map.slots.length,
    count: 1,
    origins: [object.file],
    programs: map.programs.map((name) => {
      const line = lines.get(name);
      return { name, ...(line !== undefined && { line }) };
    }),
    isPinned: map.pinning !== undefined,
    // What the config says outranks what was recognised.
    modes: modes.length > 0 || project === undefined ? modes : [project.mode],
    owner: project?.name,
  };
}

function declarationIn(
  { definition, keyLayout, valueLayout }: ObjectMap,
  { file }: ObjectFile,
): Declaration {
  return {
    file,
    definition,
    ...(keyLayout !== undefined && { keyLayout }),
    ...(valueLayout !== undefined && { valueLayout }),
  };
}

/** Variables are of their object, whatever their section is called. */
function isOfVariables({ origin }: ObjectMap): boolean {
  return origin === "data-section" || origin === "kconfig";
}

function joined(known: AuditedMap, other: AuditedMap): AuditedMap {
  return {
    ...known,
    ...joinedDefinitions(known, other),
    declarations: [...known.declarations, ...other.declarations],
    ownInnerMaps: Math.min(known.ownInnerMaps, other.ownInnerMaps),
    origins: [...new Set([...known.origins, ...other.origins])],
    modes: [...new Set([...known.modes, ...other.modes])],
    programs: [...known.programs, ...other.programs],
  };
}

function joinedDefinitions(
  known: AuditedMap,
  { definition: fresh }: AuditedMap,
): Pick<AuditedMap, "definition" | "otherDefinitions"> {
  const all = definitionsOf(known);
  const isKnown = fresh === undefined || all.some((it) => isAlike(it, fresh));
  const definitions = isKnown ? all : [...all, fresh];
  const definition = definitions.reduce(larger);
  return { definition, otherDefinitions: definitions.filter((it) => it !== definition) };
}

/** More than one of a shared map that objects declare differently. */
export function definitionsOf({
  definition,
  otherDefinitions = [],
}: AuditedMap): readonly MapDefinition[] {
  return definition === undefined ? [] : [definition, ...otherDefinitions];
}

export function sameDefinition(a: AuditedMap, b: AuditedMap): boolean {
  if (a.definition === undefined || b.definition === undefined)
    return a.definition === b.definition;
  return isAlike(a.definition, b.definition, a.live !== undefined || b.live !== undefined);
}

interface Project {
  readonly name: string;
  readonly mode: string;
}

/** The project of a map by its name, once the objects were recognised as that project's. */
function projects(objects: readonly ObjectFile[]): (kernelName: string) => Project | undefined {
  const seen = objects
    .flatMap((it) => it.maps)
    .map((it) => ({ name: it.kernelName, definition: it.definition, count: 1 }));
  const names = new Map(
    catalogues.flatMap((catalogue) => {
      const software = identify(seen, catalogue);
      if (software === undefined) return [];
      return catalogue.releases
        .flatMap((release) => release.modes)
        .flatMap((mode) => mode.maps)
        .map(({ definition }) => {
          const project = { name: catalogue.project, mode: software.mode };
          return [definition.name?.slice(0, 15), project] as const;
        });
    }),
  );
  return (name) => names.get(name);
}

function modeNames(
  names: NamesByFile,
  modes: AuditConfig["modes"],
): (file: string) => readonly string[] {
  const all = Object.entries(modes).map(([name, globs]) => ({ name, matches: matcher(globs) }));
  const byFile = new Map(
    [...names].map(([file, own]) => [
      file,
      all.filter(({ matches }) => own.some(matches)).map(({ name }) => name),
    ]),
  );
  return (file) => byFile.get(file) ?? [];
}

function liveMaps(snapshot: AnalysisSnapshot): AuditedMap[] {
  const { kernelRelease, accounting, possibleCpus } = snapshot.host;
  const kernel = kernelRelease?.value ?? accounting?.value ?? "not known";
  const projects = snapshot.software ?? [];
  return snapshot.families.map((family) => {
    const project = projects.find((it) => isOf(family, it));
    return {
      name: family.fullName ?? family.declared?.name ?? family.name ?? unnamed(family),
      kernelName: family.name ?? "",
      definition: definitionOf(family),
      declarations: [],
      ownInnerMaps: 0,
      isInner: family.role === "inner",
      count: family.count,
      origins: [snapshot.label],
      programs: (family.declared?.programs ?? []).map((name) => ({ name })),
      isPinned: false,
      modes: project === undefined ? [] : [project.mode],
      owner: project?.name ?? family.owner?.name,
      live: {
        snapshot: snapshot.label,
        kernel,
        possibleCpus: possibleCpus?.value,
        figures: liveFigures(family),
      },
    };
  });
}

/** An owner is told with release and mode (`Kmesh v0.5.0 kernel-native`); a budget outlives a release. */
function isOf({ owner }: AnalysisFamily, { name }: { readonly name: string }): boolean {
  return owner !== undefined && (owner.name === name || owner.name.startsWith(`${name} `));
}

function unnamed({ role, outer }: AnalysisFamily): string {
  return role === "inner" && outer?.name ? `(unnamed, in ${outer.name})` : "(unnamed)";
}

function definitionOf(family: AnalysisFamily): MapDefinition | undefined {
  const { type, keySize, valueSize, maxEntries, flags } = family;
  if (type === null || keySize === null || valueSize === null) return undefined;
  if (maxEntries === null || flags === null) return undefined;
  return { type, keySize, valueSize, maxEntries, flags };
}

/** An analysis does not carry the charge as a figure; the rest has the same names. */
function liveFigures(family: AnalysisFamily): Partial<Record<SizeFigure, Figure>> {
  const figures: Partial<Record<SizeFigure, Figure>> = {};
  for (const name of SIZE_FIGURES) {
    if (name === "chargedBytes") continue;
    const figure = family[name];
    if (figure !== undefined) figures[name] = figure;
  }
  return figures;
}
