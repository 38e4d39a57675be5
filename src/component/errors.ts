/** The one place that turns a parse-error of the component into an `InputError`. */
import { InputError } from "../base/input-error.ts";
import type { ParseError } from "./generated/interfaces/mapscope-parse-errors.js";

const HINTS: Record<ParseError["tag"], string | undefined> = {
  "wrong-format": undefined,
  truncated: "Was the capture cut short? Write it to a file again and compare the sizes.",
  malformed: undefined,
  "over-limit": undefined,
};

/** Throws what was caught: the component's own errors as `InputError`, everything else, being our bug, as it is. */
export function rethrow(error: unknown, file: string): never {
  const found = payload(error);
  if (found === undefined) throw error;
  const { offset, path, message } = found.val;
  const place = { file, offset: Number(offset), ...(path !== "" && { path }) };
  throw new InputError(found.tag, place, message, HINTS[found.tag]);
}

/** jco throws a `ComponentError` whose payload is the variant. */
function payload(error: unknown): ParseError | undefined {
  if (!(error instanceof Error) || !("payload" in error)) return undefined;
  const variant = error.payload;
  const isVariant = typeof variant === "object" && variant !== null && "tag" in variant;
  return isVariant && String(variant.tag) in HINTS ? (variant as ParseError) : undefined;
}
