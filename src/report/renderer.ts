/** What a report format must offer: a pure function from a result to text, or to bytes. */
import type { Result, ResultKind } from "../analyze/result.ts";

export interface RenderOptions {
  /** Columns of the terminal; 80 when it is not one. */
  readonly width: number;
  readonly color: boolean;
  /** Unfold families into more rows, and show formulas. */
  readonly verbose: boolean;
  /** Of a format that holds one table: which; the families when it is not said. */
  readonly table?: string;
}

type Report = string | Uint8Array;
type Rendering = Report | Promise<Report>;

export interface Renderer<Rendered extends Rendering = Rendering> {
  readonly id: string;
  readonly title: string;
  /** Suggested for `--output`, with the dot. */
  readonly extension: string;
  /** The kinds of result that it can show. */
  readonly kinds: readonly ResultKind[];
  /** It holds one table of the result, which `options.table` chooses. */
  readonly holdsOneTable?: true;
  /** Bytes, which are nothing for a terminal. */
  readonly isBinary?: true;
  /** @param result of one of `kinds`. */
  render(result: Result, options: RenderOptions): Rendered;
  /** The same text in pieces, where it may be longer than a string can be. */
  pieces?(result: Result, options: RenderOptions): Iterable<string>;
}

/** Keeps the exact type: most render at once, and only some have to be waited for. */
export function defineRenderer<Rendered extends Rendering>(
  renderer: Renderer<Rendered>,
): Renderer<Rendered> {
  return renderer;
}
