/** Builds the objects that stand at one depth of a JSON text, one at a time, and hands each over. */
import type { JsonHandler } from "./json-events.ts";

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

/** A record with more values than this is no record: the rest of it is left out. */
const MAX_VALUES = 2_000_000;

/**
 * @param depth of the records: 2 for the objects in the arrays of a root object.
 * @param take is given each whole record, with the keys that lead to it (undefined for an array's item).
 */
export function jsonRecords(
  depth: number,
  take: (record: JsonObject, path: readonly (string | undefined)[]) => void,
): JsonHandler {
  const path: (string | undefined)[] = [];
  let stack: (JsonObject | JsonValue[])[] = [];
  let values = 0;

  const put = (key: string | undefined, value: JsonValue) => {
    const parent = stack.at(-1);
    values += 1;
    if (parent === undefined || values > MAX_VALUES) return;
    if (Array.isArray(parent)) parent.push(value);
    // `__proto__` would not become a member.
    else if (key !== undefined && key !== "__proto__") parent[key] = value;
  };

  return {
    open(kind, key, at) {
      path[at] = key;
      if (at < depth || (at === depth && kind === "array")) return;
      const value: JsonObject | JsonValue[] = kind === "object" ? {} : [];
      if (at === depth) {
        stack = [value];
        values = 0;
      } else if (stack.length > 0) {
        put(key, value);
        stack.push(value);
      }
    },
    close(_kind, at) {
      if (at < depth || stack.length === 0) return;
      const value = stack.pop();
      if (at > depth || value === undefined || Array.isArray(value)) return;
      take(value, path.slice(1, depth + 1));
      stack = [];
    },
    scalar(text, key, _depth, isString) {
      if (stack.length > 0) put(key, isString ? text : literal(text));
    },
  };
}

function literal(text: string): JsonValue {
  if (text === "true") return true;
  if (text === "false") return false;
  if (text === "null") return null;
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}

/** A whole number of 32 bits, as sizes and flags are; undefined for anything else. */
export function uint32(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32
    ? value
    : undefined;
}
