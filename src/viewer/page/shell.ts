/** What stands around a view: the bar with what can be opened and saved, and the menu of views. */
import type { Analysis, AnalysisSnapshot } from "../../analyze/analysis.ts";
import type { Engine, HostFacts } from "../engine.ts";
import { el } from "../parts/dom.ts";
import { saveMenu } from "../parts/save-menu.ts";
import type { View } from "../view.ts";
import type { ViewGroup } from "../views/index.ts";
import { hostForm } from "./host-form.ts";
import { filePicker, type Take } from "./pickers.ts";

/** An element of index.html. */
export function place(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}

export interface Toolbar {
  readonly take: Take;
  readonly engine: Engine;
  readonly host: HostFacts;
  setHost(host: HostFacts): void;
  readonly analysis: Analysis | undefined;
  readonly labels: readonly string[];
  readonly snapshot: string | undefined;
  choose(label: string): void;
}

export function toolbar(bar: Toolbar): void {
  const { take, engine, host, setHost, analysis, labels, snapshot, choose } = bar;
  const parts: Node[] = [el("h1", {}, "mapscope")];
  if (analysis !== undefined) {
    parts.push(filePicker("Open files", take, false), filePicker("Open a folder", take, true));
    if (labels.length > 1) parts.push(snapshotChoice(labels, snapshot, choose));
    parts.push(hostForm(host, setHost), saveMenu(analysis, engine, "mapscope-report"));
  }
  place("header").replaceChildren(...parts);
}

function snapshotChoice(
  labels: readonly string[],
  snapshot: string | undefined,
  choose: (label: string) => void,
): HTMLElement {
  const select = el("select", { id: "snapshot" });
  for (const label of labels) {
    const option = el("option", {}, label);
    option.value = label;
    option.selected = label === snapshot;
    select.append(option);
  }
  select.addEventListener("change", () => choose(select.value));
  return el("label", { class: "snapshot" }, el("span", {}, "Snapshot "), select);
}

export interface Navigation {
  readonly analysis: Analysis;
  readonly snapshot: AnalysisSnapshot;
  readonly current: View;
  hrefOf(id: string): string;
}

export function navigation(groups: readonly ViewGroup[], menu: Navigation): void {
  const nav = place("views");
  // Whoever unfolded it wants it to stay so; a link into it shows where one is. On a small screen it would be all of it.
  const hasRoom = matchMedia("(min-width: 40rem)").matches;
  const wasOpen = nav.querySelector("details")?.open ?? false;
  const [first, ...others] = groups;
  const isWithin = others.some((it) => it.views.includes(menu.current));
  const where = isWithin && !hasRoom ? `: ${menu.current.title}` : "";
  nav.hidden = false;
  nav.replaceChildren(
    linksTo(first?.views ?? [], menu),
    el(
      "details",
      { class: "more-views", open: hasRoom && (wasOpen || isWithin) },
      el("summary", { class: "more-title" }, `More views${where}`),
      ...others.map(({ title = "", views }) =>
        el(
          "div",
          { class: "view-group", role: "group", "aria-label": title },
          el("span", { class: "group-title" }, title),
          linksTo(views, menu),
        ),
      ),
    ),
  );
}

function linksTo(
  views: readonly View[],
  { analysis, snapshot, current, hrefOf }: Navigation,
): HTMLElement {
  const items = views.map((view) => {
    const link = el(
      "a",
      {
        "aria-current": view === current ? "page" : undefined,
        class: view.absent({ analysis, snapshot }) === undefined ? undefined : "muted",
        title: view.question,
      },
      view.title,
    );
    link.href = hrefOf(view.id);
    return el("li", {}, link);
  });
  return el("ul", { class: "links" }, ...items);
}
