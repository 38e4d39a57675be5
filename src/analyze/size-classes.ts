/**
 * The best sizes for a set of slot classes: values of known lengths, a number of classes, the cost of a slot by its size.
 * Optimal, by dynamic programming over the lengths: the classes split the sorted lengths into runs, and each run pays
 * for its longest value. Time is classes x lengths squared; lengths are at most a few hundred after rounding.
 */

export interface ClassPlan {
  /** Value sizes, ascending. */
  readonly sizes: readonly number[];
  /** Of all slots, without what each class takes at creation. */
  readonly slotBytes: number;
}

/**
 * @param lengths bytes that a value uses, to how many values use that many
 * @param slotBytes what a slot for values of up to `size` bytes takes; must not fall as the size grows
 * @returns a plan for each number of classes from 1 to `most`; fewer where there are fewer lengths
 */
export function bestClasses(
  lengths: ReadonlyMap<number, number>,
  most: number,
  slotBytes: (size: number) => number,
): ClassPlan[] {
  const rounded = new Map<number, number>();
  for (const [length, count] of lengths) {
    if (count <= 0) continue;
    const size = Math.max(8, Math.ceil(length / 8) * 8);
    rounded.set(size, (rounded.get(size) ?? 0) + count);
  }
  const sizes = [...rounded.keys()].sort((a, b) => a - b);
  const before = [0];
  for (const size of sizes) before.push((before.at(-1) ?? 0) + (rounded.get(size) ?? 0));
  // cost[j]: least bytes of the first j lengths with the classes so far; from[k][j]: where the last class begins.
  let cost = sizes.map(() => Number.POSITIVE_INFINITY);
  cost.unshift(0);
  const from: number[][] = [];
  const plans: ClassPlan[] = [];
  for (let classes = 1; classes <= Math.min(most, sizes.length); classes++) {
    const next = cost.map(() => Number.POSITIVE_INFINITY);
    const starts = cost.map(() => 0);
    for (let end = 1; end <= sizes.length; end++) {
      const each = slotBytes(sizes[end - 1] as number);
      for (let start = 0; start < end; start++) {
        const bytes =
          (cost[start] as number) + ((before[end] as number) - (before[start] as number)) * each;
        if (bytes < (next[end] as number)) {
          next[end] = bytes;
          starts[end] = start;
        }
      }
    }
    from.push(starts);
    plans.push({ sizes: sizesOf(from, sizes), slotBytes: next[sizes.length] as number });
    cost = next;
  }
  return plans;
}

function sizesOf(from: readonly (readonly number[])[], sizes: readonly number[]): number[] {
  const chosen: number[] = [];
  let end = sizes.length;
  for (const starts of [...from].reverse()) {
    if (end === 0) break;
    chosen.unshift(sizes[end - 1] as number);
    end = starts[end] as number;
  }
  return chosen;
}
