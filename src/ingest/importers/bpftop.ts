/** A copy of bpftop's screen: run time and CPU of each program. It shows nothing of maps. */
import { InputError } from "../../base/input-error.ts";
import type { ProgramUsage } from "../../model/snapshot.ts";
import { type BlockShape, defineImporter } from "../importer.ts";
import { linesOf, placeOf } from "../lines.ts";
import { redactLines } from "../redact/lines.ts";
import { skippedLine } from "../tables/skipped-line.ts";
import { rounded } from "../units.ts";

/** `Events per second` and `CPU %` until 0.2; an arrow stands in the header of the column it sorts by. */
const HEADER =
  /^ID[\s↑↓▲▼]+Type[\s↑↓▲▼]+Name[\s↑↓▲▼]+Period Avg Runtime \(ns\)[\s↑↓▲▼]+Total Avg Runtime \(ns\)/;
const ROW =
  /^(\d{1,10})\s+([A-Za-z]\w{1,40})\s+(?:(\S{1,64})\s+)?\d{1,18}\s+\d{1,18}\s+\d{1,18}\s+(\d{1,7}(?:\.\d{1,18})?)%$/;
const HINT = "bpftool tells more, and in text: `bpftool -j prog show > progs.json`.";

const block: BlockShape = {
  begins: (line) => HEADER.test(bare(line)) || parseRow(line) !== undefined,
  belongs: (line) => isFrame(line),
};

export const bpftop = defineImporter({
  id: "bpftop",
  title: "bpftop (a copy of the screen)",
  docs: "docs/formats/bpftop.md",
  priority: 76, // Told by its header, or by rows that end in three integers and a share.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    const rows = new Map<number, ProgramUsage>();
    for await (const line of linesOf(source)) {
      const text = bare(line.text);
      if (text === "" || HEADER.test(text) || isFrame(line.text)) continue;
      const row = parseRow(line.text);
      if (row) rows.set(row.programId, { ...row, source: placeOf(source, line) });
      else sink.diagnostic(skippedLine(source, line, "row of bpftop", HINT));
    }
    if (rows.size === 0) {
      const place = { file: source.file, offset: source.offset };
      throw new InputError("truncated", place, "the screen has a header and no row", HINT);
    }
    sink.add("programUsage", [...rows.values()]);
  },
});

function parseRow(line: string): Omit<ProgramUsage, "source"> | undefined {
  const [, id, type, name, share] = line.length > 1000 ? [] : (ROW.exec(bare(line)) ?? []);
  if (id === undefined || type === undefined || share === undefined) return undefined;
  return {
    programId: Number(id),
    type,
    ...(name !== undefined && { name }),
    cpuPercent: rounded(share),
  };
}

/** Without borders, colours, the mark of the chosen row and the bar for scrolling. */
function bare(line: string): string {
  return line
    .slice(0, 1000)
    .replace(/[│┃║|█▲▼↑↓]/g, " ")
    .trim()
    .replace(/^>+\s*/, "");
}

/** The frame with its title, and the line of keys below it. */
function isFrame(line: string): boolean {
  return (
    /^[\s│┃║]*[╔╚┌└╭╰═─━├┤]/.test(line) ||
    /^[\s│┃║]*\(?[a-z↑↓]\)? .*\((?:q|ENTER|s|f)\)/i.test(line)
  );
}
