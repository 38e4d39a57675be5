/** The dumps of a family's maps -> what they tell of its entries, summed over the maps. */
import type { DumpContents } from "../model/dump-contents.ts";
import type { FamilySeed } from "../model/families/family.ts";
import type { ObjectFile } from "../model/object-file.ts";
import type { MapDump } from "../model/snapshot.ts";
import type { FamilyContents } from "./schema/contents.ts";
import { type ChosenEntry, typedSample } from "./typed-sample.ts";

/** Elements shown of a family: so many first ones, and so many of the others. */
const FIRST = 4;
const SPREAD = 4;
const MAX_VALUE_BYTES = 512;

/** Undefined when none of the maps was dumped. */
export function familyContents(
  seed: Pick<FamilySeed, "name" | "outer" | "dumps">,
  objects: readonly ObjectFile[] = [],
): FamilyContents | undefined {
  const { dumps = [] } = seed;
  if (dumps.length === 0) return undefined;
  const elements = total(dumps, (it) => it.elements);
  const zeroValues = elements - total(dumps, (it) => it.nonZeroValues + it.unreadable);
  const unreadable = summed(dumps, ({ errors }) =>
    (errors ?? []).map((it) => [it.message, it.count]),
  );
  const lengths = summed(dumps, ({ valueLengths }) =>
    (valueLengths ?? []).map((it) => [it.bytes, it.values]),
  );
  const valueLengths = [...lengths]
    .map(([bytes, values]) => ({ bytes, values }))
    .sort((a, b) => a.bytes - b.bytes);
  const counts = valueLengths.map(({ bytes, values }) => [bytes, values] as const);
  const cpuSpread = cpuSpreadOf(dumps);
  const chosen = sampleOf(dumps);
  const typed = typedSample(chosen, seed, objects);
  const sample = chosen.map(({ mapId, entry }, at) => {
    const decoded = typed.decoded?.[at];
    return {
      ...(mapId !== undefined && { mapId }),
      index: entry.index,
      key: hex(entry.key),
      value: hex(entry.value.subarray(0, MAX_VALUE_BYTES)),
      ...(decoded !== undefined && { decoded }),
    };
  });
  return {
    maps: dumps.length,
    sources: [...new Set(dumps.map((it) => it.file))].sort(),
    complete: dumps.every((it) => it.complete),
    elements,
    // A dump by types may leave open which values are zero.
    ...(!Number.isNaN(zeroValues) && { zeroValues }),
    ...(unreadable.size > 0 && {
      unreadable: [...unreadable].map(([message, count]) => ({ message, count })),
    }),
    ...(counts.length > 0 && {
      valueLengths,
      valueBytes: {
        median: quantile(counts, 0.5),
        p99: quantile(counts, 0.99),
        max: valueLengths.at(-1)?.bytes ?? 0,
      },
    }),
    ...(cpuSpread !== undefined && { cpuSpread }),
    ...(sample.length > 0 && { sample }),
    ...(typed.types !== undefined && { types: typed.types }),
    ...(typed.undecoded !== undefined && { undecoded: typed.undecoded }),
  };
}

function total(dumps: readonly MapDump[], of: (dump: MapDump) => number): number {
  return dumps.reduce((sum, dump) => sum + of(dump), 0);
}

function summed<Kind>(
  dumps: readonly MapDump[],
  countsOf: (dump: DumpContents) => readonly (readonly [Kind, number])[],
): Map<Kind, number> {
  const sums = new Map<Kind, number>();
  for (const [kind, count] of dumps.flatMap(countsOf)) {
    sums.set(kind, (sums.get(kind) ?? 0) + count);
  }
  return sums;
}

/** The smallest kind, of ascending ones with their counts, that at least `share` of all are not above. */
function quantile(counts: readonly (readonly [kind: number, count: number])[], share: number) {
  let rest = share * counts.reduce((sum, [, count]) => sum + count, 0);
  for (const [kind, count] of counts) {
    rest -= count;
    if (rest <= 0) return kind;
  }
  return 0;
}

function cpuSpreadOf(dumps: readonly MapDump[]): FamilyContents["cpuSpread"] {
  const spreads = dumps.flatMap(({ cpuSpread }) => cpuSpread ?? []);
  const nonZeroByCpu = summedRows(spreads.map((it) => it.nonZeroByCpu));
  const elementsByCpus = summedRows(spreads.map((it) => it.elementsByCpus));
  if (nonZeroByCpu.length === 0) return undefined;
  const median = quantile([...elementsByCpus.entries()], 0.5);
  return { cpus: nonZeroByCpu.length, median, nonZeroByCpu, elementsByCpus };
}

function summedRows(rows: readonly (readonly number[])[]): number[] {
  const sums: number[] = [];
  for (const row of rows) {
    for (const [at, count] of row.entries()) sums[at] = (sums[at] ?? 0) + count;
  }
  return sums;
}

function sampleOf(dumps: readonly MapDump[]): ChosenEntry[] {
  const all: ChosenEntry[] = [];
  for (const dump of dumps) {
    for (const entry of dump.sample ?? []) all.push({ mapId: dump.mapId, entry, dump });
    // A family may have a hundred thousand maps.
    if (all.length > 1000) break;
  }
  const others = all.slice(FIRST);
  const step = Math.max(1, Math.floor(others.length / SPREAD));
  const spread = others.filter((_, at) => at % step === step - 1).slice(0, SPREAD);
  return [...all.slice(0, FIRST), ...spread];
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
