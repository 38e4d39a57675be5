/** Two snapshots: what grew, by how much and why, and which findings are new; the same as `mapscope compare` says. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { comparedOutline } from "../../report/parts/compared.ts";
import { append, el } from "../parts/dom.ts";
import { saveMenu } from "../parts/save-menu.ts";
import { sectionNodes } from "../parts/sections.ts";
import { defineView } from "../view.ts";

export const compare = defineView({
  id: "compare",
  title: "Compare",
  question: "What grew from one snapshot to another, and why?",
  absent({ analysis }) {
    if (comparable(analysis.snapshots).length > 1) return undefined;
    return "There is one snapshot with maps only. Open another capture as a further snapshot, or a report with before and after.";
  },
  mount(place, context) {
    const { analysis, snapshot, state, keep, engine, signal } = context;
    const known = comparable(analysis.snapshots);
    const first = known.find((it) => it.label !== snapshot.label);
    let from = known.find((it) => it.label === state.get("from")) ?? first ?? snapshot;
    const isKnown = known.includes(snapshot);
    const last = isKnown ? snapshot : known.findLast((it) => it !== from);
    let to = known.find((it) => it.label === state.get("to")) ?? last ?? snapshot;
    const body = el("div", {});
    const save = el("div", { class: "menu-place" });
    let asked = new AbortController();
    signal.addEventListener("abort", () => asked.abort(), { once: true });
    const draw = async () => {
      asked.abort();
      asked = new AbortController();
      const own = asked.signal;
      body.replaceChildren(el("p", { class: "note" }, "comparing"));
      try {
        const result = await engine.compare(from, to, { signal: own });
        if (own.aborted) return;
        save.replaceChildren(saveMenu(result, engine, "mapscope-comparison"));
        body.replaceChildren(
          ...sectionNodes(comparedOutline(result, { verbose: true }), "Summary"),
        );
      } catch (error) {
        if (own.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        body.replaceChildren(el("p", { class: "problem" }, message));
      }
    };
    const choose = (name: "from" | "to", chosen: AnalysisSnapshot) =>
      picker(name, known, chosen, (it) => {
        if (name === "from") from = it;
        else to = it;
        keep(name, it.label);
        void draw();
      });
    place.append(el("div", { class: "tools" }, choose("from", from), choose("to", to), save), body);
    void draw();
  },
});

function comparable(snapshots: readonly AnalysisSnapshot[]): AnalysisSnapshot[] {
  return snapshots.filter((it) => it.families.length > 0);
}

function picker(
  name: string,
  snapshots: readonly AnalysisSnapshot[],
  chosen: AnalysisSnapshot,
  choose: (snapshot: AnalysisSnapshot) => void,
): HTMLElement {
  const select = el("select", {});
  snapshots.forEach((it, index) => {
    const option = el("option", {}, it.label);
    option.value = String(index);
    option.selected = it === chosen;
    select.append(option);
  });
  select.addEventListener("change", () => {
    const found = snapshots[Number(select.value)];
    if (found !== undefined) choose(found);
  });
  const label = el("label", {}, name === "from" ? "From " : "to ");
  append(label, [select]);
  return label;
}
