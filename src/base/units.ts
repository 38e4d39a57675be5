/** Byte units and the rounding that the kernel's allocators and this tool's readers share. */

export const KiB = 1024;
export const MiB = 1024 * KiB;
export const GiB = 1024 * MiB;

/** Rounds up to a multiple of `step`, as the kernel's `round_up()` does, for any positive step. */
export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** The smallest power of two that is at least `value`, as the kernel's `roundup_pow_of_two()`. */
export function powerOfTwoAtLeast(value: number): number {
  let power = 1;
  while (power < value) power *= 2;
  return power;
}

const STEPS = [
  [GiB, "GiB"],
  [MiB, "MiB"],
  [KiB, "KiB"],
] as const;

/** Bytes for people: `536846336` -> `512.0 MiB`. Exact below 1 KiB. */
export function formatBytes(bytes: number): string {
  const size = Math.abs(bytes);
  for (const [unit, name] of STEPS) {
    if (size >= unit) return `${(bytes / unit).toFixed(1)} ${name}`;
  }
  return `${bytes} B`;
}

/** Integers for people, without a locale: `131066` -> `131,066`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}
