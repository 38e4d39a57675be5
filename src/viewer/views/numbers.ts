/** How each number came about: totals with their basis, and every formula of the families that are asked for. */
import { familyLabel } from "../../analyze/family-label.ts";
import { formatCount } from "../../base/units.ts";
import { familyFormulas, glossarySection } from "../../report/html/analysis-sections.ts";
import { MARKS_LEGEND } from "../../report/parts/numbers.ts";
import { totalBlocks } from "../../report/parts/totals.ts";
import { unknownBlocks } from "../../report/parts/unknowns.ts";
import { el, fromHtml } from "../parts/dom.ts";
import { sectionNode, sectionNodes } from "../parts/sections.ts";
import { defineView } from "../view.ts";
import { filtered } from "./map-rows.ts";
import { NO_MAPS } from "./maps.ts";

/** Families that are listed; a filter finds the others. */
const MOST = 40;

export const numbers = defineView({
  id: "numbers",
  title: "Numbers",
  question: "How did each number come about, and why is one not known?",
  absent: ({ snapshot }) => (snapshot.families.length > 0 ? undefined : NO_MAPS),
  mount(place, { snapshot, state, keep }) {
    const list = el("div", {});
    const count = el("output", { class: "note" });
    const draw = (filter: string) => {
      const found = filtered(snapshot.families, filter);
      const shown = found.slice(0, MOST);
      count.textContent = `${formatCount(shown.length)} of ${formatCount(found.length)} shown, the largest first`;
      list.replaceChildren(
        ...shown.map((family) => {
          const details = el(
            "details",
            {},
            el("summary", {}, el("span", { class: "name" }, familyLabel(family))),
          );
          // Formulas are long: those that nobody opens are not made.
          details.addEventListener(
            "toggle",
            () => details.append(fromHtml(familyFormulas(family))),
            { once: true },
          );
          return details;
        }),
      );
    };
    const input = el("input", { type: "search", placeholder: "name, type, role" });
    input.value = state.get("filter") ?? "";
    input.addEventListener("input", () => {
      keep("filter", input.value === "" ? undefined : input.value);
      draw(input.value);
    });
    draw(input.value);
    place.append(
      ...sectionNodes(totalBlocks(snapshot), "Totals"),
      el("p", { class: "note" }, MARKS_LEGEND),
      el("h3", {}, "Each family"),
      el("div", { class: "tools" }, el("label", {}, "Filter ", input), count),
      list,
      ...sectionNodes(unknownBlocks([snapshot], true), "Not known"),
      sectionNode(glossarySection()),
    );
  },
});
