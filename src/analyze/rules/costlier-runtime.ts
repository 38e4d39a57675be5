/** The same pod under two runtimes: how much more one of them takes. */
import { z } from "zod";
import { MiB } from "../../base/units.ts";
import { shownBytes } from "../derived/pod-words.ts";
import { defineRule } from "../rule.ts";

export const costlierRuntime = defineRule({
  id: "costlier-runtime",
  title: "The same pod takes more memory under another runtime",
  why: "A sandbox with a kernel of its own is paid for by every pod, whatever runs in it, so it decides how many pods a node can have.",
  severity: "warning",
  needs: ["runtime-comparison"],
  docs: "docs/rules/costlier-runtime.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(16 * MiB)
      .describe("Difference in bytes from which a comparison is told."),
  }),

  *check({ snapshots }, { minBytes }) {
    for (const { label, podComparisons = [], pods = [] } of snapshots) {
      for (const { subject, from, to, difference } of podComparisons) {
        if (Math.abs(difference.value) < minBytes) continue;
        const [less, more] = difference.value > 0 ? [from, to] : [to, from];
        const factor = less.total.value > 0 ? more.total.value / less.total.value : undefined;
        const limitBytes = pods.find((it) => it.id === more.pod)?.limit?.memoryBytes;
        yield {
          subject: { snapshot: label, kind: "cgroup", id: subject },
          message:
            `${subject}: ${shownBytes(less.total)} under ${less.variant}, ${shownBytes(more.total)} under ${more.variant}, ` +
            `${shownBytes({ value: Math.abs(difference.value) })} more` +
            (factor === undefined ? "" : ` (${times(factor)})`),
          evidence: {
            lessVariant: less.variant,
            lessBytes: less.total.value,
            moreVariant: more.variant,
            moreBytes: more.total.value,
            differenceBytes: Math.abs(difference.value),
            differenceErrorBytes: Math.max(
              difference.most - difference.value,
              difference.value - difference.least,
            ),
            ...(limitBytes !== undefined && { limitBytes }),
          },
          recommendation: `Count ${shownBytes({ value: Math.abs(difference.value) })} more for each pod like it under ${more.variant}, and declare it in the RuntimeClass (overhead.podFixed.memory), or the scheduler places more pods than fit.`,
        };
      }
    }
  },
});

function times(factor: number): string {
  return `${factor < 10 ? factor.toFixed(1) : Math.round(factor)} times`;
}
