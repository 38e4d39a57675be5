/** What a report format must offer: a pure function from a result to text. */
import type { Result, ResultKind } from "../analyze/result.ts";

export interface RenderOptions {
  /** Columns of the terminal; 80 when it is not one. */
  readonly width: number;
  readonly color: boolean;
  /** Unfold families into more rows, and show formulas. */
  readonly verbose: boolean;
}

type Text = string | Promise<string>;

export interface Renderer<Rendered extends Text = Text> {
  readonly id: string;
  readonly title: string;
  /** Suggested for `--output`, with the dot. */
  readonly extension: string;
  /** The kinds of result that it can show. */
  readonly kinds: readonly ResultKind[];
  /** @param result of one of `kinds`. */
  render(result: Result, options: RenderOptions): Rendered;
  /** The same text in pieces, where it may be longer than a string can be. */
  pieces?(result: Result, options: RenderOptions): Iterable<string>;
}

/** Keeps the exact type: most render at once, and only some have to be waited for. */
export function defineRenderer<Rendered extends Text>(
  renderer: Renderer<Rendered>,
): Renderer<Rendered> {
  return renderer;
}
