/** Growth over snapshots, and over services where their number is known: floor, slope, and what fills first. */
import { growth as stacked } from "../../report/charts/growth.ts";
import { growthBlocks } from "../../report/parts/growth.ts";
import { scaleGrowthBlocks } from "../../report/parts/scale-growth.ts";
import { drawPictures } from "../parts/chart.ts";
import { sectionNodes } from "../parts/sections.ts";
import { defineView } from "../view.ts";

export const growth = defineView({
  id: "growth",
  title: "Growth",
  question: "What grew from one snapshot to the next, and with what?",
  absent: ({ analysis }) =>
    analysis.snapshots.length < 2
      ? "This is one snapshot. Open two or more captures of the same host together to see what grew."
      : undefined,
  async mount(place, { analysis, signal }) {
    const blocks = [...growthBlocks(analysis, true), ...scaleGrowthBlocks(analysis, true)];
    const drawn = drawPictures(place, [stacked(analysis.snapshots)], signal);
    place.append(...sectionNodes(blocks, "Growth"));
    await drawn;
  },
});
