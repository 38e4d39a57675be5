/** What to call a family in a sentence or a row: its name, or, without one, what it is. */
import { formatCount } from "../base/units.ts";
import type { AnalysisFamily } from "./analysis.ts";

type Labelled = Pick<
  AnalysisFamily,
  "name" | "fullName" | "role" | "outer" | "type" | "keySize" | "valueSize" | "maxEntries" | "count"
>;

export function familyLabel(family: Labelled): string {
  if (family.fullName !== undefined) return family.fullName;
  if (family.name !== null) return family.name;
  if (family.role === "inner" && family.outer?.name) return `inner maps of ${family.outer.name}`;
  const { type, keySize, valueSize, maxEntries, count } = family;
  const shape = [keySize, valueSize, maxEntries].map((size) => size ?? "?").join("/");
  return type === null
    ? count === 1
      ? "a map of unknown name"
      : "maps without a name"
    : `unnamed ${type} ${shape}`;
}

/** With how many they are: `131,066 unnamed inner maps of outer_map`, `2 maps named map_of_cluster_eps`. */
export function familyPhrase(family: Labelled): string {
  const { name, fullName, role, outer, count, type } = family;
  const label = familyLabel(family);
  const many = formatCount(count);
  const own = fullName ?? name;
  if (role === "inner") {
    const unnamed = own === null ? "unnamed " : "";
    const called = own === null ? "" : ` ${own}`;
    const held = outer?.name ? ` of ${outer.name}` : "";
    return `${many} ${unnamed}inner ${count === 1 ? "map" : "maps"}${called}${held}`;
  }
  if (count === 1) return type === null ? label : `${label} (${type})`;
  return own === null ? `${many} ${label}` : `${many} maps named ${label}`;
}
