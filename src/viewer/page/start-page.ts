/** What is shown while nothing is open: where to drop things, what went wrong, what can be read. */
import { append, el, proseNodes } from "../parts/dom.ts";
import { EngineError } from "../worker-engine.ts";
import { filePicker, pasteField, type Take } from "./pickers.ts";
import { Unreadable } from "./unreadable.ts";

export interface StartPage {
  readonly take: Take;
  readonly problem?: unknown;
  /** The link leads into a report that is not open. */
  readonly isLinked: boolean;
}

export function startPage({ take, problem, isLinked }: StartPage): HTMLElement {
  return el(
    "div",
    { class: "start" },
    ...(problem === undefined ? [] : [problemOf(problem)]),
    ...(isLinked
      ? [
          el(
            "p",
            { class: "note" },
            "This link leads into a report. Open the report's files to see the place.",
          ),
        ]
      : []),
    el(
      "section",
      { class: "drop", "aria-label": "Open files" },
      el("p", { class: "lead" }, "Drop files, folders or archives here"),
      el(
        "p",
        { class: "actions" },
        filePicker("Pick files", take, false),
        filePicker("Pick a folder", take, true),
      ),
      el(
        "p",
        { class: "note" },
        "Dumps of bpftool, gadget tables, daemon logs, metrics, compiled objects, bug reports, saved analyses; .tar, .tar.gz and .zip of them. Formats are told by content.",
      ),
    ),
    pasteField(take),
  );
}

function problemOf(problem: unknown): HTMLElement {
  const message = problem instanceof Error ? problem.message : String(problem);
  const box = el("div", { class: "problem", role: "alert" }, el("p", {}, message));
  if (problem instanceof EngineError && problem.hint !== undefined)
    append(box, [el("p", {}, ...proseNodes(problem.hint))]);
  if (problem instanceof Unreadable) {
    const items = problem.reasons.map(({ file, message: why, hint }) =>
      el(
        "li",
        {},
        el("strong", {}, file),
        ": ",
        ...proseNodes(why),
        ...(hint === undefined ? [] : [". ", ...proseNodes(hint)]),
      ),
    );
    append(box, [el("ul", {}, ...items)]);
  }
  return box;
}
