/** Maps in maps: each outer map with what it holds, the slots of program arrays, and who owns the slots. */
import type { AnalysisFamily } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import { formatCount } from "../../base/units.ts";
import { hierarchyBlocks } from "../../report/parts/hierarchy.ts";
import { bytesOf } from "../../report/parts/numbers.ts";
import { button, el } from "../parts/dom.ts";
import { sectionNodes } from "../parts/sections.ts";
import { defineView, type ViewContext } from "../view.ts";

export const hierarchy = defineView({
  id: "hierarchy",
  title: "Maps in maps",
  question: "Which maps hold which, and who owns the slots?",
  absent({ snapshot }) {
    const isOuter = (it: AnalysisFamily) => it.role === "outer" || it.outer !== undefined;
    if (snapshot.hierarchy !== undefined || snapshot.families.some(isOuter)) return undefined;
    return "No map of maps is in this snapshot. The dump of an outer map tells what it holds: `bpftool -j map dump name outer_map > map-dump-outer_map.json`.";
  },
  mount(place, context) {
    place.append(
      tree(context),
      ...sectionNodes(hierarchyBlocks([context.snapshot], true), "Slots"),
    );
  },
});

function tree(context: ViewContext): HTMLElement {
  const { families } = context.snapshot;
  const held = new Map<string, AnalysisFamily[]>();
  for (const it of families) {
    if (it.outer === undefined) continue;
    held.set(it.outer.family, [...(held.get(it.outer.family) ?? []), it]);
  }
  const outers = families.filter((it) => it.role === "outer" || held.has(it.id));
  const known = new Set(families.map((it) => it.id));
  const orphans = families.filter((it) => it.outer !== undefined && !known.has(it.outer.family));
  const items = outers.map((outer) => {
    const inner = held.get(outer.id) ?? [];
    const children =
      inner.length === 0
        ? [el("li", { class: "note" }, "no inner map is known")]
        : inner.map((it) => el("li", {}, node(it, context), tie(it)));
    return el("li", {}, node(outer, context), el("ul", {}, ...children));
  });
  return el(
    "div",
    { class: "tree" },
    el("ul", {}, ...items, ...orphans.map((it) => el("li", {}, node(it, context), tie(it)))),
  );
}

function node(family: AnalysisFamily, context: ViewContext): HTMLElement {
  return el("span", {}, words(family), " ", showButton(family, context));
}

function showButton(family: AnalysisFamily, { open }: ViewContext): HTMLElement {
  return button("show", () => open("maps", { map: family.id }), {
    class: "quiet",
    "aria-label": `show ${familyLabel(family)} in the table of maps`,
  });
}

function tie({ outer }: AnalysisFamily): HTMLElement | undefined {
  if (outer === undefined) return undefined;
  return el(
    "span",
    { class: "note" },
    ` tied by ${outer.evidence}, confidence ${outer.confidence}`,
  );
}

function words(family: AnalysisFamily): string {
  const { count, type, residentBytes, memlockBytes, unknown } = family;
  const many = count === 1 ? "" : `${formatCount(count)} x `;
  const size =
    residentBytes !== undefined
      ? `${bytesOf(residentBytes)} resident`
      : `resident bytes not known (${unknown?.residentBytes ?? "no reason is told"}); ${bytesOf(memlockBytes)} reported`;
  return `${many}${familyLabel(family)} (${type ?? "type not known"}): ${size}`;
}
