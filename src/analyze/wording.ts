/**
 * Numbers inside the sentences of findings. Byte counts are written out exactly, as `4,096 bytes`:
 * JSON keeps the exact number, and reports for people shorten it to KiB and MiB.
 */
import { formatCount } from "../base/units.ts";

export function exactBytes(bytes: number): string {
  return `${formatCount(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
}

/** `0.6498` -> `65 %`; a share that is not all and not nothing never rounds to either. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return "under 1 %";
  if (share < 1 && share > 0.995) return "over 99 %";
  return `${Math.round(share * 100)} %`;
}

/** `counted(1, "map")` -> `1 map`; `counted(2, "map")` -> `2 maps`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** `["a", "b", "c"]` -> `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** `3` -> `3rd`. */
export function ordinal(count: number): string {
  const teens = count % 100 >= 11 && count % 100 <= 13;
  const ending = teens ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th");
  return `${formatCount(count)}${ending}`;
}

/** A word of a command to type: names and paths come from the input, and must stay one harmless word. */
export function shellWord(text: string): string {
  return /^[\w./:-]+$/.test(text) && !text.startsWith("-")
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`;
}
