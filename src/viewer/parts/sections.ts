/** Parts of the report as they stand in the HTML file, under headings that fit into a view. */
import { type Section, sectionsOf } from "../../report/html/blocks.ts";
import type { Block } from "../../report/parts/blocks.ts";
import { el, fromHtml } from "./dom.ts";

/** @param lead heading of what comes before the first heading. */
export function sectionNodes(blocks: readonly Block[], lead: string): HTMLElement[] {
  const full = blocks.filter((it) => it.kind !== "table" || it.rows.length > 0);
  return sectionsOf(full, lead).map(sectionNode);
}

export function sectionNode({ id, title, body }: Section): HTMLElement {
  const section = el("section", {
    id: `part-${id}`,
    "aria-labelledby": `part-${id}-title`,
    tabindex: -1,
  });
  section.append(el("h3", { id: `part-${id}-title` }, title), fromHtml(body.join("")));
  // In a view these findings stand under a heading of the third level.
  for (const heading of section.querySelectorAll("li > h3")) {
    const lower = el("h4", {});
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  return section;
}
