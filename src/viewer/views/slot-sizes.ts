/** Slot sizes: how long values really are against the classes that they go into, and where boundaries would fit best. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { bestPlan, type SlotClasses, slotClasses } from "../../analyze/derived/slot-classes.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import { slotSizes as histogram } from "../../report/charts/slot-sizes.ts";
import { tableOf } from "../../report/html/blocks.ts";
import { element, text } from "../../report/html/markup.ts";
import { drawPictures } from "../parts/chart.ts";
import { append, el, fromHtml } from "../parts/dom.ts";
import { defineView } from "../view.ts";

/** More classes than anyone would want to look after. */
const MOST = 8;

const column = (title: string, align: "left" | "right" = "left") => ({ title, align, drop: 0 });

export const slotSizes = defineView({
  id: "slot-sizes",
  title: "Slot sizes",
  question: "How long are values really, and which size classes would fit them?",
  absent: ({ snapshot }) =>
    setsOf(snapshot).length === 0
      ? "No hash map's values are all known here. Add `bpftool -j map dump` of the maps, beside `bpftool -j map show`."
      : undefined,
  async mount(place, context) {
    const sets = setsOf(context.snapshot);
    const [first] = sets;
    if (first === undefined) return;
    const chosen = sets.find((it) => it.name === context.state.get("map")) ?? first;
    const best = bestPlan(chosen);
    const count = Number(context.state.get("classes") ?? best?.sizes.length);
    const select = el("select", { name: "map" });
    for (const { name, sizes } of sets) {
      const option = el("option", {}, sizes.length === 1 ? name : `${name} ${sizes.join("/")}`);
      option.value = name;
      option.selected = name === chosen.name;
      select.append(option);
    }
    const slider = el("input", {
      type: "range",
      name: "classes",
      min: 1,
      max: chosen.plans.length,
      step: 1,
      value: Math.min(count, chosen.plans.length),
    });
    const shown = el("output", {});
    const figure = el("div", { class: "figure" });
    const words = el("div", {});
    append(place, [
      el(
        "form",
        { class: "lab narrow", autocomplete: "off" },
        el("label", {}, "Maps ", select),
        el("label", { class: "slider" }, el("span", {}, "Classes to choose"), slider, shown),
      ),
      figure,
      words,
    ]);
    let drawn: AbortController | undefined;
    const draw = async () => {
      drawn?.abort();
      drawn = new AbortController();
      const plan = chosen.plans[slider.valueAsNumber - 1];
      shown.textContent = formatCount(plan?.sizes.length ?? 0);
      slider.setAttribute("aria-valuetext", `${shown.textContent} classes`);
      words.replaceChildren(fromHtml(comparison(chosen, plan?.sizes ?? [])));
      const picture = histogram({
        name: chosen.name,
        lengths: chosen.lengths,
        now: chosen.sizes,
        best: plan?.sizes ?? [],
      });
      figure.replaceChildren();
      await drawPictures(figure, [picture], drawn.signal);
    };
    const { signal } = context;
    select.addEventListener("input", () => context.open("slot-sizes", { map: select.value }), {
      signal,
    });
    slider.addEventListener(
      "input",
      () => {
        const isBest = slider.valueAsNumber === best?.sizes.length;
        context.keep("classes", isBest ? undefined : slider.value);
        void draw();
      },
      { signal },
    );
    signal.addEventListener("abort", () => drawn?.abort());
    await draw();
  },
});

/** One set a name; the largest first. */
function setsOf(snapshot: AnalysisSnapshot): SlotClasses[] {
  const byName = new Map<string, SlotClasses>();
  for (const set of slotClasses(snapshot, { most: MOST, alone: true })) {
    if (set.plans.length > 0 && !byName.has(set.name)) byName.set(set.name, set);
  }
  return [...byName.values()].sort((a, b) => b.slotBytes - a.slotBytes);
}

function comparison(set: SlotClasses, wanted: readonly number[]): string {
  const { name, sizes, values, slotBytes, bytesPerClass, plans } = set;
  const now = slotBytes + bytesPerClass * sizes.length;
  const row = (title: string, classes: readonly number[], bytes: number) => [
    title,
    classes.map(formatCount).join(", "),
    `${formatBytes(Math.round(bytes))}~`,
    bytes === now
      ? ""
      : `${bytes < now ? "-" : "+"}${formatBytes(Math.round(Math.abs(now - bytes)))}`,
  ];
  const best = bestPlan(set);
  const rows = [
    row("now", sizes, now),
    ...plans.map(({ sizes: classes, bytes }) =>
      row(
        `best ${classes.length}${classes === best?.sizes ? ", the least of all" : ""}${classes === wanted ? " (drawn)" : ""}`,
        classes,
        bytes,
      ),
    ),
  ];
  const columns = [
    column("classes"),
    column("value sizes"),
    column("resident", "right"),
    column("change", "right"),
  ];
  const note =
    `${formatCount(values)} values of ${name}; slots with slab rounding, and what each class takes while it is empty. ` +
    "Lengths are counted without trailing zeros: round them up to the sizes of the messages themselves.";
  return tableOf({ columns, rows }, "size classes") + element("p", { class: "note" }, [text(note)]);
}
