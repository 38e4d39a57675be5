/** Where the size of a struct comes from: given, read off the dump, or the profile of the nearest kernel. */
import type { Basis } from "../base/basis.ts";
import type { Accounting, KernelVersion } from "./host.ts";
import { accountingOf } from "./kernel-version.ts";
import { type StructProfile, structProfiles } from "./struct-profiles/index.ts";

export interface Found {
  readonly bytes: number;
  readonly basis: Basis;
}

export interface StructSizes {
  /** The profile that fills what nothing else says. */
  readonly profile: StructProfile;
  /** How surely the profile is this kernel's: `inferred` for the same release line, else `assumed`. */
  readonly profileBasis: Basis;
  /** From the user or the kernel's BTF. */
  readonly given: Readonly<Record<string, number>>;
  /** Worked out from rows of the dump. */
  readonly calibrated: Readonly<Record<string, number>>;
  /** Undefined for a name that none of the three has. */
  find(name: string): Found | undefined;
}

export interface StructSizeInput {
  readonly kernel: KernelVersion;
  readonly accounting?: Accounting;
  readonly given?: Readonly<Record<string, number>>;
  readonly calibrated?: Readonly<Record<string, number>>;
}

export function structSizesOf({
  kernel,
  accounting,
  given = {},
  calibrated = {},
}: StructSizeInput): StructSizes {
  const profile = nearestProfile(kernel, accounting ?? accountingOf(kernel), calibrated);
  const isSameLine = releaseDistance(profile.kernel, kernel) === 0;
  const agrees = Object.entries(calibrated).filter(
    ([name, bytes]) => profile.sizes[name] === bytes,
  );
  const isConfirmed =
    agrees.length >= CONFIRMING && agrees.length === Object.keys(calibrated).length;
  const profileBasis: Basis = isSameLine || isConfirmed ? "inferred" : "assumed";
  // Formulas ask for the same few names again and again.
  const found = new Map<string, Found | undefined>();
  const search = (name: string): Found | undefined => {
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    if (own !== undefined) return { bytes: own, basis: "reported" };
    const worked = Object.hasOwn(calibrated, name) ? calibrated[name] : undefined;
    if (worked !== undefined) return { bytes: worked, basis: "inferred" };
    const named = Object.hasOwn(profile.sizes, name) ? profile.sizes[name] : undefined;
    if (named === undefined) return undefined;
    return { bytes: named, basis: isSameEverywhere(name) ? "inferred" : profileBasis };
  };
  return {
    profile,
    profileBasis,
    given,
    calibrated,
    find(name) {
      if (!found.has(name)) found.set(name, search(name));
      return found.get(name);
    },
  };
}

/** Structs of this many kinds that have a profile's sizes make it this kernel's profile. */
const CONFIRMING = 3;

/** Parts of entries and buckets have not changed from 5.10 to 6.18. */
function isSameEverywhere(name: string): boolean {
  const sizes = new Set(structProfiles.flatMap((it) => it.sizes[name] ?? []));
  return sizes.size === 1;
}

/** The profile that agrees with most calibrated sizes, then the nearest release of the same accounting. */
export function nearestProfile(
  kernel: KernelVersion,
  accounting: Accounting,
  calibrated: Readonly<Record<string, number>> = {},
): StructProfile {
  const sameEra = structProfiles.filter((it) => accountingOf(it.kernel) === accounting);
  const ranked = (sameEra.length > 0 ? sameEra : structProfiles).map((profile) => ({
    profile,
    disagreements: Object.entries(calibrated).filter(
      ([name, bytes]) => profile.sizes[name] !== bytes,
    ).length,
    distance: releaseDistance(profile.kernel, kernel),
  }));
  ranked.sort((a, b) => a.disagreements - b.disagreements || a.distance - b.distance);
  const first = ranked[0];
  if (first === undefined) throw new Error("there is no struct profile");
  return first.profile;
}

/** Releases between two kernels: a major release is counted as twenty minor ones. */
function releaseDistance([majorA, minorA]: KernelVersion, [majorB, minorB]: KernelVersion): number {
  return Math.abs((majorA - majorB) * 20 + (minorA - minorB));
}
