/** Options are checked by schemas; a bad one is told with the rule it breaks. */
import { z } from "zod";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage-error.ts";

export const wholeNumber = (rule: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number);

export function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, {
    error: ({ input }) => {
      const guess = nearest(String(input), values);
      const all = `must be one of ${values.join(", ")}`;
      return guess === undefined ? all : `${all}; did you mean ${guess}?`;
    },
  });
}

/** @param name as commander has it: `possibleCpus` is told as `--possible-cpus`. */
export function checked<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  value: unknown,
): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new UsageError(`${flagOf(name)} ${String(value)}: ${result.error.issues[0]?.message}`);
}

export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
