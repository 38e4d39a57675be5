/** Why these three numbers differ: per-program tools, bpftool and cgroups see the same memory otherwise. */
import { reconciliation as waterfall } from "../../report/charts/reconciliation.ts";
import { sectionHtml, sectionsOf } from "../../report/html/blocks.ts";
import { drawnCharts } from "../../report/html/charts.ts";
import { reconciliationBlocks } from "../../report/parts/reconciliation.ts";
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
    const blocks = reconciliationBlocks(snapshot, "", true);
    const [figure = ""] = await drawnCharts([waterfall(snapshot.reconciliation)]);
    if (signal.aborted) return;
    place.innerHTML =
      figure + sectionsOf(blocks, "Why these numbers differ").map(sectionHtml).join("");
  },
});
