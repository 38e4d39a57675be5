/** `bpftool -j batch file`: an array of commands, each with what it gave; every result is read by its own format. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { InputError } from "../../base/input-error.ts";
import { ByteReader } from "../archive/byte-reader.ts";
import { type BatchOutput, batchOutputs } from "../batch-values.ts";
import { peek } from "../byte-source.ts";
import { type ByteSource, defineImporter, type FactSink } from "../importer.ts";
import { BPFTOOL } from "../redact/bpftool.ts";
import { redactJson } from "../redact/json.ts";
import { subjectOf } from "../subject.ts";

const AGAIN = "bpftool -j batch file <commands> > batch.json";

export const bpftoolBatch = defineImporter({
  id: "bpftool-batch",
  title: "bpftool batch",
  docs: "docs/formats/bpftool-batch.md",
  priority: 11, // Its keys are in no other format.
  sniff: (head) => head.hasKeys("command", "output"),
  redact: redactJson(BPFTOOL),

  async read(source, sink) {
    let results = 0;
    const end = new LastByte();
    for await (const output of batchOutputs(new ByteReader(end.watch(source)))) {
      results += 1;
      await readOutput(output, source, sink);
    }
    if (results > 0) {
      if (!end.isArrayEnd) sink.diagnostic(brokenOff(source, end.bytes));
      return;
    }
    throw new InputError(
      "truncated",
      { file: source.file, offset: source.offset },
      "no result of the batch can be read",
      `Write it again: \`${AGAIN}\`.`,
    );
  },
});

/** The last byte that is no blank: without `]`, results may be missing. */
class LastByte {
  bytes = 0;
  isArrayEnd = false;

  watch(source: ByteSource): ByteSource {
    const note = (chunk: Uint8Array) => {
      this.bytes += chunk.length;
      const last = chunk.findLast((byte) => byte > 0x20);
      if (last !== undefined) this.isArrayEnd = last === 0x5d;
    };
    return {
      ...source,
      async *chunks() {
        for await (const chunk of source.chunks()) {
          note(chunk);
          yield chunk;
        }
      },
    };
  }
}

function brokenOff({ file, offset }: ByteSource, bytes: number): Diagnostic {
  return {
    level: "data-loss",
    code: "truncated",
    file,
    offset: offset + bytes,
    message: "the batch ends before its array does: results of commands may be missing",
    hint: `Write it again: \`${AGAIN}\`.`,
  };
}

/** An error ends a batch: what follows it in the file of commands was not run. */
async function readOutput(
  { command, offset, isLost, chunks }: BatchOutput,
  source: ByteSource,
  sink: FactSink,
) {
  const place = { file: source.file, offset: source.offset + offset, path: command.join(" ") };
  if (isLost) {
    if (command.length > 0 && !isListing(command)) return;
    return sink.diagnostic({
      level: "data-loss",
      code: "malformed",
      ...place,
      message: `what ${command.length === 0 ? "a command" : `\`bpftool ${command.join(" ")}\``} gave is cut or damaged where it begins, and is passed over`,
      hint: `Write it again: \`${AGAIN}\`.`,
    });
  }
  const subject = subjectOf(command);
  const { head, source: whole } = await peek({
    file: source.file,
    offset: source.offset + offset,
    bytes: undefined,
    ...(subject !== undefined && { subject }),
    chunks,
  });
  const { json } = head;
  // A lookup gives one entry, which is no dump; other commands give nothing of maps at all.
  if (!isListing(command) && json?.onlyError === undefined) return;
  if (head.bytes.length === 0) {
    return sink.diagnostic({
      level: "warning",
      code: "tool-error",
      ...place,
      message: `the command gave nothing: \`bpftool ${command.join(" ")}\``,
      hint: "Is there such a map? `bpftool -j map show > maps.json` lists all.",
    });
  }
  if (json?.onlyError !== undefined) {
    return sink.diagnostic({
      level: "warning",
      code: "tool-error",
      ...place,
      message: `the tool reported an error: ${JSON.stringify(json.onlyError.slice(0, 200))}; a batch ends there`,
      hint: `Mend or leave out that command, then write it again: \`${AGAIN}\`.`,
    });
  }
  // An empty array is an empty map only where a map was dumped.
  if (json?.empty && command[1] !== "dump") return;
  await sink.readPart(whole);
}

function isListing([object, verb = "show"]: readonly string[]): boolean {
  const lists = verb === "show" || verb === "list";
  return object === "map" ? lists || verb === "dump" : object === "prog" && lists;
}
