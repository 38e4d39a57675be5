/** A figure that stays the same over a scale, and which sums over the release's maps it may be. */
import { catalogues } from "../catalogue/index.ts";
import { type ReleaseSum, sumsOf } from "../catalogue/sums.ts";
import { canBeEqual, exactly, type Rounded } from "../rounded.ts";
import type { HostClaim } from "../snapshot.ts";
import type { Measurement } from "./measurement.ts";

export interface Candidate extends ReleaseSum {
  /** Within the rounding of what was measured. */
  readonly fits: boolean;
}

/** Fewer points are no constant. */
const LEAST_ROWS = 2;

/** Whether every row that has a figure can have the same, over at least two different scales. */
export function isConstant({ rows }: Measurement, column: number): boolean {
  const known = rows.flatMap(({ scale, values }) => {
    const value = values[column];
    return value === undefined ? [] : [{ scale, value }];
  });
  const [first] = known;
  return (
    first !== undefined &&
    new Set(known.map((it) => it.scale)).size >= LEAST_ROWS &&
    known.every((a) => known.every((b) => canBeEqual(a.value, b.value)))
  );
}

/**
 * Every sum of the release that the report names, in every mode that its words allow. Undefined when it names no
 * release of a project that is known, or not how many CPUs there are: per-CPU maps are sized by them.
 */
export function candidatesFor(
  measured: Rounded,
  host: readonly HostClaim[],
): readonly Candidate[] | undefined {
  const claim = (fact: HostClaim["fact"]) => host.find((it) => it.fact === fact)?.value;
  const version = claim("kmeshVersion");
  const cpus = claim("possibleCpus");
  const mode = claim("kmeshMode");
  if (typeof version !== "string" || typeof cpus !== "number") return undefined;
  const releases = catalogues
    .filter(({ project }) => project === "Kmesh")
    .flatMap((it) => it.releases)
    .filter((it) => isRelease(it.version, version));
  if (releases.length === 0) return undefined;
  return releases
    .flatMap((release) => sumsOf(release, cpus))
    .filter((it) => typeof mode !== "string" || it.mode.startsWith(mode))
    .map((it) => ({ ...it, fits: canBeEqual(exactly(it.bytes), measured) }));
}

/** `0.4` is every v0.4.x; `0.4.0` is that one. */
function isRelease(version: string, named: string): boolean {
  const plain = version.replace(/^v/, "");
  return plain === named || plain.startsWith(`${named}.`);
}
