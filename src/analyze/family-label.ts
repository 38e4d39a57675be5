/** What to call a family in a sentence or a row: its name, or, without one, what it is. */
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
