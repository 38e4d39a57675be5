/** Programs to maps: who uses what, and which program each slot of a prog_array calls. */
import { formatCount } from "../../base/units.ts";
import { programMaps, type Uses, usesOf } from "../../report/charts/program-maps.ts";
import { tableOf } from "../../report/html/blocks.ts";
import { element, type Html, text } from "../../report/html/markup.ts";
import { drawPictures } from "../parts/chart.ts";
import { fromHtml } from "../parts/dom.ts";
import { defineView, type ViewContext } from "../view.ts";
import { hasObjects } from "./objects.ts";

const column = (title: string, align: "left" | "right" = "left") => ({ title, align, drop: 0 });

export const programs = defineView({
  id: "programs",
  title: "Programs and maps",
  question: "Which program uses which map?",
  absent: ({ analysis, snapshot }) =>
    usesOf(snapshot).programs.length === 0 && slotRows(snapshot).length === 0
      ? hasObjects(analysis)
        ? "The programs of the open objects are in Objects and layouts; those that are loaded are told by `bpftool -j prog show`."
        : "No input says which program uses which map. Add `bpftool -j prog show`, or the compiled object."
      : undefined,
  async mount(place, context) {
    const uses = usesOf(context.snapshot);
    const parts = [
      uses.programs.length === 0 ? "" : chooser(uses, context.state.get("map")),
      element("div", { class: "figure" }, []),
      usesTable(uses),
      slotsTable(context),
    ];
    place.append(fromHtml(parts.join("")));
    const figure = place.querySelector<HTMLElement>(".figure");
    let drawn: AbortController | undefined;
    const select = place.querySelector<HTMLSelectElement>("select");
    const draw = async () => {
      const only = select?.value === "" ? undefined : select?.value;
      context.keep("map", only);
      drawn?.abort();
      drawn = new AbortController();
      figure?.replaceChildren();
      if (figure) await drawPictures(figure, [programMaps(uses, only)], drawn.signal);
    };
    select?.addEventListener("input", () => void draw(), { signal: context.signal });
    context.signal.addEventListener("abort", () => drawn?.abort());
    await draw();
  },
});

function chooser({ families }: Uses, chosen: string | undefined): Html {
  const options = families.map(({ id, label }) =>
    element("option", { value: id, selected: id === chosen ? "" : undefined }, [text(label)]),
  );
  return element("label", { class: "choice" }, [
    "Programs that use ",
    element("select", { name: "map" }, [element("option", { value: "" }, ["any map"]), ...options]),
  ]);
}

function usesTable({ programs: all, families }: Uses): Html {
  if (all.length === 0) return "";
  const labels = new Map(families.map((it) => [it.id, it.label]));
  const rows = all.map(({ label, families: ids }) => [
    label,
    formatCount(ids.length),
    ids.map((id) => labels.get(id) ?? id).join(", "),
  ]);
  const columns = [column("program"), column("families", "right"), column("maps that it uses")];
  return element("h3", {}, ["Uses"]) + tableOf({ columns, rows }, "programs and their maps");
}

function slotsTable({ snapshot }: ViewContext): Html {
  const rows = slotRows(snapshot);
  if (rows.length === 0) return "";
  const columns = [column("prog_array"), column("slot", "right"), column("calls")];
  return element("h3", {}, ["Tail calls"]) + tableOf({ columns, rows }, "tail calls");
}

function slotRows({ hierarchy }: ViewContext["snapshot"]): string[][] {
  return (hierarchy?.programSlots ?? []).flatMap(({ name, mapId, slots }) =>
    slots.map(({ slot, programId, program }) => [
      `${name ?? "without a name"}${mapId === undefined ? "" : ` (map ${mapId})`}`,
      String(slot),
      program === undefined ? `program ${programId}` : `${program} (${programId})`,
    ]),
  );
}
