/** Maps that differ in their value size only are size classes: finds classes that do not fit the values seen. */
import { z } from "zod";
import { formatCount, MiB } from "../../base/units.ts";
import { bestPlan, slotClasses } from "../derived/slot-classes.ts";
import { defineRule } from "../rule.ts";
import { exactBytes, percent } from "../wording.ts";

export const slotSizeMisfit = defineRule({
  id: "slot-size-misfit",
  title: "Size classes do not fit the values",
  why: "A value goes into the smallest class that holds it, and the rest of the slot is paid for nothing.",
  severity: "warning",
  needs: ["definitions", "value-lengths"],
  docs: "docs/rules/slot-size-misfit.md",
  options: z.strictObject({
    minSavedBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Bytes that the best classes would save, below which nothing is said."),
    minSavedShare: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.2)
      .describe("Share of what the classes take now that they would save."),
  }),

  *check({ snapshots }, { minSavedBytes, minSavedShare }) {
    for (const snapshot of snapshots) {
      for (const set of slotClasses(snapshot)) {
        const { name, families, sizes, lengths, values, slotBytes } = set;
        const classBytes = set.bytesPerClass * sizes.length;
        const whole = slotBytes + classBytes;
        const best = bestPlan(set);
        if (best === undefined) continue;
        const saves = Math.round(whole - best.bytes);
        if (saves < minSavedBytes || saves < minSavedShare * whole) continue;
        yield {
          subject: { snapshot: snapshot.label, kind: "family", id: families[0]?.id ?? name },
          message:
            `${name}${sizes.join("/")}: ${formatCount(values)} values take ${exactBytes(Math.round(whole))} (${exactBytes(slotBytes)} in slots of ${sizes.length} classes, ` +
            `${exactBytes(Math.round(classBytes))} for the classes themselves); ` +
            `${best.sizes.length === 1 ? "one class" : `${best.sizes.length} classes`} of ${best.sizes.map(formatCount).join("/")} would take ${exactBytes(Math.round(best.bytes))} (${percent(saves / whole)} less)`,
          evidence: {
            classes: [...sizes],
            values,
            slotBytes,
            classBytes: Math.round(classBytes),
            bestClasses: [...best.sizes],
            bestBytes: Math.round(best.bytes),
            longestValue: Math.max(...lengths.keys()),
          },
          recommendation:
            "Choose the classes after the values: lengths are counted without trailing zeros, so round them up to the sizes of the messages themselves; whatever picks the class by a message's type has to change with them.",
          savesBytes: saves,
        };
      }
    }
  },
});
