/** Every map: one row a family, unfolded on demand, filtered and sorted; a chosen row tells all that is known of it. */
import type { AnalysisFamily } from "../../analyze/analysis.ts";
import { formatCount } from "../../base/units.ts";
import { MARKS_LEGEND } from "../../report/parts/numbers.ts";
import { button, el } from "../parts/dom.ts";
import { Grid } from "../parts/grid.ts";
import { defineView, type ViewContext } from "../view.ts";
import { mapDetails } from "./map-details.ts";
import { COLUMNS, filtered, idCount, MapRows, type Order, ordered } from "./map-rows.ts";

/** A pause in typing after which the table follows. */
const PAUSE_MS = 120;
const LARGEST_FIRST: Order = { column: "residentBytes", isFalling: true };

export const NO_MAPS =
  "No map of a kernel is in the input. List them with `bpftool -j map show > maps.json`, as root.";

export const maps = defineView({
  id: "maps",
  title: "Maps",
  question: "What does each map take, and how is that known?",
  absent: ({ snapshot }) => (snapshot.families.length > 0 ? undefined : NO_MAPS),
  mount(place, context) {
    new MapTable(place, context).start();
  },
});

class MapTable {
  readonly #context: ViewContext;
  readonly #grid: Grid;
  readonly #details = el("section", {
    class: "details",
    "aria-label": "The chosen map",
    tabindex: -1,
  });
  readonly #count = el("output", { class: "note" });
  readonly #unfolded = new Set<string>();
  #order: Order;
  #filter: string;
  #rows = new MapRows([], new Set());

  constructor(place: HTMLElement, context: ViewContext) {
    this.#context = context;
    const { state, signal, snapshot } = context;
    this.#order = orderIn(state.get("sort"));
    this.#filter = state.get("filter") ?? "";
    this.#grid = new Grid({
      label: `Maps of ${snapshot.label}`,
      columns: COLUMNS,
      signal,
      choose: (row) => this.#choose(row),
      sort: (column) => this.#sort(column),
    });
    this.#details.hidden = true;
    place.append(
      this.#tools(),
      this.#grid.element,
      el("p", { class: "note" }, `${MARKS_LEGEND}; a row opens with Enter or a click`),
      this.#details,
    );
  }

  start(): void {
    this.#draw();
    const id = this.#context.state.get("map");
    if (id === undefined) return;
    let row = this.#rows.rowOf(id);
    if (row === undefined && this.#filter !== "") {
      // The link wants this map, whatever it filters.
      this.#filter = "";
      this.#draw();
      row = this.#rows.rowOf(id);
    }
    const family = this.#context.snapshot.families.find((it) => it.id === id);
    if (row === undefined || family === undefined) {
      this.#details.hidden = false;
      this.#details.replaceChildren(
        el("p", {}, `The map of this link (${id}) is not in ${this.#context.snapshot.label}.`),
      );
      return;
    }
    this.#grid.reveal(row);
    this.#show(family, undefined);
  }

  #tools(): HTMLElement {
    const input = el("input", {
      type: "search",
      id: "map-filter",
      placeholder: "name, type, role",
    });
    input.value = this.#filter;
    let timer: ReturnType<typeof setTimeout> | undefined;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        this.#filter = input.value;
        this.#context.keep("filter", input.value === "" ? undefined : input.value);
        this.#draw();
      }, PAUSE_MS);
    });
    const select = el("select", { id: "map-sort" });
    for (const { id, title } of COLUMNS) {
      const option = el("option", {}, title);
      option.value = id;
      option.selected = id === this.#order.column;
      select.append(option);
    }
    select.addEventListener("change", () => this.#sort(select.value));
    return el(
      "div",
      { class: "tools" },
      el("label", {}, "Filter ", input),
      el("label", {}, "Sort by ", select),
      button("Turn the order", () => this.#sort(this.#order.column)),
      this.#count,
    );
  }

  #sort(column: string): void {
    const isText = COLUMNS.find((it) => it.id === column)?.align === "left";
    const isSame = this.#order.column === column;
    this.#order = { column, isFalling: isSame ? !this.#order.isFalling : !isText };
    const { column: name, isFalling } = this.#order;
    this.#context.keep("sort", `${isFalling ? "-" : ""}${name}`);
    const select = document.getElementById("map-sort");
    if (select instanceof HTMLSelectElement) select.value = column;
    this.#draw();
  }

  #draw(): void {
    const all = this.#context.snapshot.families;
    const shown = ordered(filtered(all, this.#filter), this.#order);
    this.#rows = new MapRows(shown, this.#unfolded);
    const many = shown.reduce((sum, it) => sum + it.count, 0);
    const of = shown.length === all.length ? "" : ` of ${formatCount(all.length)}`;
    this.#count.textContent = `${formatCount(shown.length)}${of} rows, ${formatCount(many)} maps`;
    const rows = this.#rows;
    this.#grid.show(
      {
        count: rows.count,
        isInner: (row) => "mapId" in rows.at(row),
        cells(row) {
          const at = rows.at(row);
          if ("mapId" in at) return [{ text: `map ${at.mapId}` }, { text: at.family.type ?? "" }];
          return COLUMNS.map((it) => it.cell(at.family));
        },
      },
      this.#order,
    );
  }

  #choose(row: number): void {
    const at = this.#rows.at(row);
    this.#context.keep("map", at.family.id);
    this.#show(at.family, "mapId" in at ? at.mapId : undefined);
  }

  #show(family: AnalysisFamily, mapId: number | undefined): void {
    this.#details.hidden = false;
    this.#details.replaceChildren(
      ...mapDetails(family, mapId, this.#context),
      ...(family.count > 1 && idCount(family) > 0 ? [this.#folder(family)] : []),
      button("Back to the table", () => this.#grid.element.focus(), { class: "quiet" }),
    );
    this.#details.scrollIntoView({ block: "nearest" });
  }

  #folder(family: AnalysisFamily): HTMLElement {
    const isOpen = this.#unfolded.has(family.id);
    const text = isOpen
      ? "Fold them"
      : `Unfold the ${formatCount(idCount(family))} maps in the table`;
    return button(text, () => {
      if (isOpen) this.#unfolded.delete(family.id);
      else this.#unfolded.add(family.id);
      this.#draw();
      this.#show(family, undefined);
      this.#grid.reveal(this.#rows.rowOf(family.id) ?? 0);
      this.#grid.element.focus();
    });
  }
}

/** `-residentBytes` is the largest first. */
function orderIn(text: string | undefined): Order {
  const column = (text ?? "").replace(/^-/, "");
  if (!COLUMNS.some((it) => it.id === column)) return LARGEST_FIRST;
  return { column, isFalling: text?.startsWith("-") ?? false };
}
