/** Watermarks near each other for their step: the same maps are made and given back again and again. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import { upStep } from "../../model/scaling/policy.ts";
import { scaleInAt, scaleUpAt } from "../../model/scaling/thresholds.ts";
import { daemonHistories } from "../derived/daemon-histories.ts";
import { defineRule } from "../rule.ts";
import { counted, percent } from "../wording.ts";

export const thrashingWatermarks = defineRule({
  id: "thrashing-watermarks",
  title: "Pool is scaled up and back again and again",
  why: "Each map that is made or given back is an update of the outer map that waits for the kernel, and updates of configuration wait behind it.",
  severity: "warning",
  needs: ["scale-events"],
  docs: "docs/rules/thrashing-watermarks.md",
  options: z.strictObject({
    minCycles: z
      .int()
      .positive()
      .default(3)
      .describe("Scale-ups that were taken back before it counts as more than a change of load."),
  }),

  *check(tables, { minCycles }) {
    for (const { snapshot, daemon, policy } of daemonHistories(tables)) {
      const cycles = daemon.cycles ?? 0;
      const raised = daemon.steps.findLast((it) => it.event === "scale-up")?.claimedBefore;
      if (cycles < minCycles || raised === undefined) continue;
      const upAt = scaleUpAt(policy, raised);
      const claimed = raised + upStep(policy, raised);
      const downAt = scaleInAt(policy, claimed);
      const margin = downAt === undefined ? undefined : upAt - downAt;
      const updates = daemon.steps.reduce(
        (sum, it) => sum + Math.abs((it.claimedAfter ?? 0) - (it.claimedBefore ?? 0)),
        0,
      );
      yield {
        subject: { snapshot, kind: "daemon", id: daemon.name },
        message:
          `daemon ${daemon.name} scaled up and gave it back ${formatCount(cycles)} times, ${counted(updates, "slot")} claimed or released in all` +
          (margin === undefined
            ? ""
            : `: from ${formatCount(raised)} slots it grows at ${formatCount(upAt)} in use and shrinks again at ` +
              `${formatCount(downAt ?? 0)}, ${counted(Math.max(0, margin), "slot")} apart (${percent(Math.max(0, margin) / claimed)} of the claim)`),
        evidence: {
          cycles,
          slotsMoved: updates,
          scaleUpAt: upAt,
          ...(downAt !== undefined && { scaleInAt: downAt }),
          ...(margin !== undefined && { marginSlots: margin }),
        },
        recommendation:
          margin !== undefined && margin <= 0
            ? "Lower the low watermark: after a step it must lie below the share that is then in use, or the step is taken back at once."
            : "Lower the low watermark, or take smaller steps, so that one step moves the share in use less; `mapscope simulate LOG --recommend --margin SLOTS` finds one.",
      };
    }
  },
});
