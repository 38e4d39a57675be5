/** Vega-Lite specs -> SVG text, drawn here so that no script of the page has to. Vega is loaded when first used. */
import type { TopLevelSpec } from "vega-lite";
import type { Chart } from "../charts/chart.ts";
import { fitted } from "../charts/fitted.ts";
import { element, text } from "./markup.ts";

/** Pixels that a page and a telephone have; the style of the page shows the one that fits. */
const WIDE = 840;
const NARROW = 326;

export async function drawnCharts(charts: readonly (Chart | undefined)[]): Promise<string[]> {
  const wanted = charts.filter((it) => it !== undefined);
  if (wanted.length === 0) return [];
  const [vega, { compile }, { expressionInterpreter }] = await Promise.all([
    import("vega"),
    import("vega-lite"),
    import("vega-interpreter"),
  ]);
  // What it warns of is that a chart which is as high as its rows does not fit a height.
  const logger = vega.logger(vega.Error);
  const drawn = async (spec: TopLevelSpec) => {
    const runtime = vega.parse(compile(spec, { logger }).spec, undefined, { ast: true });
    const view = new vega.View(runtime, {
      expr: expressionInterpreter,
      renderer: "none",
      logLevel: vega.Error,
    });
    const svg = await view.toSVG();
    view.finalize();
    return styled(svg);
  };
  return Promise.all(
    wanted.map(async ({ id, title, description, spec }) => {
      const [wide, narrow] = [await drawn(fitted(spec, WIDE)), await drawn(fitted(spec, NARROW))];
      return element("figure", { id: `chart-${id}` }, [
        element("div", { role: "img", "aria-label": `${title}. ${description}` }, [
          element("div", { class: "wide" }, [wide]),
          element("div", { class: "narrow" }, [narrow]),
        ]),
        element("figcaption", {}, [text(title)]),
      ]);
    }),
  );
}

/** Decoration for those who see; the figure's label says it all. Styles in attributes would break the page's policy. */
function styled(svg: string): string {
  return svg
    .replace(/^<svg /, '<svg aria-hidden="true" focusable="false" ')
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributes(style));
}

/** `style="pointer-events: none;"` -> ` pointer-events="none"`: SVG takes either. */
function attributes(style: string): string {
  return style
    .split(";")
    .map((it) => it.split(":").map((part) => part.trim()))
    .flatMap(([name, value]) => (name && value ? [` ${name}="${value}"`] : []))
    .join("");
}
