/** A button for each format that a result can be saved in; the worker writes the text, as the command line would. */
import type { Result } from "../../analyze/result.ts";
import type { Engine } from "../engine.ts";
import { append, button, el } from "./dom.ts";
import { saveText } from "./save.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".json": "application/json",
  ".md": "text/markdown",
  ".csv": "text/csv",
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
    for (const { id, title, extension, kinds } of await engine.formats()) {
      if (!kinds.includes(result.kind)) continue;
      const save = async () => {
        state.textContent = "writing";
        try {
          saveText(await engine.render(result, id), `${name}${extension}`, TYPES[extension]);
          state.textContent = "";
        } catch (error) {
          state.textContent = error instanceof Error ? error.message : String(error);
        }
      };
      list.append(
        el(
          "li",
          {},
          button(id, () => void save(), { title }),
        ),
      );
    }
  };
  return menu;
}
