/** A map type as people write it: `hash`, or `BPF_MAP_TYPE_HASH` as in C. */
import { findMapType, mapTypes } from "../../model/map-types/index.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage-error.ts";

/** @param option with its dashes, for the message */
export function mapTypeOf(option: string, text: string): string {
  const name = text.toLowerCase().replace(/^bpf_map_type_/, "");
  const known = findMapType(name);
  if (known !== undefined) return known.name;
  const names = mapTypes.map((it) => it.name);
  const guess = nearest(name, names);
  throw new UsageError(
    `${option} ${text}: there is no such map type`,
    guess === undefined ? `It must be one of ${names.join(", ")}.` : `Did you mean ${guess}?`,
  );
}
