/**
 * Maps that differ in their value size only are size classes, as Kmesh's kmesh_map64, 192, 296 and 1600: the lengths of
 * the values in them, what their slots take, and the classes that would fit best.
 */
import { roundUp } from "../../base/units.ts";
import { slabBytes } from "../../model/allocators.ts";
import type { AnalysisFamily, AnalysisSnapshot } from "../analysis.ts";
import { bestClasses } from "../size-classes.ts";
import { valueLengths } from "./value-lengths.ts";

export interface SlotClasses {
  /** What the names of the maps have in common: `kmesh_map`. */
  readonly name: string;
  readonly families: readonly AnalysisFamily[];
  /** Value sizes, ascending. */
  readonly sizes: readonly number[];
  /** Bytes that a value uses before its trailing zeros, to how many values use that many. */
  readonly lengths: ReadonlyMap<number, number>;
  readonly values: number;
  /** What the values take in the slots that they are in. */
  readonly slotBytes: number;
  /** What each class takes while it is empty. */
  readonly bytesPerClass: number;
  /** The best sizes for each number of classes, from 1 to `most`, with what values and classes take then. */
  readonly plans: readonly { readonly sizes: readonly number[]; readonly bytes: number }[];
}

/**
 * @param most classes of a plan; as many as there are now when it is not given.
 * @returns sets whose values were all dumped; of two classes and more, unless `alone` asks for single maps too.
 */
export function slotClasses(
  snapshot: AnalysisSnapshot,
  { most, alone = false }: { readonly most?: number; readonly alone?: boolean } = {},
): SlotClasses[] {
  return [...classSets(snapshot, alone)].flatMap(([name, families]) => {
    const overhead = overheadOf(families);
    if (overhead === undefined) return [];
    const slot = (size: number) =>
      slabBytes(overhead + roundUp(size, 8), snapshot.host.pageSize.value);
    const lengths = new Map<number, number>();
    let slotBytes = 0;
    for (const family of families) {
      for (const [length, count] of valueLengths(family) ?? []) {
        lengths.set(length, (lengths.get(length) ?? 0) + count);
        slotBytes += count * slot(family.valueSize ?? 0);
      }
    }
    // Each class has buckets of its own, so fewer classes may be better.
    const bytesPerClass = Math.max(
      ...families.map((it) => (it.preallocatedBytes?.value ?? 0) / it.count),
    );
    return [
      {
        name,
        families,
        sizes: families.map((it) => it.valueSize ?? 0),
        lengths,
        values: [...lengths.values()].reduce((sum, it) => sum + it, 0),
        slotBytes,
        bytesPerClass,
        plans: bestClasses(lengths, most ?? families.length, slot).map((it) => ({
          sizes: it.sizes,
          bytes: it.slotBytes + bytesPerClass * it.sizes.length,
        })),
      },
    ];
  });
}

/** The plan that takes the least; undefined where there are no values. */
export function bestPlan({ plans }: SlotClasses): SlotClasses["plans"][number] | undefined {
  return plans.reduce<SlotClasses["plans"][number] | undefined>(
    (least, it) => (least === undefined || it.bytes < least.bytes ? it : least),
    undefined,
  );
}

/** `kmesh_map64`, `kmesh_map192`: the name ends in the value's size, and all else is alike. */
function* classSets(
  { families }: AnalysisSnapshot,
  alone: boolean,
): Generator<[string, AnalysisFamily[]]> {
  const sets = new Map<string, AnalysisFamily[]>();
  for (const family of families) {
    const name = family.fullName ?? family.name;
    if (name === null || name === undefined || family.valueSize === null) continue;
    if (family.entryComponents === undefined) continue;
    const size = String(family.valueSize);
    const isClass = name.endsWith(size);
    if (!isClass && !alone) continue;
    const key = isClass
      ? `${name.slice(0, -size.length)}\n${family.type}\n${family.keySize}`
      : `${name}\n${family.id}`;
    sets.set(key, [...(sets.get(key) ?? []), family]);
  }
  for (const [key, classes] of sets) {
    const told = classes.every((it) => it.entries?.value === 0 || valueLengths(it) !== undefined);
    if (!told || classes.length < (alone ? 1 : 2)) continue;
    if (!classes.some((it) => valueLengths(it) !== undefined)) continue;
    classes.sort((a, b) => (a.valueSize ?? 0) - (b.valueSize ?? 0));
    yield [key.split("\n")[0] as string, classes];
  }
}

/** What an entry asks for beside its value, the same in every class. */
function overheadOf(classes: readonly AnalysisFamily[]): number | undefined {
  const [first] = classes;
  const [entry] = first?.entryComponents ?? [];
  return entry === undefined || first?.valueSize == null
    ? undefined
    : entry.bytes - roundUp(first.valueSize, 8);
}
