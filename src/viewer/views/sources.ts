/** What was read, as what, with every diagnostic; what is known of the host; rules that lacked something. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import { ruleBlocks } from "../../report/parts/findings.ts";
import { hostBlocks } from "../../report/parts/hosts.ts";
import { diagnosticList } from "../parts/diagnostics.ts";
import { el } from "../parts/dom.ts";
import { sectionNodes } from "../parts/sections.ts";
import { defineView } from "../view.ts";

/** A broken file can have very many. */
const MOST = 500;

export const sources = defineView({
  id: "sources",
  title: "Sources",
  question: "What was read, as what, and what could not be?",
  absent: () => undefined,
  mount(place, { analysis, snapshot }) {
    place.append(
      el("h3", {}, `Files of ${snapshot.label}`),
      filesTable(snapshot),
      el("h3", {}, "Diagnostics"),
      ...diagnosticList(analysis.diagnostics),
      ...sectionNodes([...hostBlocks([snapshot], true), ...ruleBlocks(analysis, true)], "Host"),
    );
  },
});

function filesTable({ sources: files }: AnalysisSnapshot): HTMLElement {
  const head = ["file", "format", "bytes", "diagnostics"].map((it, at) =>
    el("th", { scope: "col", class: at > 1 ? "number" : undefined }, it),
  );
  const rows = files
    .slice(0, MOST)
    .map(({ file, format, bytes, diagnostics }) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, file),
        el("td", {}, format),
        el("td", { class: "number" }, formatBytes(bytes)),
        el("td", { class: "number" }, formatCount(diagnostics.length)),
      ),
    );
  const table = el(
    "div",
    { class: "scroll", role: "region", tabindex: 0, "aria-label": "table: files" },
    el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows)),
  );
  if (files.length <= MOST) return table;
  return el(
    "div",
    {},
    table,
    el("p", { class: "note" }, `${formatCount(files.length - MOST)} more files`),
  );
}
