/** A figure that a tool rounded or cut before it printed it: what it printed, and what it can have been. */
export interface Rounded {
  /** As printed, in the unit of the field: `2.8M` is 2,936,013 bytes. */
  readonly value: number;
  /** The true figure is within these two, both included. */
  readonly least: number;
  readonly most: number;
}

export function exactly(value: number): Rounded {
  return { value, least: value, most: value };
}

/** `a - b`; the bounds are those of the operands put together. */
export function differenceOf(a: Rounded, b: Rounded): Rounded {
  return { value: a.value - b.value, least: a.least - b.most, most: a.most - b.least };
}

export function sumOfRounded(items: readonly Rounded[]): Rounded {
  return items.reduce(
    (sum, it) => ({
      value: sum.value + it.value,
      least: sum.least + it.least,
      most: sum.most + it.most,
    }),
    exactly(0),
  );
}

/** Whether both can be the same figure. */
export function canBeEqual(a: Rounded, b: Rounded): boolean {
  return a.least <= b.most && b.least <= a.most;
}
