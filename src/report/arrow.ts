/** One table as an Arrow IPC file: typed columns for notebooks and databases. */
import { tableOf } from "./parts/tables.ts";
import { defineRenderer } from "./renderer.ts";

export const arrow = defineRenderer({
  id: "arrow",
  title: "one table as an Arrow IPC file; --table chooses it",
  extension: ".arrow",
  kinds: ["analysis"],
  holdsOneTable: true,
  isBinary: true,
  async render(result, { table: name }) {
    const { table, analysis } = tableOf(result, name);
    // With it come arquero and what that needs: a fifth of all code, which nothing else asks for.
    const { arrowFile } = await import("../analyze/exports/arrow.ts");
    return arrowFile(table, analysis);
  },
});
