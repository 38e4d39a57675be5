/** How a number is known. Every figure and every host fact carries one. */

/** From the strongest to the weakest. */
export const BASES = ["reported", "counted", "modeled", "inferred", "assumed"] as const;

export type Basis = (typeof BASES)[number];

/** The weaker of two: a sum is only as sure as its least sure part. */
export function weakerBasis(a: Basis, b: Basis): Basis {
  return BASES.indexOf(a) >= BASES.indexOf(b) ? a : b;
}
