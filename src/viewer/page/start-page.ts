/** What is shown while nothing is open: where to drop things, what went wrong, what can be read. */
import { DOCS } from "../../report/html/blocks.ts";
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
      { class: "intro" },
      el("p", { class: "verdict" }, "Where does the memory of eBPF maps go?"),
      el(
        "p",
        {},
        "Which map takes how much kernel memory, how much of that was taken in advance and holds nothing, and what to change. Read here, in this browser: nothing is uploaded.",
      ),
    ),
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
    el(
      "section",
      { class: "how", "aria-labelledby": "how-title" },
      el("h2", { id: "how-title" }, "Nothing at hand yet?"),
      el("p", {}, "On the node, as root, this lists every map of the kernel:"),
      el("pre", { tabindex: 0 }, "bpftool -j map show > maps.json"),
      el(
        "p",
        {},
        "Add ",
        el("code", {}, "bpftool -j map dump name NAME > NAME.json"),
        " of the largest to see how much of them is in use. ",
        docsLink("docs/guides/node.md", "More that helps, and a script that captures all of it"),
      ),
    ),
  );
}

function docsLink(path: string, text: string): HTMLElement {
  const link = el("a", { rel: "noreferrer", target: "_blank" }, text);
  link.href = DOCS + path;
  return link;
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
