/**
 * A Vega or Vega-Lite spec as a picture in the page, with what it shows in words and buttons that save it. Vega is loaded
 * when the first one is drawn, and runs with its interpreter: the page's policy forbids eval.
 */
import type { Spec } from "vega";
import type { TopLevelSpec } from "vega-lite";
import type { Chart } from "../../report/charts/chart.ts";
import { fitted } from "../../report/charts/fitted.ts";
import { append, button, el } from "./dom.ts";
import { savePicture } from "./save.ts";

export interface ChartOptions {
  /** Of the files that it is saved as. */
  readonly id: string;
  readonly title: string;
  /** What is seen on it, for those who do not see it. */
  readonly description: string;
  readonly spec: { readonly lite: TopLevelSpec } | { readonly vega: Spec };
  readonly signal: AbortSignal;
  /** The datum of the mark that was clicked. */
  choose?(datum: Readonly<Record<string, unknown>>): void;
}

export interface DrawnChart {
  readonly figure: HTMLElement;
  /** New rows for a named data set, drawn at once. */
  setData(name: string, rows: readonly object[]): Promise<void>;
  setSignal(name: string, value: unknown): Promise<void>;
}

/** Pictures of `src/report/charts`, one below the other, in a box of their own; what has nothing to show is left out. */
export async function drawPictures(
  place: HTMLElement,
  charts: readonly (Chart | undefined)[],
  signal: AbortSignal,
): Promise<void> {
  const box = el("div", { class: "pictures" });
  place.append(box);
  for (const chart of charts) {
    if (chart === undefined || signal.aborted) continue;
    await drawChart(box, { ...chart, spec: { lite: fitted(chart.spec, roomIn(box)) }, signal });
  }
}

/** Wider than this a line or a bar is only longer. */
const WIDEST = 960;
const NARROWEST = 280;

/** Pixels that a picture may be wide. */
export function roomIn(place: HTMLElement, widest = WIDEST): number {
  return Math.max(NARROWEST, Math.min(widest, Math.floor(place.clientWidth)));
}

/** Puts the figure into `place`; gone with the signal. */
export async function drawChart(place: HTMLElement, options: ChartOptions): Promise<DrawnChart> {
  const { id, title, description, spec, signal } = options;
  const picture = el("div", {
    class: "picture",
    role: "img",
    "aria-label": `${title}. ${description}`,
  });
  const caption = el("figcaption", {}, title);
  const figure = el("figure", { class: "chart", id: `chart-${id}` }, picture, caption);
  place.append(figure);
  const { View, parse, compile, expressionInterpreter, logLevel, logger } = await loaded();
  const vegaSpec = "lite" in spec ? compile(spec.lite, { logger }).spec : spec.vega;
  const view = new View(parse(vegaSpec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "svg",
    container: picture,
    hover: true,
    logLevel,
  });
  const finish = () => view.finalize();
  if (signal.aborted) finish();
  else {
    signal.addEventListener("abort", finish, { once: true });
    view.addEventListener("click", (_, item) => {
      if (item?.datum) options.choose?.(item.datum as Readonly<Record<string, unknown>>);
    });
    await view.runAsync();
    append(caption, [
      " ",
      button("Save SVG", () => void view.toSVG().then((it) => savePicture(it, id, "svg")), {
        class: "quiet",
      }),
      " ",
      button("Save PNG", () => void view.toSVG().then((it) => savePicture(it, id, "png")), {
        class: "quiet",
      }),
    ]);
    decorate(picture);
  }
  return {
    figure,
    async setData(name, rows) {
      if (signal.aborted) return;
      await view
        .data(name, [...rows])
        .resize()
        .runAsync();
    },
    async setSignal(name, value) {
      if (signal.aborted) return;
      await view.signal(name, value).resize().runAsync();
    },
  };
}

/** The label says it all; a screen reader need not walk through marks and axes. */
function decorate(picture: HTMLElement): void {
  for (const svg of picture.querySelectorAll("svg")) {
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
    for (const it of svg.querySelectorAll("[role]")) it.removeAttribute("role");
  }
}

async function loaded() {
  const [vega, { compile }, { expressionInterpreter }] = await Promise.all([
    import("vega"),
    import("vega-lite"),
    import("vega-interpreter"),
  ]);
  return {
    View: vega.View,
    parse: vega.parse,
    logLevel: vega.Error,
    // A chart that is as high as its rows cannot fit a height, which is warned of.
    logger: vega.logger(vega.Error),
    compile,
    expressionInterpreter,
  };
}
