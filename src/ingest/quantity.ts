/** Numbers as Go tools print them: sizes of docker/go-units and durations of the time package. */

export interface RoundedBytes {
  readonly bytes: number;
  /** The true value is within plus or minus this. */
  readonly errorBytes: number;
}

const UNITS: Record<string, number> = { B: 0, KiB: 1, MiB: 2, GiB: 3, TiB: 4, PiB: 5 };
const SIZE = /^(\d+(?:\.\d+)?)\s?([KMGTP]iB|B)$/;

/** go-units prints with `%.4g`, so zeros after the point are dropped: `308KiB` is 308.0 KiB. */
const SIGNIFICANT_DIGITS = 4;

/** `308KiB`, `40.953 MiB`, `0B`; undefined for anything else, decimal units (`12 MB`) included. */
export function parseBinarySize(text: string): RoundedBytes | undefined {
  const match = SIZE.exec(text);
  const [, digits, unit] = match ?? [];
  const power = UNITS[unit ?? ""];
  if (digits === undefined || power === undefined) return undefined;
  const value = Number(digits);
  const scale = 1024 ** power;
  const bytes = Math.round(value * scale);
  if (!Number.isSafeInteger(bytes)) return undefined;
  if (power === 0) return { bytes, errorBytes: 0 };
  const shown = digits.split(".")[1]?.length ?? 0;
  const kept = SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(Math.max(value, 1)));
  return { bytes, errorBytes: Math.ceil((scale / 2) * 10 ** -Math.max(shown, kept)) };
}

const DECIMAL_UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];
const DECIMAL_SIZE = /^(\d+(?:\.\d+)?)\s?([kMGTP]?B)$/;

/** go-humanize: `12 MB` is of 10^6, two digits where there are fewer than 10 of the unit, else whole. */
export function parseDecimalSize(text: string): RoundedBytes | undefined {
  const [, digits, unit] = DECIMAL_SIZE.exec(text) ?? [];
  const power = DECIMAL_UNITS.indexOf(unit ?? "");
  if (digits === undefined || power === -1) return undefined;
  const value = Number(digits);
  const scale = 1000 ** power;
  const bytes = Math.round(value * scale);
  if (!Number.isSafeInteger(bytes)) return undefined;
  if (power === 0) return { bytes, errorBytes: 0 };
  return { bytes, errorBytes: Math.ceil(scale * (value < 10 ? 0.05 : 0.5)) };
}

const NANOSECONDS: Record<string, number> = { h: 3.6e12, m: 6e10, s: 1e9, ms: 1e6, us: 1e3, ns: 1 };
const STEP = /(\d+(?:\.\d+)?)(h|ms|us|ns|m|s)/gy;

/** The micro sign in its two code points, in bytes read as Latin-1, and when it could not be decoded. */
const MICRO = /(?:\u00c2?\u00b5|\u03bc|\ufffd{1,2})s/g;

/** `8.356µs`, `1m2s`, `0s` -> nanoseconds; undefined for anything else. */
export function parseGoDuration(text: string): number | undefined {
  const ascii = text.replace(MICRO, "us");
  let total = 0;
  let end = 0;
  for (const [step, digits, unit] of ascii.matchAll(STEP)) {
    total += Number(digits) * (NANOSECONDS[unit ?? ""] ?? Number.NaN);
    end += step.length;
  }
  return end > 0 && end === ascii.length ? Math.round(total) : undefined;
}
