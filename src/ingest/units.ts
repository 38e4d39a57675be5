/** Sizes and shares of CPU as tools and people write them, each with what its rounding leaves open. */
import { exactly, type Rounded } from "../model/rounded.ts";

const BINARY: Record<string, number> = { "": 0, K: 1, M: 2, G: 3, T: 4, P: 5, E: 6 };
const DECIMAL: Record<string, number> = { "": 0, k: 1, K: 1, M: 2, G: 3, T: 4, P: 5, E: 6 };

const CGTOP = /^(\d{1,16})(?:\.(\d))?([KMGTPE]?)B?$/;

/**
 * `2.8M`, `512B`, `2936013`: systemd's `format_bytes()` cuts after the first digit and does not round, so `2.8M` is
 * 2.8 MiB or up to 0.1 MiB more.
 */
export function parseCgtopSize(text: string): Rounded | undefined {
  const [, whole, tenth, unit = ""] = CGTOP.exec(text) ?? [];
  if (whole === undefined || (tenth !== undefined && unit === "")) return undefined;
  if (unit === "") return safe(exactly(Number(whole)));
  const scale = 1024 ** (BINARY[unit] ?? 0);
  const step = tenth === undefined ? 1 : 0.1;
  const value = Number(`${whole}.${tenth ?? 0}`) * scale;
  return safe({
    value: Math.round(value),
    least: Math.ceil(value),
    most: Math.ceil(value + step * scale) - 1,
  });
}

const QUANTITY = /^(\d{1,16}(?:\.\d{1,9})?)(m|k|Ki|[MGTPE]i?)?$/;

/** A Kubernetes quantity in bytes: `1184Mi`, `1Gi`, `500M`, `1073741824`; exact, as it is declared. */
export function parseQuantity(text: string): number | undefined {
  const [, digits, unit = ""] = QUANTITY.exec(text) ?? [];
  if (digits === undefined) return undefined;
  if (unit === "m") return whole(Number(digits) / 1000);
  const scale = unit.endsWith("i")
    ? 1024 ** (BINARY[unit.slice(0, 1)] ?? 0)
    : 1000 ** (DECIMAL[unit] ?? 0);
  return whole(Number(digits) * scale);
}

/** `250m`, `1`, `1.5`: thousandths of a CPU. */
export function parseCpuMillis(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,12}(?:\.\d{1,6})?)(m?)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return unit === "m" ? Number(digits) : Math.round(Number(digits) * 1000);
}

/** `125Mi` of `kubectl top`, which divides and drops the rest: 0Mi is anything below 1 MiB. */
export function parseTopSize(text: string): Rounded | undefined {
  const [, digits, unit = ""] = /^(\d{1,12})(Ki|Mi|Gi)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const scale = 1024 ** (BINARY[unit.slice(0, 1)] ?? 0);
  const value = Number(digits) * scale;
  return safe({ value, least: value, most: value + scale - 1 });
}

const HUMAN = /^(\d{1,5}(?:\.\d{1,3})?)(B|[kKMGTP]B)$/;

/** docker/go-units `HumanSize`: decimal, four significant digits with zeros dropped: `131.2MB`. */
export function parseHumanSize(text: string): Rounded | undefined {
  const [, digits, unit = ""] = HUMAN.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const scale = 1000 ** (DECIMAL[unit.slice(0, -1)] ?? 0);
  if (scale === 1) return safe(exactly(Number(digits)));
  const before = digits.split(".")[0]?.length ?? 1;
  const half = (scale / 2) * 10 ** -Math.max(0, 4 - before);
  const value = Math.round(Number(digits) * scale);
  return safe({ value, least: Math.ceil(value - half), most: Math.floor(value + half) });
}

const WRITTEN = /^(\d{1,12}(?:,\d{3})*(?:\.\d{1,6})?)\s*([KMGT])(i?)(B?)$/i;

/**
 * A size as somebody wrote it: `23 MB`, `4M`, `1.5 GiB`. Without an `i` it may be decimal or binary, and the last
 * digit may be rounded: the bounds take in all of that.
 */
export function parseWrittenSize(text: string): Rounded | undefined {
  const [, digits, letter = "", binary] = WRITTEN.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const power = BINARY[letter.toUpperCase()] ?? 0;
  const plain = digits.replaceAll(",", "");
  const number = Number(plain);
  const half = 0.5 * 10 ** -(plain.split(".")[1]?.length ?? 0);
  const low = binary ? 1024 ** power : 1000 ** power;
  const high = 1024 ** power;
  return safe({
    value: Math.round(number * low),
    least: Math.ceil((number - half) * low),
    most: Math.floor((number + half) * high),
  });
}

/** `12.99%`, `9.5 %`: rounded at its last digit. */
export function parsePercent(text: string): Rounded | undefined {
  const [, digits] = /^(\d{1,6}(?:\.\d{1,9})?)\s*[%％]$/.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : rounded(digits);
}

/** A decimal number that was rounded at its last digit. */
export function rounded(digits: string): Rounded {
  const value = Number(digits);
  const half = 0.5 * 10 ** -(digits.split(".")[1]?.length ?? 0);
  // Beyond 12 digits a product of decimals is noise of the binary representation.
  const tidy = (it: number) => Number(it.toFixed(12));
  return { value, least: Math.max(0, tidy(value - half)), most: tidy(value + half) };
}

function whole(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}

function safe(figure: Rounded): Rounded | undefined {
  return Number.isSafeInteger(figure.most) ? figure : undefined;
}
