/** Tells which known project, release and mode the maps of a snapshot come from. */
import type {
  Catalogue,
  CatalogueDefinition,
  CatalogueEntry,
  CatalogueMode,
} from "./catalogue/catalogue.ts";
import type { Confidence } from "./confidence.ts";
import type { MapDefinition } from "./definition.ts";
import { kernelName } from "./kernel-name.ts";

/** Maps seen under one name: listed with their definition, or a row of a summary without. */
export interface SeenMaps {
  readonly name: string | null;
  readonly count: number;
  readonly definition: MapDefinition | undefined;
}

export interface Software {
  readonly project: string;
  /** Several releases that create the same maps are all named: `v1.1.0, v1.2.0`. */
  readonly version: string;
  readonly mode: string;
  readonly maps: CatalogueMode["maps"];
  readonly programs: CatalogueMode["programs"];
  /** How many sets of these maps there are: daemons, or nodes in one kernel. */
  readonly instances: number;
  readonly confidence: Confidence;
  readonly evidence: string;
}

/** Fewer maps in common than this could be chance: other projects have a `tmp_buf` too. */
const LEAST_MATCHES = 4;

interface Candidate {
  readonly version: string;
  readonly mode: CatalogueMode;
  readonly expected: number;
  readonly found: number;
  /** Maps of the project under this release's name but with another definition, or of another release. */
  readonly contradictions: number;
  readonly copies: readonly number[];
  readonly byDefinition: boolean;
}

export function identify(seen: readonly SeenMaps[], catalogue: Catalogue): Software | undefined {
  const known = knownNames(catalogue);
  // Each release is compared with what is left, which is little: a host may have 131,072 maps of other names.
  const byName = new Map<string, SeenMaps[]>();
  for (const maps of seen) {
    if (maps.name === null || !known.has(maps.name)) continue;
    const same = byName.get(maps.name);
    if (same === undefined) byName.set(maps.name, [maps]);
    else same.push(maps);
  }
  const candidates = catalogue.releases
    .flatMap(({ version, modes }) => modes.map((mode) => compare(version, mode, byName)))
    .filter((it) => it.found >= LEAST_MATCHES && it.found * 2 >= it.expected);
  const best = Math.max(...candidates.map(scoreOf));
  const [first, ...others] = candidates.filter((it) => scoreOf(it) === best);
  if (first === undefined) return undefined;
  return softwareOf(catalogue.project, first, others);
}

/** Names that tell the project: data sections do not, every loader makes those. */
function tellsProject(entry: CatalogueEntry): boolean {
  return entry.copies !== undefined && entry.definition.sizeVaries !== true;
}

function knownNames(catalogue: Catalogue): Set<string> {
  const names = new Set<string>();
  for (const { modes } of catalogue.releases) {
    for (const entry of modes.flatMap((it) => it.maps)) {
      if (tellsProject(entry)) names.add(kernelName(entry.definition.name ?? ""));
    }
  }
  return names;
}

function compare(
  version: string,
  mode: CatalogueMode,
  seen: ReadonlyMap<string, readonly SeenMaps[]>,
): Candidate {
  const byName = new Map<string, CatalogueEntry[]>();
  for (const entry of mode.maps.filter(tellsProject)) {
    const name = kernelName(entry.definition.name ?? "");
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  let found = 0;
  let expected = 0;
  let contradictions = 0;
  let byDefinition = true;
  const copies: number[] = [];
  for (const [name, entries] of byName) {
    expected += entries.length;
    const rows = seen.get(name) ?? [];
    const listed = rows.filter((it) => it.definition !== undefined);
    const matched = entries.filter((entry) =>
      listed.some((it) => fits(entry.definition, it.definition)),
    );
    if (rows.length > 0 && listed.length === 0) {
      byDefinition = false;
      found += entries.length;
      copies.push(ratio(sum(rows), entries));
    } else {
      found += matched.length;
      contradictions += listed.filter(
        (it) => !entries.some((e) => fits(e.definition, it.definition)),
      ).length;
      for (const entry of matched) {
        copies.push(
          ratio(sum(listed.filter((it) => fits(entry.definition, it.definition))), [entry]),
        );
      }
    }
  }
  for (const name of seen.keys()) if (!byName.has(name)) contradictions++;
  return { version, mode, expected, found, contradictions, copies, byDefinition };
}

/** A devmap shows a flag that its definition lacks, so only what Kmesh-like loaders set is compared. */
export function fits(definition: CatalogueDefinition, seen: MapDefinition | undefined): boolean {
  if (seen === undefined || definition.type !== seen.type) return false;
  if (definition.sizeVaries === true) return true;
  return (
    definition.keySize === seen.keySize &&
    definition.valueSize === seen.valueSize &&
    definition.maxEntries === seen.maxEntries &&
    definition.flags === seen.flags
  );
}

function sum(rows: readonly SeenMaps[]): number {
  return rows.reduce((total, it) => total + it.count, 0);
}

function ratio(count: number, entries: readonly CatalogueEntry[]): number {
  return count / entries.reduce((total, it) => total + (it.copies ?? 0), 0);
}

function scoreOf({ found, expected, contradictions }: Candidate): number {
  return found - (expected - found) - 2 * contradictions;
}

function softwareOf(project: string, best: Candidate, others: readonly Candidate[]): Software {
  const instances = mostCommon(best.copies);
  const complete = best.found === best.expected && best.contradictions === 0;
  const modes = new Set([best, ...others].map((it) => it.mode.mode));
  const alone = others.length === 0;
  return {
    project,
    version: [...new Set([best, ...others].map((it) => it.version))].join(", "),
    mode: [...modes].join(", "),
    maps: best.mode.maps,
    programs: best.mode.programs,
    instances,
    confidence: confidenceOf(complete, alone, best.byDefinition),
    evidence:
      `${best.found} of ${best.expected} maps of ${best.version} ${best.mode.mode} are there` +
      `${best.byDefinition ? ", alike in type, sizes, entries and flags" : " by name"}` +
      `${best.contradictions > 0 ? `; ${best.contradictions} differ from it` : ""}` +
      `${alone ? "" : `; ${others.map((it) => `${it.version} ${it.mode.mode}`).join(", ")} would fit as well`}`,
  };
}

function confidenceOf(complete: boolean, alone: boolean, byDefinition: boolean): Confidence {
  if (!complete) return alone ? "medium" : "low";
  if (!alone) return "medium";
  return byDefinition ? "certain" : "high";
}

/** Whole sets only: a map that is there three times where two were expected is another owner's. */
function mostCommon(copies: readonly number[]): number {
  const votes = new Map<number, number>();
  for (const it of copies) {
    const whole = Math.max(1, Math.floor(it));
    votes.set(whole, (votes.get(whole) ?? 0) + 1);
  }
  const [[value]] = [...votes].sort(([a, n], [b, m]) => m - n || a - b) as [[number, number]];
  return value;
}
