/** Which maps a known project creates, by release and mode: for inputs that carry only names and sums. */
import type { MapDefinition } from "../definition.ts";

export interface CatalogueDefinition extends MapDefinition {
  /** The name in the object; `null` for maps created without one. */
  readonly name: string | null;
  /** A data section: its size depends on the compiler and its flags on the loader. */
  readonly sizeVaries?: boolean;
  /** There for its shape only: the loader copies it into the outer map and never puts it there. */
  readonly template?: boolean;
}

export interface CatalogueEntry {
  readonly definition: CatalogueDefinition;
  /** How many one node has; absent for inner maps, which the project makes as it needs them. */
  readonly copies?: number;
  /** Full name of the outer map that these inner maps are put into. */
  readonly innerOf?: string;
}

/** A program and the maps that its code refers to: what per-program tools add up. */
export interface CatalogueProgram {
  readonly object: string;
  readonly name: string;
  readonly maps: readonly CatalogueDefinition[];
}

export interface CatalogueMode {
  readonly mode: string;
  readonly maps: readonly CatalogueEntry[];
  readonly programs: readonly CatalogueProgram[];
}

export interface CatalogueRelease {
  readonly version: string;
  readonly modes: readonly CatalogueMode[];
}

export interface Catalogue {
  readonly project: string;
  readonly releases: readonly CatalogueRelease[];
}

/** The shape of the generated files: definitions stand once and are referred to by index. */
export interface CatalogueData {
  readonly project: string;
  readonly definitions: readonly CatalogueDefinition[];
  readonly releases: readonly {
    readonly version: string;
    readonly modes: readonly {
      readonly mode: string;
      readonly maps: readonly {
        readonly definition: number;
        readonly copies?: number;
        readonly innerOf?: string;
      }[];
      /** Maps by index, as above. */
      readonly programs: readonly {
        readonly object: string;
        readonly name: string;
        readonly maps: readonly number[];
      }[];
    }[];
  }[];
}

export function catalogueOf(data: CatalogueData): Catalogue {
  const definitionAt = (index: number) => {
    const found = data.definitions[index];
    if (found === undefined) throw new Error(`${data.project}: no definition ${index}`);
    return found;
  };
  const entry = ({
    definition,
    ...rest
  }: {
    definition: number;
    copies?: number;
    innerOf?: string;
  }) => ({ ...rest, definition: definitionAt(definition) });
  return {
    project: data.project,
    releases: data.releases.map(({ version, modes }) => ({
      version,
      modes: modes.map(({ mode, maps, programs }) => ({
        mode,
        maps: maps.map(entry),
        programs: programs.map((it) => ({ ...it, maps: it.maps.map(definitionAt) })),
      })),
    })),
  };
}
