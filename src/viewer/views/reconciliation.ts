/** Why these three numbers differ: per-program tools, bpftool and cgroups see the same memory otherwise. */
import { reconciliation as waterfall } from "../../report/charts/reconciliation.ts";
import { reconciliationBlocks } from "../../report/parts/reconciliation.ts";
import { drawPictures } from "../parts/chart.ts";
import { sectionNodes } from "../parts/sections.ts";
import { defineView } from "../view.ts";

export const reconciliation = defineView({
  id: "why-numbers-differ",
  title: "Why these numbers differ",
  question: "Why do a tool by program, bpftool and a cgroup show three sums for the same maps?",
  absent: ({ snapshot }) =>
    snapshot.reconciliation === undefined
      ? "Only one sum is known here. Add what another tool shows of the same host: " +
        "`kubectl gadget top ebpf`, or the pod's memory.stat."
      : undefined,
  async mount(place, { snapshot, signal }) {
    // The heading is the view's own.
    const [, ...blocks] = reconciliationBlocks(snapshot, "", true);
    const drawn = drawPictures(place, [waterfall(snapshot.reconciliation)], signal);
    place.append(...sectionNodes(blocks, "Sum by sum"));
    await drawn;
  },
});
