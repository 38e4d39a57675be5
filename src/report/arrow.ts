/** One table as an Arrow IPC file: typed columns for notebooks and databases. */
import { arrowFile } from "../analyze/exports/arrow.ts";
import { tableOf } from "./parts/tables.ts";
import { defineRenderer } from "./renderer.ts";

export const arrow = defineRenderer({
  id: "arrow",
  title: "one table as an Arrow IPC file; --table chooses it",
  extension: ".arrow",
  kinds: ["analysis"],
  holdsOneTable: true,
  isBinary: true,
  render(result, { table: name }) {
    const { table, analysis } = tableOf(result, name);
    return arrowFile(table, analysis);
  },
});
