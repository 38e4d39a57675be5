/** Sampled elements by the types of the objects that declare their map, where these agree. */
import type { SampledEntry } from "../model/dump-contents.ts";
import { type DeclaredReaders, readersFor } from "../model/entry-readers.ts";
import type { FamilySeed } from "../model/families/family.ts";
import type { ObjectFile } from "../model/object-file.ts";
import type { MapDump } from "../model/snapshot.ts";
import type { FamilyContents } from "./schema/contents.ts";

/** CPUs whose values are shown of a per-CPU map. */
const MOST_CPUS = 16;

type Decoded = NonNullable<NonNullable<FamilyContents["sample"]>[number]["decoded"]>;

export interface ChosenEntry {
  readonly mapId: number | undefined;
  readonly entry: SampledEntry;
  readonly dump: MapDump;
}

/** Nothing in it when no object declares the map with types. */
export interface TypedSample {
  readonly types?: NonNullable<FamilyContents["types"]>;
  /** For each chosen entry. */
  readonly decoded?: readonly (Decoded | undefined)[];
  readonly undecoded?: string;
}

export function typedSample(
  chosen: readonly ChosenEntry[],
  seed: Pick<FamilySeed, "name" | "outer">,
  objects: readonly ObjectFile[],
): TypedSample {
  const [first] = chosen;
  if (first === undefined) return {};
  const { keySize, valueSize } = first.dump;
  const { name, outer } = seed;
  const map = { name, keySize, valueSize, ...(outer !== undefined && { outerName: outer.name }) };
  const candidates = readersFor(map, objects);
  const [one, ...others] = candidates.map((readers) => ({
    readers,
    decoded: chosen.map((it) => decodedBy(readers, it)),
  }));
  if (one === undefined) return {};
  const other = others.find((it) => JSON.stringify(it.decoded) !== JSON.stringify(one.decoded));
  if (other !== undefined) {
    return {
      undecoded: `${one.readers.object} and ${other.readers.object} do not read its elements alike: types or byte order differ`,
    };
  }
  const { object, key, value } = one.readers;
  const types = {
    object,
    ...(key !== undefined && { key: key.typeName }),
    ...(value !== undefined && { value: value.typeName }),
  };
  return { types, decoded: one.decoded };
}

function decodedBy(
  { key, value }: DeclaredReaders,
  { entry, dump }: ChosenEntry,
): Decoded | undefined {
  const decoded: Decoded = {};
  const ofKey = key?.read(entry.key);
  if (ofKey !== undefined) decoded.key = ofKey as NonNullable<Decoded["key"]>;
  if (value !== undefined) {
    const all = valuesOf(entry, dump)
      .map((it) => value.read(it))
      .filter((it) => it !== undefined);
    const [only] = all;
    if (dump.possibleCpus === undefined) {
      if (only !== undefined) decoded.value = only as NonNullable<Decoded["value"]>;
    } else if (all.length > 0) decoded.values = all as NonNullable<Decoded["values"]>;
  }
  return Object.keys(decoded).length > 0 ? decoded : undefined;
}

/** Only those of which all bytes were kept. */
function valuesOf({ value }: SampledEntry, { valueSize, possibleCpus }: MapDump): Uint8Array[] {
  const kept = Math.floor(value.length / valueSize);
  const count = Math.min(kept, possibleCpus === undefined ? 1 : MOST_CPUS);
  return Array.from({ length: count || 0 }, (_, at) =>
    value.subarray(at * valueSize, (at + 1) * valueSize),
  );
}
