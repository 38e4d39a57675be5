/** Compiled objects: what their maps cost when loaded, who uses them, and how keys and values are laid out. */
import type { InspectedMap, InspectedObject } from "../../analyze/inspection.ts";
import { sectionsOf } from "../../report/html/blocks.ts";
import { layoutBlocks } from "../../report/parts/layouts.ts";
import { objectOutline } from "../../report/parts/objects.ts";
import { el, fromHtml } from "../parts/dom.ts";
import { layoutStrip } from "../parts/layout-strip.ts";
import { sectionNodes } from "../parts/sections.ts";
import { defineView, type ViewContext } from "../view.ts";

/** Layouts that are there at once; more make a page slow. */
const MOST = 100;

export const objects = defineView({
  id: "objects",
  title: "Objects and layouts",
  question: "What do the compiled objects declare, and what do holes in keys and values cost?",
  absent: ({ analysis }) =>
    hasObjects(analysis)
      ? undefined
      : "No compiled object is open. Add the program's .o files, beside a dump or alone.",
  leads: ({ analysis }) =>
    hasObjects(analysis) && analysis.snapshots.every((it) => it.families.length === 0),
  async mount(place, { engine, snapshot, signal }) {
    const { kernelRelease, possibleCpus } = snapshot.host;
    const inspection = await engine.inspect(
      {
        ...(kernelRelease && { kernel: kernelRelease.value }),
        ...(possibleCpus && { possibleCpus: possibleCpus.value }),
      },
      { signal },
    );
    if (signal.aborted) return;
    if (inspection.objects.length === 0) {
      place.append(
        el(
          "p",
          { class: "note" },
          "This is a saved report: open the .o files to see their layouts.",
        ),
      );
      return;
    }
    const [, ...blocks] = objectOutline(inspection, { verbose: false });
    place.append(...sectionNodes(blocks, "Cost"), ...layouts(inspection.objects));
  },
});

export function hasObjects({ snapshots }: ViewContext["analysis"]): boolean {
  return snapshots.some(({ sources }) => sources.some((it) => it.format === "bpf-object"));
}

function layouts(all: readonly InspectedObject[]): Node[] {
  const maps = all
    .flatMap(({ maps: own }) => own)
    .filter((it) => [it.keyLayout, it.valueLayout].some((layout) => layout?.members.length))
    .sort((a, b) => lostOf(b) - lostOf(a));
  if (maps.length === 0) return [];
  const hidden = maps.length - MOST;
  return [
    el("h3", {}, "Layouts, those that lose most first"),
    ...maps.slice(0, MOST).map(layoutOf),
    ...(hidden > 0
      ? [el("p", { class: "note" }, `${hidden} more: mapscope inspect --layout shows all`)]
      : []),
  ];
}

function lostOf({ padding }: InspectedMap): number {
  return padding?.bytesWhenFull ?? padding?.bytesPerEntry ?? 0;
}

/** Folded, as objects have dozens of maps; the first words say whether it is worth a look. */
function layoutOf(map: InspectedMap): HTMLElement {
  const lost =
    map.padding === undefined ? "no holes" : `${map.padding.bytesPerEntry} B an entry lost`;
  const shown = [map.keyLayout, map.valueLayout].filter((it) => it && it.members.length > 0);
  // One section for each of them, in their order.
  const sections = sectionsOf(layoutBlocks(map), "Layout");
  return el(
    "details",
    {},
    el("summary", {}, `${map.name}: ${lost}`),
    ...sections.flatMap(({ title, body }, at) => [
      el("h4", {}, title),
      shown[at] && layoutStrip(shown[at]),
      fromHtml(body.join("")),
    ]),
  );
}
