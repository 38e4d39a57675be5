/** `kubectl top` shows what a pod's containers use, not what is charged for the pod. */
import { z } from "zod";
import { MiB } from "../../base/units.ts";
import type { AnalysisPod } from "../analysis.ts";
import { heldFor, podLabel, podRows, shownBytes, topShows } from "../derived/pod-words.ts";
import { defineRule } from "../rule.ts";

export const hiddenFromKubectlTop = defineRule({
  id: "hidden-from-kubectl-top",
  title: "kubectl top shows far less than the control group holds",
  why: "It adds up the containers that the runtime reports, so a sandbox, its guest kernel and what is charged elsewhere are not in it.",
  severity: "warning",
  needs: ["pods"],
  docs: "docs/rules/hidden-from-kubectl-top.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(16 * MiB)
      .describe("Bytes that kubectl top must leave out at least."),
    maxShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.5)
      .describe("Share of what is held, above which kubectl top is left alone."),
  }),

  *check({ snapshots }, { minBytes, maxShare }) {
    for (const { snapshot, pod } of podRows(snapshots)) {
      const held = heldFor(pod);
      const shown = pod.workingSet;
      if (held === undefined || shown === undefined) continue;
      const hidden = held.least - shown.most;
      if (hidden < minBytes || shown.most > maxShare * held.least) continue;
      yield {
        subject: { snapshot, kind: "cgroup", id: pod.id },
        message:
          `kubectl top shows ${topShows(shown)} for ${podLabel(pod)} while ${shownBytes(held)} are charged for it` +
          whereCharged(pod),
        evidence: {
          shownBytes: shown.value,
          shownAtMostBytes: shown.most,
          heldBytes: held.value,
          hiddenAtLeastBytes: hidden,
          ...(pod.runtime !== undefined && { runtime: pod.runtime }),
          source: shown.source,
        },
        recommendation:
          "Measure the control group: `systemd-cgtop -b -n 1 --depth=8 -r`, or `cat /sys/fs/cgroup/kubepods/…/memory.current`; use kubectl top for what runs inside of the containers only.",
      };
    }
  },
});

function whereCharged({ memory, outside }: AnalysisPod): string {
  if (outside === undefined) return " to its group";
  return memory === undefined
    ? ", all of it outside of its group"
    : `, ${shownBytes(outside)} of them outside of its group`;
}
