/** Each scale-up claims a slot for which it makes no map: after cycles of growth the pool has fewer maps than it had. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import { scaleUpAt } from "../../model/scaling/thresholds.ts";
import { type DaemonHistory, daemonHistories } from "../derived/daemon-histories.ts";
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
      const untilStuck = cyclesUntilStuck(daemon, policy);
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
          cyclesUntilStuck: untilStuck,
        },
        recommendation:
          `Expect it when maps are counted: live maps are the claim less one for each scale-up. It does harm only after about ` +
          `${formatCount(untilStuck)} more cycles, when the claim that it comes back to has too few maps left to reach the high watermark; a restart resets it.`,
      };
    }
  },
});

/** The lowest claim that a cycle comes back to runs short first: what is lost is the same there, and its spare is the least. */
function cyclesUntilStuck(
  { steps, scaleUps }: DaemonHistory["daemon"],
  policy: DaemonHistory["policy"],
): number {
  const lowest = steps.reduce(
    (least, { event, claimedAfter }) =>
      event === "scale-in" && claimedAfter !== undefined ? Math.min(least, claimedAfter) : least,
    Number.POSITIVE_INFINITY,
  );
  const spare = lowest - scaleUps * policy.lostPerScaleUp - scaleUpAt(policy, lowest);
  return Math.max(0, Math.floor(spare / policy.lostPerScaleUp));
}
