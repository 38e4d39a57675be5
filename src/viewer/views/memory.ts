/** Where the memory is, as a treemap or as ranked bars, by the figure that is asked for. */

import { FIGURE_MEANING } from "../../analyze/figures.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import { fitted } from "../../report/charts/fitted.ts";
import { share } from "../../report/parts/numbers.ts";
import { drawChart, roomIn } from "../parts/chart.ts";
import { choice } from "../parts/choice.ts";
import { button, el } from "../parts/dom.ts";
import { isSwitched, SWITCHED, SWITCHED_TITLE, type Switched } from "../parts/figures.ts";
import { defineView, type ViewContext } from "../view.ts";
import { NO_MAPS } from "./maps.ts";
import { bars, treemap } from "./memory-charts.ts";
import { type Ranking, ranking } from "./memory-rows.ts";

const SHAPES = ["treemap", "bars"] as const;
type Shape = (typeof SHAPES)[number];
/** Tiles and bars that can be told apart. */
const MOST: Readonly<Record<Shape, number>> = { treemap: 80, bars: 25 };
/** A treemap has no lines to follow with the eye. */
const WIDEST = 1400;
const MOST_REASONS = 5;

export const memory = defineView({
  id: "memory",
  title: "Memory",
  question:
    "Where is the memory, by what was reported, preallocated, allocated, used, or really lost?",
  absent: ({ snapshot }) => (snapshot.families.length > 0 ? undefined : NO_MAPS),
  async mount(place, context) {
    const { state, keep } = context;
    let figure = firstFigure(context);
    let shape: Shape = state.get("shape") === "bars" ? "bars" : "treemap";
    const body = el("div", {});
    let drawn = new AbortController();
    context.signal.addEventListener("abort", () => drawn.abort(), { once: true });
    const draw = async () => {
      drawn.abort();
      drawn = new AbortController();
      body.replaceChildren();
      await show(body, context, figure, shape, drawn.signal);
    };
    place.append(
      el(
        "div",
        { class: "tools" },
        choice(
          "Figure",
          SWITCHED,
          figure,
          (it) => {
            figure = it;
            keep("figure", it);
            void draw();
          },
          SWITCHED_TITLE,
        ),
        choice("Picture", SHAPES, shape, (it) => {
          shape = it;
          keep("shape", it);
          void draw();
        }),
      ),
      body,
    );
    await draw();
  },
});

/** What the link says, else what the host really lost, else what was reported. */
function firstFigure({ state, snapshot }: ViewContext): Switched {
  const asked = state.get("figure");
  if (isSwitched(asked)) return asked;
  return snapshot.totals.residentBytes === undefined ? "memlockBytes" : "residentBytes";
}

async function show(
  body: HTMLElement,
  { snapshot, open }: ViewContext,
  figure: Switched,
  shape: Shape,
  signal: AbortSignal,
): Promise<void> {
  const found = ranking(snapshot, figure, MOST[shape]);
  const title = `${SWITCHED_TITLE[figure]} bytes of ${snapshot.label}`;
  const openMap = (id: string) => open("maps", { map: id });
  const picture = el("div", {});
  body.append(
    el("p", { class: "note" }, `${SWITCHED_TITLE[figure]}: ${FIGURE_MEANING[figure]}.`),
    picture,
    ...unknownList(found),
    rankedTable(found, openMap),
  );
  const [first] = found.rows;
  if (first === undefined) {
    picture.append(
      el("p", { class: "absent" }, "No map has this figure; the reasons stand below."),
    );
    return;
  }
  const width = roomIn(picture, WIDEST);
  await drawChart(picture, {
    id: `${shape}-${SWITCHED_TITLE[figure]}`,
    title,
    description: `${found.rows.length} parts of ${formatBytes(found.total)}; the largest is ${first.label} with ${formatBytes(first.bytes)}, ${share(first.bytes / found.total)}. The table below says the same.`,
    spec:
      shape === "treemap"
        ? { vega: treemap(found.rows, found.total, width) }
        : { lite: fitted(bars(found.rows), width) },
    signal,
    choose: ({ id }) => {
      if (typeof id === "string" && id !== "") openMap(id);
    },
  });
}

function unknownList({ unknown }: Ranking): Node[] {
  if (unknown.length === 0) return [];
  const maps = unknown.reduce((sum, [, count]) => sum + count, 0);
  const items = unknown
    .slice(0, MOST_REASONS)
    .map(([reason, count]) => el("li", {}, `${formatCount(count)}: ${reason}`));
  const hidden = unknown.length - items.length;
  return [
    el(
      "p",
      {},
      `Not in the picture, as the figure is not known: ${formatCount(maps)} ${maps === 1 ? "map" : "maps"}.`,
    ),
    el(
      "ul",
      { class: "note" },
      ...items,
      ...(hidden > 0 ? [el("li", {}, `${hidden} more reasons: see the table of maps`)] : []),
    ),
  ];
}

function rankedTable({ rows, total }: Ranking, openMap: (id: string) => void): HTMLElement {
  const body = rows.map(({ id, label, bytes }) =>
    el(
      "tr",
      {},
      el(
        "th",
        { scope: "row" },
        id === "" ? label : button(label, () => openMap(id), { class: "quiet" }),
      ),
      el("td", { class: "number" }, formatBytes(bytes)),
      el("td", { class: "number" }, share(bytes / total)),
    ),
  );
  const head = ["maps", "bytes", "share"].map((it, at) =>
    el("th", { scope: "col", class: at > 0 ? "number" : undefined }, it),
  );
  return el(
    "details",
    {},
    el("summary", {}, "The same as a table"),
    el(
      "div",
      { class: "scroll" },
      el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body)),
    ),
  );
}
