/** The whole report, section by section, as the HTML file has it: to read through and to print. */
import { outline } from "../../report/parts/outline.ts";
import { button, el } from "../parts/dom.ts";
import { sectionNodes } from "../parts/sections.ts";
import { defineView } from "../view.ts";

export const report = defineView({
  id: "report",
  title: "Report",
  question: "All of it, to read through and to print.",
  absent: () => undefined,
  mount(place, { analysis }) {
    const sections = sectionNodes(outline(analysis, { verbose: true }), "Summary");
    const items = sections.map((section) =>
      el(
        "li",
        {},
        button(
          section.querySelector("h3")?.textContent ?? "",
          () => {
            section.scrollIntoView();
            section.focus({ preventScroll: true });
          },
          { class: "quiet" },
        ),
      ),
    );
    place.append(
      el("nav", { "aria-label": "Sections", class: "tools" }, el("ul", {}, ...items)),
      ...sections,
    );
  },
});
