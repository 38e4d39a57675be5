/** `/proc/meminfo`, whole or an excerpt, and the table of `free`: the memory of the host. */
import { KiB } from "../../base/units.ts";
import { exactly, type Rounded } from "../../model/rounded.ts";
import type { HostMemory } from "../../model/usage/memory-figures.ts";
import { type BlockShape, defineImporter } from "../importer.ts";
import { linesOf, placedAt } from "../lines.ts";
import { redactLines } from "../redact/lines.ts";
import { freeCell, freeHeader, freeRow, unitsOf } from "../tables/free-table.ts";
import { noRows } from "../tables/no-rows.ts";
import { skippedLine } from "../tables/skipped-line.ts";

const MEMINFO = /^\s*([A-Z]\w{2,30}(?:\((?:anon|file)\))?):\s+(\d{1,15}) kB\s*$/;
/** In fs/proc/meminfo.c, and in nothing else. */
const TELLING =
  /^\s*(?:MemTotal|MemFree|MemAvailable|Slab|SReclaimable|SUnreclaim|KReclaimable|KernelStack|PageTables|VmallocUsed|VmallocTotal|Percpu|AnonPages|CommitLimit|Committed_AS|Buffers|Cached|SwapTotal):\s+\d+ kB/;
const HINT = "Take it again: `cat /proc/meminfo > meminfo.txt`, or `free -b > free.txt`.";

const block: BlockShape = {
  begins: (line) => TELLING.test(line) || freeHeader(line) !== undefined,
  belongs: (line) =>
    line.length < 300 &&
    (MEMINFO.test(line) || freeRow(line) !== undefined || /^HugePages_\w+:\s+\d+$/.test(line)),
};

export const meminfo = defineImporter({
  id: "meminfo",
  title: "/proc/meminfo and free",
  docs: "docs/formats/meminfo.md",
  priority: 75, // Told by the kernel's own names with `kB`, or by the head of the table.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    const all: HostMemory[] = [];
    let open: Record<string, Rounded> = {};
    let columns: readonly string[] | undefined;
    let scale: number | undefined;
    let isLeftOut = false;
    for await (const line of linesOf(source)) {
      const text = line.text;
      if (text.trim() === "" || text.startsWith("HugePages_")) continue;
      const [, key, digits] = MEMINFO.exec(text) ?? [];
      if (key !== undefined) {
        // The same key again is another time.
        if (all.at(-1)?.tool !== "meminfo" || key in open) {
          open = {};
          all.push({ tool: "meminfo", figures: open, ...placedAt(source, line) });
        }
        open[key] = exactly(Number(digits) * KiB);
        continue;
      }
      const header = freeHeader(text);
      if (header) {
        columns = header;
        scale = undefined;
        continue;
      }
      const row = freeRow(text);
      if (!row || columns === undefined) {
        sink.diagnostic(skippedLine(source, line, "line of /proc/meminfo or free", HINT));
        continue;
      }
      if (row.name !== "Mem") continue;
      const units = unitsOf(row.cells[0] ?? "");
      const [unit] = units;
      scale = /[A-Z]/.test(row.cells[0] ?? "") ? 1 : units.length === 1 ? unit?.[1] : undefined;
      if (scale === undefined) {
        isLeftOut = true;
        sink.diagnostic({
          level: "warning",
          code: "ambiguous",
          file: source.file,
          offset: line.offset,
          path: `line ${line.number}`,
          message: `free does not say its unit, and a total of ${row.cells[0]} can be ${units.map(([name]) => name).join(" or ") || "in none"}: it is left out`,
          hint: "Take it in bytes: `free -b > free.txt`.",
        });
        continue;
      }
      open = {};
      for (const [index, cell] of row.cells.entries()) {
        const figure = freeCell(cell, scale);
        const column = columns[index];
        if (figure && column) open[column] = figure;
      }
      all.push({ tool: "free", figures: open, ...placedAt(source, line) });
    }
    if (all.length === 0 && !isLeftOut) sink.diagnostic(noRows(source, "the table of free", HINT));
    sink.add("hostMemory", all);
  },
});
