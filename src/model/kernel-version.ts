/** Kernel releases as text and as numbers, and which accounting a release has upstream. */
import type { Accounting, KernelVersion } from "./host.ts";

const RELEASE = /(?:^|[^0-9.])(\d+)\.(\d+)/;

/** A release string (`6.1.19-7.0.0.17.oe2303.x86_64`, `Linux 5.10.89`, `6.18`) as `[6, 1]`; undefined when none is in it. */
export function parseKernelVersion(release: string): KernelVersion | undefined {
  const found = RELEASE.exec(release);
  return found === null ? undefined : [Number(found[1]), Number(found[2])];
}

export function isAtLeast([major, minor]: KernelVersion, wantMajor: number, wantMinor: number) {
  return major > wantMajor || (major === wantMajor && minor >= wantMinor);
}

/** Releases whose source the formulas were read in, or lie between; others are not modelled. */
const OLDEST: KernelVersion = [5, 4];
const NEWEST: KernelVersion = [7, 2];

/** Why nothing can be said of a release; undefined when it can. */
export function unmodelled(version: KernelVersion): string | undefined {
  const isKnown =
    isAtLeast(version, ...OLDEST) && (isAtLeast(NEWEST, ...version) || version === NEWEST);
  if (isKnown) return undefined;
  return (
    `kernel ${formatKernelVersion(version)} is not known: the formulas hold for ` +
    `${formatKernelVersion(OLDEST)} to ${formatKernelVersion(NEWEST)}`
  );
}

export function formatKernelVersion([major, minor]: KernelVersion): string {
  return `${major}.${minor}`;
}

/**
 * The accounting of an upstream kernel. Vendors backport, so evidence in a dump outranks this.
 * kernel/bpf/syscall.c: bpf_map_charge_init() to 5.10, bpf_map_memory_footprint() 5.11 to 6.3,
 * bpf_map_memory_usage() from 6.4.
 */
export function accountingOf(version: KernelVersion): Accounting {
  if (isAtLeast(version, 6, 4)) return "per-type";
  return isAtLeast(version, 5, 11) ? "rounded-entries" : "charged-pages";
}
