/** Rows of a definitions file as definitions: what `size --definitions FILE` and `--type …` give. */
import type { MapDefinition } from "./definition.ts";

export interface SizedDefinition {
  readonly definition: MapDefinition;
  /** Live entries or filled slots; a map as it is created has 0. */
  readonly entries: number;
  /** As an object declares it, so that a loader may still change `max_entries`. */
  readonly isDeclared?: true;
  /** Why the row cannot be a definition. */
  readonly reason?: string;
  /** Keys of the row that mean nothing here. */
  readonly ignored: readonly string[];
}

const KEYS = [
  "type",
  "keySize",
  "valueSize",
  "maxEntries",
  "flags",
  "entries",
  "mapExtra",
  "innerType",
  "innerKeySize",
  "innerValueSize",
  "innerMaxEntries",
  "structOps",
  "structOpsMembers",
  "structOpsValueMembers",
  "structOpsFuncs",
] as const;
type Key = (typeof KEYS)[number];

/**
 * One row `{type, keySize, valueSize, maxEntries, flags, entries?, mapExtra?, inner…?, structOps…?}`. Numbers are taken
 * as they are (validate() judges them); what is missing or not a number is the `reason`.
 */
export function readDefinitionRow(row: unknown): SizedDefinition {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    return unreadable(EMPTY, `${describe(row)} is not an object with a map's attributes`);
  }
  const fields = new Map(Object.entries(row));
  const ignored = [...fields.keys()].filter((key) => !isKey(key));
  const type = fields.get("type");
  if (typeof type !== "string" && typeof type !== "number") {
    return { ...unreadable(EMPTY, `type ${describe(type)} is not a map type`), ignored };
  }
  const problems: string[] = [];
  const number = (key: Key, fallback?: number): number => {
    const value = fields.get(key) ?? fallback;
    if (typeof value === "number") return value;
    problems.push(
      value === undefined ? `${key} is missing` : `${key} ${describe(value)} is not a number`,
    );
    return 0;
  };
  const innerType = fields.get("innerType");
  const definition: MapDefinition = {
    type: String(type),
    keySize: number("keySize"),
    valueSize: number("valueSize"),
    maxEntries: number("maxEntries"),
    flags: number("flags", 0),
    // A definition that does not name it is created with 0.
    mapExtra: number("mapExtra", 0),
    ...(typeof innerType === "string" && {
      inner: {
        type: innerType,
        keySize: number("innerKeySize"),
        valueSize: number("innerValueSize"),
        maxEntries: number("innerMaxEntries"),
        flags: 0,
      },
    }),
    ...structOpsOf(fields, number),
  };
  const entries = number("entries", 0);
  return {
    definition,
    entries,
    ignored,
    ...(problems.length > 0 && { reason: problems.join("; ") }),
  };
}

function structOpsOf(
  fields: ReadonlyMap<string, unknown>,
  number: (key: Key) => number,
): Pick<MapDefinition, "structOps"> {
  const name = fields.get("structOps");
  if (typeof name !== "string") return {};
  return {
    structOps: {
      name,
      ...(fields.has("structOpsMembers") && { members: number("structOpsMembers") }),
      ...(fields.has("structOpsValueMembers") && { valueMembers: number("structOpsValueMembers") }),
      ...(fields.has("structOpsFuncs") && { funcs: number("structOpsFuncs") }),
    },
  };
}

const EMPTY: MapDefinition = { type: "unspec", keySize: 0, valueSize: 0, maxEntries: 0, flags: 0 };

function unreadable(definition: MapDefinition, reason: string): SizedDefinition {
  return { definition, entries: 0, reason, ignored: [] };
}

function isKey(key: string): key is Key {
  return KEYS.some((it) => it === key);
}

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
