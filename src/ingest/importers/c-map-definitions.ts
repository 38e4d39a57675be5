/** Map definitions in the C text of a BPF program, as proposals and reviews paste them. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { readAll } from "../byte-source.ts";
import { declaredMaps } from "../c-text/maps.ts";
import { tokenize } from "../c-text/tokens.ts";
import { Types } from "../c-text/types.ts";
import type { Head } from "../head.ts";
import { type BlockShape, type ByteSource, defineImporter } from "../importer.ts";
import { redactLines } from "../redact/lines.ts";
import { isFence } from "../report/lines.ts";

/** A source of maps has some KiB; vmlinux.h, the largest thing that it includes, has 3 MiB. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_LINE = 400;

const MAP_SECTION = /\b(?:SEC|__section|section)\s*\(\s*"\.?maps(?:\/[^"]*)?"\s*\)/;
const MAP_ATTRIBUTE =
  /^\s*__(?:uint|type|array)\s*\(\s*(?:type|key|value|key_size|value_size|max_entries|values)\s*,/;

/** How a line of declarations or of code begins or ends. */
const C_LINE =
  /^\s*(?:#\s*(?:define|undef|include|if|ifdef|ifndef|else|elif|endif|pragma)\b|\/\/|\/\*|\*|\}|\{\s*$|struct\b|union\b|enum\b|typedef\b|static\b|return\b|__(?:uint|type|array|section|attribute__)\b)|[;{}]\s*(?:\/\/.*|\/\*.*\*\/)?\s*$|[,\\(]\s*$/;

const block: BlockShape = {
  begins: (line) => line.length < MAX_LINE && (MAP_SECTION.test(line) || MAP_ATTRIBUTE.test(line)),
  belongs: (line) => line.length < MAX_LINE && C_LINE.test(line),
};

export const cMapDefinitions = defineImporter({
  id: "c-map-definitions",
  title: "Map definitions in C",
  docs: "docs/formats/c-map-definitions.md",
  priority: 80, // Any line of code is a line of it, so what is told by its own lines goes first.
  sniff: (head) => head.isMostly(block) || isSource(head),
  block,
  // A number in hexadecimal could be bytes of a key anywhere else.
  redact: redactLines((line) =>
    line.replace(/\b0x[0-9a-fA-F]{1,8}\b/g, (it) => String(Number(it))),
  ),

  async read(source, sink) {
    const { bytes, cut } = await readAll(source, MAX_BYTES);
    const text = new TextDecoder().decode(bytes);
    const tokens = tokenize(text);
    const types = new Types(tokens);
    const maps = declaredMaps(tokens, types);
    const tell = (it: Omit<Diagnostic, "file" | "offset">, line?: number) =>
      sink.diagnostic({ file: source.file, offset: placeOf(source, text, line), ...it });
    if (cut) {
      tell({
        level: "data-loss",
        code: "over-limit",
        message: `only the first ${MAX_BYTES} bytes of a C source are read`,
        hint: "Compile it, and pass the object: `clang -g -O2 -target bpf -c FILE.bpf.c`.",
      });
    }
    const [broken] = tokens.unmatched;
    if (broken !== undefined) {
      tell(
        {
          level: "data-loss",
          code: "truncated",
          path: `line ${(source.firstLine ?? 1) + broken.line}`,
          message: `${JSON.stringify(broken.text)} has no partner, so what it belongs to is not read`,
          hint: 'Paste each definition whole, from `struct {` to `SEC(".maps");`.',
        },
        broken.line,
      );
    }
    for (const name of tokens.mapMacros) {
      tell({
        level: "data-loss",
        code: "skipped-record",
        message: `the maps that the macro ${name}() makes are not read`,
        hint: "Pass the compiled object: `clang -g -O2 -target bpf -c FILE.bpf.c`.",
      });
    }
    if (maps.length === 0) {
      tell({
        level: "warning",
        code: "nothing-known",
        message: "the C text has parts of map definitions and none that is whole",
        hint: 'Paste each definition whole, from `struct {` to `SEC(".maps");`.',
      });
      return;
    }
    sink.add("objects", [
      {
        file: source.file,
        format: "c",
        byteOrder: "little",
        typeCount: types.count,
        maps: maps.map(({ map, line }) => ({
          ...map,
          source: `${source.file} line ${(source.firstLine ?? 1) + line}`,
        })),
        programs: [],
      },
    ]);
  },
});

/** A whole source file: a `{` on a line of its own is no JSON there. */
function isSource(head: Head): boolean {
  const { lines } = head;
  if (!head.isText || head.json !== undefined || lines.some(isFence)) return false;
  if (!lines.some(block.begins)) return false;
  const own = lines.filter((line) => block.begins(line) || block.belongs(line)).length;
  return own >= lines.length * 0.5;
}

/** Byte offset of a line, or of the whole text. */
function placeOf({ offset }: ByteSource, text: string, line: number | undefined): number {
  if (line === undefined) return offset;
  const before = text.split("\n").slice(0, line).join("\n");
  return offset + new TextEncoder().encode(before).length + (line > 0 ? 1 : 0);
}
