/** An input with its beginning looked at: its importer, and its text as the importer is to read it. */
import type { Diagnostic } from "../base/diagnostic.ts";
import { peek } from "./byte-source.ts";
import { detect } from "./detect.ts";
import type { Head } from "./head.ts";
import type { ByteSource, Importer } from "./importer.ts";
import { opensJson } from "./json-outline.ts";
import { fromUtf16, plainText } from "./plain-text.ts";
import { fromQuotedPrintable } from "./quoted-printable.ts";
import { breaksIn, unwrapNote, unwrapped } from "./unwrap.ts";

export interface Recognised {
  readonly head: Head;
  readonly source: ByteSource;
  /** Undefined when none claims it. */
  readonly importer: Importer | undefined;
  /** For one that is not read to its end. */
  readonly close: () => Promise<void>;
  /** What was done to the text before. */
  readonly notes: readonly Diagnostic[];
}

export async function recognise(
  input: ByteSource,
  importers: readonly Importer[],
): Promise<Recognised> {
  const first = await peek(input);
  const importer = detect(first.head, importers);
  // Bytes that are claimed as they are, are no text: an object is half zeros too.
  const isBinary = importer !== undefined && (importer.unpacks || !first.head.isText);
  if (isBinary) return { ...first, importer, notes: [] };
  const utf8 = fromUtf16(first.source, first.head);
  const seen = utf8 === undefined ? first : await peek(utf8.source);
  const mail = fromQuotedPrintable(seen.source, seen.head);
  const sent = mail === undefined ? seen : await peek(mail.source);
  const plain = plainText(sent.source, sent.head);
  const clean = plain === undefined ? sent : await peek(plain.source);
  const isJson = opensJson(clean.head.text.trimStart());
  const breaks = isJson ? breaksIn(clean.head.bytes) : undefined;
  const last = breaks === undefined ? clean : await peek(unwrapped(clean.source, breaks));
  return {
    ...last,
    importer: last === first ? importer : detect(last.head, importers),
    notes: [
      ...(utf8?.notes ?? []),
      ...(mail?.notes ?? []),
      ...(plain?.notes ?? []),
      ...(breaks === undefined ? [] : [unwrapNote(input, breaks)]),
    ],
  };
}
