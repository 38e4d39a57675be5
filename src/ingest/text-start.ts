/** How a text that may be a table, JSON or YAML begins, without losing what was read of it. */
import { peek } from "./byte-source.ts";
import type { ByteSource } from "./importer.ts";

export async function startOf(
  source: ByteSource,
  isTableLine: (line: string) => boolean,
): Promise<{ readonly isTable: boolean; readonly source: ByteSource }> {
  const { head, source: whole } = await peek(source);
  return { isTable: head.json === undefined && head.lines.some(isTableLine), source: whole };
}
