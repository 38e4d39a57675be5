/** What an importer is to read of a block: its bytes as the tool wrote them, and what stands around it. */
import { fromBytes } from "../byte-source.ts";
import { HEAD_BYTES, Head } from "../head.ts";
import type { ByteSource } from "../importer.ts";
import { type Breaks, breaksIn, Unwrapper } from "../unwrap.ts";
import type { Block, Report } from "./blocks.ts";
import { withoutIndentInStrings } from "./broken-strings.ts";

export interface BlockContent {
  readonly head: Head;
  readonly source: ByteSource;
  /** Line breaks that were taken out of it. */
  readonly breaks: Breaks | undefined;
  /** `[]` by itself is of anything; below a command that dumps a map it is an empty one. */
  readonly isNothing: boolean;
}

export function contentOf(block: Block, { text }: Report, report: ByteSource): BlockContent {
  const shown = text.bytes.subarray(block.start, block.end);
  const found = breaksIn(shown.subarray(0, HEAD_BYTES));
  const outline = found === undefined ? undefined : Head.ofBlock(shown).json;
  // Where it begins inside of a string, what looks like a break inside of one is none.
  const breaks = outline !== undefined && outline.cutBefore === undefined ? found : undefined;
  const content =
    breaks === undefined ? withoutIndentInStrings(shown) : new Unwrapper(breaks).add(shown);
  const head = Head.ofBlock(content);
  const { firstLine, part, subject, object } = block;
  return {
    head,
    breaks,
    isNothing: head.json?.empty === true && subject === undefined,
    source: {
      ...fromBytes(report.file, content, report.offset + block.start, firstLine, part),
      ...(subject !== undefined && { subject }),
      ...(object !== undefined && { object }),
    },
  };
}
