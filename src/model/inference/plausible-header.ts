/** Whether a struct can have a size that rows need: near what known kernels have, and in step with its siblings. */
import type { Accounting } from "../host.ts";
import { accountingOf } from "../kernel-version.ts";
import { type StructProfile, structProfiles } from "../struct-profiles/index.ts";
import type { SizeRange } from "./probe-host.ts";

/** Fields that a version or a configuration adds or leaves out move a struct by tens of bytes. */
export const WINDOW = 64;

/** The profiles to judge by: that of the very release where it is known, else all of the accounting. */
export function profilesFor(accounting: Accounting, release: string | undefined): StructProfile[] {
  const ofAccounting = structProfiles.filter((it) => accountingOf(it.kernel) === accounting);
  const exact = ofAccounting.filter(({ name }) => release !== undefined && isOf(name, release));
  return exact.length > 0 ? exact : ofAccounting;
}

/** `6.18.44-1-default` is of 6.18.44, `6.18.441` is not. */
function isOf(name: string, release: string): boolean {
  return release.startsWith(name) && !/^\d/.test(release.slice(name.length));
}

/** Undefined for a struct that no profile has. */
export function windowOf(name: string, profiles: readonly StructProfile[]): SizeRange | undefined {
  const sizes = profiles.flatMap((it) => it.sizes[name] ?? []);
  if (sizes.length === 0) return undefined;
  return { least: Math.min(...sizes) - WINDOW, most: Math.max(...sizes) + WINDOW };
}

/**
 * Every such struct begins with `struct bpf_map`, so one that grows in a build grows in all of them: beside siblings a
 * size must be near that of some profile, moved as the siblings are.
 */
export function isInStep(
  name: string,
  size: number,
  siblings: ReadonlyMap<string, number>,
  profiles: readonly StructProfile[],
): boolean {
  if (siblings.size === 0) return true;
  const expected = profiles.flatMap((it) => expectedSize(name, siblings, it) ?? []);
  return expected.length === 0 || expected.some((it) => Math.abs(size - it) <= WINDOW);
}

/** What a profile says of a struct, moved by what its siblings are moved by. */
export function expectedSize(
  name: string,
  siblings: ReadonlyMap<string, number>,
  { sizes }: StructProfile,
): number | undefined {
  const own = sizes[name];
  return own === undefined ? undefined : own + commonShift(siblings, sizes);
}

/** The shift of most siblings; of equals the smallest. */
function commonShift(
  siblings: ReadonlyMap<string, number>,
  sizes: Readonly<Record<string, number>>,
): number {
  const counts = new Map<number, number>();
  for (const [name, size] of siblings) {
    const own = sizes[name];
    if (own !== undefined) counts.set(size - own, (counts.get(size - own) ?? 0) + 1);
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || Math.abs(a[0]) - Math.abs(b[0]));
  return first?.[0] ?? 0;
}
