/** Paths in a BPF file system, as `find` and `find -ls` print them: the full names of pinned maps. */
import { defineImporter } from "../importer.ts";
import { linesOf, placeOf } from "../lines.ts";
import { redactLines } from "../redact/lines.ts";
import { isAround } from "../report/lines.ts";
import { skippedLine } from "../tables/skipped-line.ts";

/** A mode, then links, owner, size and time: `find -ls`. Cilium mounts one of its own where it has to. */
const PATH =
  /^\s*(?:\d+\s+\d+\s+[-dlrwxsStT]{10}\s.{1,120}?\s)?(\/(?:sys\/fs|run\/cilium|var\/run\/cilium|mnt)\/bpf(?:fs)?(?:\/[^/\s]+)+)\s*$/;
const HINT = "Take it again, as root: `find /sys/fs/bpf > bpffs.txt`.";
const FOLDER = /^\s*\d+\s+\d+\s+d/;

const block = {
  begins: (line: string) => PATH.test(line),
  belongs: (line: string) =>
    /^\s*(?:\d+\s+\d+\s+d\S+\s.{1,120}?\s)?\/(?:sys\/fs\/bpf|run\/cilium\/bpffs)\s*$/.test(line),
};

export const bpffsList = defineImporter({
  id: "bpffs-list",
  title: "List of a BPF file system",
  docs: "docs/formats/bpffs-list.md",
  priority: 62, // Told by its lines, which are in no other format.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    const found = new Map<string, string>();
    for await (const line of linesOf(source)) {
      const path = PATH.exec(line.text)?.[1];
      if (path === undefined) {
        if (isAround(line.text) || block.belongs(line.text)) continue;
        sink.diagnostic(skippedLine(source, line, "path in a BPF file system", HINT));
      } else if (!FOLDER.test(line.text)) found.set(path, placeOf(source, line));
    }
    const folders = new Set([...found.keys()].map((path) => path.replace(/\/[^/]*$/, "")));
    sink.add(
      "pinPaths",
      [...found]
        .filter(([path]) => !folders.has(path))
        .map(([path, place]) => ({ path, source: place })),
    );
  },
});
