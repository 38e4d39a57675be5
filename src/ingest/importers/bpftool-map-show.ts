/** `bpftool map show`: JSON, an object for each map in the order of map ids, or plain text. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { mapListBlock, readMapList } from "../bpftool-text/map-list.ts";
import { peek } from "../byte-source.ts";
import { repeatedIds } from "../columns.ts";
import { reportProblems, scan } from "../component-scan.ts";
import { type BlockShape, type ByteSource, defineImporter } from "../importer.ts";
import { extractNotes, extractOfPrograms, isMapExtract } from "../map-extract.ts";
import { BPFTOOL } from "../redact/bpftool.ts";
import { redactEither } from "../redact/either.ts";
import { redactJson } from "../redact/json.ts";
import { redactLines } from "../redact/lines.ts";

const block: BlockShape = { ...mapListBlock, endsAtWords: true };

export const bpftoolMapShow = defineImporter({
  id: "bpftool-map-show",
  title: "bpftool map show",
  docs: "docs/formats/bpftool-map-show.md",
  priority: 20, // Its keys are in no other format.
  sniff: (head) =>
    head.hasKeys("bytes_key", "bytes_value") || isMapExtract(head) || head.isMostly(block),
  block,
  redact: redactEither(redactJson(BPFTOOL), redactLines()),

  async read(input, sink) {
    const { head, source } = await peek(input);
    if (!head.json) return readMapList(source, sink);
    const list = await scan(source, sink.component.mapListScanner());
    reportProblems(list.problems, source, sink, "bpftool -j map show > maps.json");
    const { holders, problems: _, complete: __, ...columns } = list;
    const ofPrograms = extractOfPrograms(columns, source);
    if (ofPrograms !== undefined) return sink.diagnostic(ofPrograms);
    const repeated = repeatedIds(columns);
    if (repeated > 0) sink.diagnostic(listedTwice(source, repeated));
    for (const it of extractNotes(columns, source)) sink.diagnostic(it);
    if (columns.rows > 0) sink.maps(columns);
    if (holders.length > 0) sink.add("holders", holders);
  },
});

function listedTwice({ file, offset }: ByteSource, repeated: number): Diagnostic {
  return {
    level: "warning",
    code: "duplicate-input",
    file,
    offset,
    message: `${repeated} records have the id of a map that stands before them; each map is counted once, as it stands first`,
    hint: "Are two listings in one file? Give each time or host a file of its own.",
  };
}
