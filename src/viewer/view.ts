/** What a view must offer: one way to look at an analysis. A new one is a file in views/ and a line in views/index.ts. */
import type { Analysis, AnalysisSnapshot } from "../analyze/analysis.ts";
import type { Engine } from "./engine.ts";

export interface View {
  /** Its name in links: letters and dashes. */
  readonly id: string;
  readonly title: string;
  /** One line: the question it answers. */
  readonly question: string;
  /** Why there is nothing to see in this analysis, and what input would help; undefined when there is. */
  absent(context: Pick<ViewContext, "analysis" | "snapshot">): string | undefined;
  /** It is what to look at first here, where no link names a view. */
  leads?(context: Pick<ViewContext, "analysis" | "snapshot">): boolean;
  /** Fills `place`, which is empty; what it starts ends with `context.signal`. */
  mount(place: HTMLElement, context: ViewContext): void | Promise<void>;
}

export interface ViewContext {
  readonly analysis: Analysis;
  /** The one that is looked at; of `analysis.snapshots`. */
  readonly snapshot: AnalysisSnapshot;
  /** What the link holds for this view, such as a filter or a slider's place. */
  readonly state: ReadonlyMap<string, string>;
  /** Keeps a value in the link (undefined takes it out), without a new entry in the history. */
  keep(name: string, value: string | undefined): void;
  /** Opens another view, such as a map's row from a chart. */
  open(view: string, state?: Readonly<Record<string, string>>): void;
  readonly engine: Engine;
  /** Aborted when the view is left or drawn anew. */
  readonly signal: AbortSignal;
}

/** Keeps the exact type of a view. */
export function defineView(view: View): View {
  return view;
}
