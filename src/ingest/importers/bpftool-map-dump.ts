/** `bpftool map dump`, JSON, plain text or by types: the contents of a map, which are counted and never kept. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { InputError } from "../../base/input-error.ts";
import type { MapValues } from "../../model/map-values.ts";
import { mapContentsBlock, readMapContents } from "../bpftool-text/map-contents.ts";
import { isOneEntry, readTypedDump, showsTypes } from "../bpftool-text/typed-dump.ts";
import { peek, watched } from "../byte-source.ts";
import { reportProblems, scan } from "../component-scan.ts";
import { DumpValues } from "../dump-values.ts";
import { isEntryError, tellEntryErrors, withoutEmptySlots } from "../entry-errors.ts";
import { mapNamedBy } from "../file-name.ts";
import { defineImporter } from "../importer.ts";
import { BPFTOOL } from "../redact/bpftool.ts";
import { redactEither } from "../redact/either.ts";
import { redactHexText } from "../redact/hex-text.ts";
import { redactJson } from "../redact/json.ts";
import type { Redactor } from "../redact/redactor.ts";
import { redactTypedText } from "../redact/typed-text.ts";

const COMMAND = "bpftool -j map dump id <id> > map-dump-<name>.json";

const redactEntries = redactJson(BPFTOOL);
const redactDump: Redactor = (source, head, redaction) =>
  (showsTypes(head.text) && !isOneEntry(head.text) ? redactTypedText : redactEntries)(
    source,
    head,
    redaction,
  );

export const bpftoolMapDump = defineImporter({
  id: "bpftool-map-dump",
  title: "bpftool map dump",
  docs: "docs/formats/bpftool-map-dump.md",
  priority: 30, // After the lists: a list of maps may be told by more keys than a dump.
  sniff: (head) =>
    head.isMostly(mapContentsBlock) ||
    (!head.hasKeys("bytes_key") &&
      (head.hasKeys("key", "value") ||
        head.hasKeys("key", "values") ||
        head.hasKeys("id", "elements") ||
        (head.hasKeys("value") && showsTypes(head.text)) ||
        // An empty map, or an empty list of anything: only the file's name can tell.
        (head.json?.empty === true && head.text.trim().startsWith("[")))),
  block: mapContentsBlock,
  redact: redactEither(redactDump, redactHexText),

  async read(input, sink) {
    const { head, source } = await peek(input);
    if (!head.json) return readMapContents(source, sink);
    if (showsTypes(head.text)) {
      if (isOneEntry(head.text)) throw oneEntry(source.file, source.offset);
      return readTypedDump(source, sink);
    }
    const kept = new DumpValues();
    const { dumps, problems } = await scan(
      watched(source, (chunk) => kept.push(chunk)),
      sink.component.mapDumpScanner(),
    );
    reportProblems(
      problems.filter((it) => !isEntryError(it)),
      source,
      sink,
      COMMAND,
    );
    tellEntryErrors(dumps, source, sink, COMMAND, problems);
    const named = dumps.length === 1 ? mapNamedBy(source) : {};
    // Elements that were lost without breaking the JSON are known to the scanner alone.
    const isWhole = ({ mapId }: MapValues) =>
      dumps.every((it) => it.complete || (it.mapId !== undefined && it.mapId !== mapId));
    const values = kept
      .finish(source.file)
      .map((it) => ({ ...it, complete: it.complete && isWhole(it) }));
    sink.add("values", dumps.length === 1 ? values.map((it) => ({ ...named, ...it })) : values);
    for (const { name, ...counts } of dumps) {
      if (counts.elements === 0 && counts.complete && counts.mapId === undefined) {
        sink.diagnostic(emptyArray(source.file, source.offset));
      }
      sink.add("dumps", [
        {
          ...(counts.mapId === undefined && named),
          ...withoutEmptySlots(counts),
          file: source.file,
          ...(name !== undefined && { name: { value: name, basis: "reported" } }),
        },
      ]);
    }
  },
});

function emptyArray(file: string, offset: number): Diagnostic {
  return {
    level: "info",
    code: "ambiguous",
    file,
    offset,
    message: "an empty JSON array, taken as the dump of a map without entries",
    hint:
      "Maps that cannot be walked (queue, stack, ringbuf, bloom_filter, local storage) give one too; " +
      "`bpftool -j map show > maps.json` tells the type.",
  };
}

function oneEntry(file: string, offset: number) {
  return new InputError(
    "wrong-format",
    { file, offset },
    "the text shows one entry by its types, as `bpftool map lookup` does: how many there are it does not say",
    `Dump the map: \`${COMMAND}\`.`,
  );
}
