/** JSON that is safe to print. */

/** Characters that steer a terminal or turn text around, which JSON may hold raw: names come from the input. */
const CONTROLS = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    CONTROLS,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
