/** A button for each format that a result can be saved in; the worker writes the text, as the command line would. */
import type { Result } from "../../analyze/result.ts";
import type { Engine } from "../engine.ts";
import { append, button, el } from "./dom.ts";
import { saveReport } from "./save.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".json": "application/json",
  ".md": "text/markdown",
  ".csv": "text/csv",
  ".arrow": "application/vnd.apache.arrow.file",
};

/** @param name of the file, without its ending. */
export function saveMenu(result: Result, engine: Engine, name: string): HTMLElement {
  const state = el("span", { role: "status", class: "note" });
  const list = el("ul", { class: "menu-list" });
  const menu = el(
    "details",
    { class: "menu save" },
    el("summary", {}, "Save"),
    el("div", {}, list, state),
  );
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  menu.addEventListener("toggle", () => {
    if (!menu.open || list.childElementCount > 0) return;
    void fill().catch((error: unknown) => append(state, [String(error)]));
  });
  const fill = async () => {
    for (const { id, title, extension, kinds, tables } of await engine.formats()) {
      if (!kinds.includes(result.kind)) continue;
      const choice = tables.length === 0 ? undefined : tableChoice(id, tables);
      const save = async () => {
        const table = choice?.value;
        const file = table === undefined ? `${name}${extension}` : `${name}-${table}${extension}`;
        state.textContent = "writing";
        try {
          saveReport(await engine.render(result, id, table), file, TYPES[extension]);
          state.textContent = "";
        } catch (error) {
          state.textContent = error instanceof Error ? error.message : String(error);
        }
      };
      list.append(
        el(
          "li",
          {},
          // Its title is the command line's, where an option chooses the table.
          button(id, () => void save(), { title: title.split(";")[0] ?? title }),
          choice,
        ),
      );
    }
  };
  return menu;
}

function tableChoice(format: string, tables: readonly string[]): HTMLSelectElement {
  const select = el("select", { "aria-label": `table for ${format}` });
  for (const it of tables) select.append(el("option", {}, it));
  return select;
}
