/** Which table of a result a format of tables shows. */
import type { Analysis } from "../../analyze/analysis.ts";
import { exportTables } from "../../analyze/exports/index.ts";
import type { AnyTable } from "../../analyze/exports/table.ts";
import type { Result } from "../../analyze/result.ts";

/** @param name as the command line has checked it; without one the first table, the families. */
export function tableOf(
  result: Result,
  name: string | undefined,
): { table: AnyTable; analysis: Analysis } {
  const table = name === undefined ? exportTables[0] : exportTables.find((it) => it.name === name);
  if (table === undefined) throw new Error(`there is no table ${name}`);
  return { table, analysis: result as Analysis };
}
