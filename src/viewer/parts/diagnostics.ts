/** What there is to say of reading the inputs, with the place of each and what to do. */
import type { AnalysisDiagnostic } from "../../analyze/analysis.ts";
import { formatCount } from "../../base/units.ts";
import { el, proseNodes } from "./dom.ts";

/** A broken file can have very many. */
const MOST = 500;

export function diagnosticList(diagnostics: readonly AnalysisDiagnostic[]): HTMLElement[] {
  if (diagnostics.length === 0) return [el("p", {}, "None: everything was read.")];
  const items = diagnostics
    .slice(0, MOST)
    .map(({ level, file, offset, path, message, hint }) =>
      el(
        "li",
        {},
        el("strong", { class: level }, level),
        ` ${file}${offset === undefined ? "" : `, byte ${formatCount(offset)}`}${path === undefined ? "" : `, ${path}`}: `,
        ...proseNodes(message),
        ...(hint === undefined ? [] : [". ", ...proseNodes(hint)]),
      ),
    );
  const hidden = diagnostics.length - items.length;
  return [
    el("ul", {}, ...items),
    ...(hidden > 0
      ? [el("p", { class: "note" }, `${formatCount(hidden)} more; the JSON report has all`)]
      : []),
  ];
}
