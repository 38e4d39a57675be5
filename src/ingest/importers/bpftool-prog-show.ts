/** `bpftool prog show`, JSON or plain text: each program with the ids of the maps it uses. */
import { programListBlock, readProgramList } from "../bpftool-text/program-list.ts";
import { peek } from "../byte-source.ts";
import { reportProblems, scan } from "../component-scan.ts";
import { type BlockShape, defineImporter } from "../importer.ts";
import { BPFTOOL } from "../redact/bpftool.ts";
import { redactEither } from "../redact/either.ts";
import { redactJson } from "../redact/json.ts";
import { redactLines } from "../redact/lines.ts";

const block: BlockShape = { ...programListBlock, endsAtWords: true };

export const bpftoolProgShow = defineImporter({
  id: "bpftool-prog-show",
  title: "bpftool prog show",
  docs: "docs/formats/bpftool-prog-show.md",
  priority: 21, // Its keys are in no other format.
  sniff: (head) =>
    (head.hasKeys("id", "type", "tag") && !head.hasKeys("bytes_key")) || head.isMostly(block),
  block,
  redact: redactEither(redactJson(BPFTOOL), redactLines()),

  async read(input, sink) {
    const { head, source } = await peek(input);
    if (!head.json) return readProgramList(source, sink);
    const list = await scan(source, sink.component.programListScanner());
    reportProblems(list.problems, source, sink, "bpftool -j prog show > progs.json");
    if (list.programs.length > 0) sink.add("programs", list.programs);
  },
});
