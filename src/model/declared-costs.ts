/** What maps cost that a text only declares: never a part of what a kernel listed. */
import { asLoaded } from "./as-loaded.ts";
import { type Amount, costOf } from "./cost.ts";
import type { Family } from "./families/figures.ts";
import { type Host, HostFactUnknown } from "./host.ts";
import { formatKernelVersion } from "./kernel-version.ts";
import { makeHost } from "./make-host.ts";
import type { ObjectFile, ObjectMap } from "./object-file.ts";

export const DECLARED_FIGURES = [
  "memlockBytes",
  "preallocatedBytes",
  "residentBytes",
  "ceilingBytes",
] as const;
export type DeclaredFigure = (typeof DECLARED_FIGURES)[number];

export interface DeclaredMap {
  readonly object: string;
  readonly map: ObjectMap;
  /** The family of live maps that is of this name, where maps were listed. */
  readonly live?: string;
  /** Of one map without entries; when full for the last. */
  readonly figures: Readonly<Record<DeclaredFigure, Amount>>;
}

export interface DeclaredCosts {
  readonly kernel: string;
  readonly possibleCpus?: number;
  /** The input tells nothing of the host, so it is one that many have. */
  readonly isAssumed: boolean;
  readonly maps: readonly DeclaredMap[];
}

/** A kernel that most distributions have passed, on a small node. */
const COMMON = { kernel: [6, 6], possibleCpus: 8 } as const;

/** Undefined when nothing is declared in a text. */
export function declaredCosts(
  objects: readonly ObjectFile[],
  known: Host | undefined,
  families: readonly Family[],
): DeclaredCosts | undefined {
  const texts = objects.filter((it) => it.format === "c" && it.maps.length > 0);
  if (texts.length === 0) return undefined;
  const live = new Map(families.map(({ seed }) => [seed.name, seed.id]));
  const host =
    known ??
    makeHost({
      ...COMMON,
      certainty: { accounting: "assumed", kernel: "assumed", possibleCpus: "assumed" },
    });
  return {
    kernel: formatKernelVersion(host.kernel),
    ...(known === undefined && { possibleCpus: COMMON.possibleCpus }),
    isAssumed: known === undefined,
    maps: texts.flatMap(({ file, maps }) => maps.map((map) => costed(file, map, host, live))),
  };
}

function costed(
  object: string,
  map: ObjectMap,
  host: Host,
  families: ReadonlyMap<string | null, string>,
): DeclaredMap {
  const live = families.get(map.kernelName);
  const [reason] = Object.values(map.unknown ?? {});
  const figures =
    reason === undefined
      ? figuresOf(map, host)
      : (Object.fromEntries(
          DECLARED_FIGURES.map((name) => [name, { unknown: reason }]),
        ) as DeclaredMap["figures"]);
  return { object, map, ...(live !== undefined && { live }), figures };
}

function figuresOf({ definition }: ObjectMap, host: Host): DeclaredMap["figures"] {
  const cost = costOf(asLoadedOn(definition, host), { entries: 0, basis: "modeled" }, host);
  return {
    memlockBytes: cost.modeledMemlockBytes,
    preallocatedBytes: cost.preallocatedBytes,
    residentBytes: cost.residentBytes,
    ceilingBytes: cost.ceilingBytes,
  };
}

/** A loader rounds ring sizes, and gives a perf_event_array as many entries as there are CPUs. */
function asLoadedOn(definition: ObjectMap["definition"], host: Host): ObjectMap["definition"] {
  try {
    return asLoaded(definition, host);
  } catch (error) {
    if (!(error instanceof HostFactUnknown)) throw error;
    return definition;
  }
}
