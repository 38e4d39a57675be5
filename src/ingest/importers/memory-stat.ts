/** A cgroup's `memory.stat`, of version 2 or 1: what it is charged, by kind of memory. */
import type { MemoryStat } from "../../model/usage/memory-figures.ts";
import { type BlockShape, defineImporter } from "../importer.ts";
import { linesOf, placedAt } from "../lines.ts";
import { redactLines } from "../redact/lines.ts";
import { isNoLimit, parseMemoryStatLine } from "../tables/memory-stat-line.ts";
import { skippedLine } from "../tables/skipped-line.ts";

const HINT = "Take it again: `cat /sys/fs/cgroup/PATH/memory.stat > memory.stat`.";

const block: BlockShape = {
  begins: (line) => parseMemoryStatLine(line)?.version !== undefined,
  belongs: (line) => parseMemoryStatLine(line) !== undefined || isNoLimit(line),
};

export const memoryStat = defineImporter({
  id: "memory-stat",
  title: "memory.stat of a cgroup",
  docs: "docs/formats/memory-stat.md",
  priority: 74, // Told by keys that only the memory controller has.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    const groups: { stat: MemoryStat; figures: Record<string, number> }[] = [];
    for await (const line of linesOf(source)) {
      if (line.text.trim() === "" || isNoLimit(line.text)) continue;
      const read = parseMemoryStatLine(line.text);
      if (!read) {
        sink.diagnostic(skippedLine(source, line, "line of memory.stat", HINT));
        continue;
      }
      const { key, value, version, cgroup } = read;
      // The same key again is another cgroup, or another time.
      let open = groups.at(-1);
      const isOther = open !== undefined && (key in open.figures || cgroup !== open.stat.cgroup);
      if (open === undefined || isOther) {
        const figures: Record<string, number> = {};
        const place = placedAt(source, line);
        open = {
          figures,
          stat: { version: 2, figures, ...place, ...(cgroup !== undefined && { cgroup }) },
        };
        groups.push(open);
      }
      open.figures[key] = value;
      if (version !== undefined) open.stat = { ...open.stat, version };
    }
    sink.add(
      "memoryStats",
      groups.map((it) => it.stat),
    );
  },
});
