/** A JSON file that an option names, read and checked. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { z } from "zod";
import { readFailure } from "../file-errors.ts";
import { UsageError } from "../usage-error.ts";

/** @param hint what such a file must look like. */
export async function readJsonOption<Schema extends z.ZodType>(
  flag: string,
  file: string,
  cwd: string,
  schema: Schema,
  hint: string,
): Promise<z.infer<Schema>> {
  const text = await readFile(resolve(cwd, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${flag} ${file}: ${readFailure(error)}`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${flag} ${file}: it is not JSON (${(error as Error).message})`, hint);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join(".") ?? "";
  throw new UsageError(
    `${flag} ${file}: ${where === "" ? "" : `${where}: `}${issue?.message}`,
    hint,
  );
}
