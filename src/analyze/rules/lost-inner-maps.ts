/** Each scale-up claims a slot for which it makes no map: after cycles of growth the pool has fewer maps than it had. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import { scaleUpAt } from "../../model/scaling/thresholds.ts";
import { daemonHistories } from "../derived/daemon-histories.ts";
import { defineRule } from "../rule.ts";
import { counted } from "../wording.ts";

export const lostInnerMaps = defineRule({
  id: "lost-inner-maps",
  title: "Each cycle of growth loses an inner map",
  why: "The counter of claimed slots stays the same while the maps behind it get fewer, so a number of maps is not what its multiple of steps suggests.",
  severity: "info",
  needs: ["scale-events"],
  docs: "docs/rules/lost-inner-maps.md",
  options: z.strictObject({
    minLost: z
      .int()
      .positive()
      .default(1)
      .describe("Maps lost in cycles of growth from which it is told."),
  }),

  *check(tables, { minLost }) {
    for (const { snapshot, daemon, policy } of daemonHistories(tables)) {
      const { name, cycles = 0, claimed, live, scaleUps, slotsWithoutMap } = daemon;
      const lost = cycles * policy.lostPerScaleUp;
      if (lost < minLost || claimed === undefined || live === undefined) continue;
      // Maps that could not be made are another matter: see stuck-scaling.
      if (slotsWithoutMap !== scaleUps * policy.lostPerScaleUp) continue;
      const spare = live - scaleUpAt(policy, claimed);
      yield {
        subject: { snapshot, kind: "daemon", id: name },
        message:
          `daemon ${name} has ${counted(live, "map")} for ${formatCount(claimed)} claimed slots after ${counted(scaleUps, "scale-up")}: ` +
          `each makes ${counted(policy.lostPerScaleUp, "map")} fewer than it claims, so ${formatCount(cycles)} ` +
          `${cycles === 1 ? "cycle" : "cycles"} of growth and release lost ${formatCount(lost)} for good`,
        evidence: {
          scaleUps,
          cycles,
          claimedSlots: claimed,
          liveMaps: live,
          lostMaps: lost,
          cyclesUntilStuck: Math.floor(spare / policy.lostPerScaleUp),
        },
        recommendation:
          `Expect it when maps are counted: live maps are the claim less one for each scale-up. It does harm only after about ` +
          `${formatCount(Math.floor(spare / policy.lostPerScaleUp))} more cycles, when too few maps are left to reach the high watermark; a restart resets it.`,
      };
    }
  },
});
