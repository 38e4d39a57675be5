/** Maps that differ in their value size only are size classes: finds classes that do not fit the values seen. */
import { z } from "zod";
import { formatCount, MiB, roundUp } from "../../base/units.ts";
import { slabBytes } from "../../model/allocators.ts";
import type { AnalysisFamily, AnalysisSnapshot } from "../analysis.ts";
import { valueLengths } from "../derived/value-lengths.ts";
import { defineRule } from "../rule.ts";
import { bestClasses } from "../size-classes.ts";
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
      for (const [name, classes] of classSets(snapshot)) {
        const overhead = overheadOf(classes);
        if (overhead === undefined) continue;
        const slot = (size: number) =>
          slabBytes(overhead + roundUp(size, 8), snapshot.host.pageSize.value);
        const lengths = new Map<number, number>();
        let now = 0;
        for (const family of classes) {
          for (const [length, count] of valueLengths(family) ?? []) {
            lengths.set(length, (lengths.get(length) ?? 0) + count);
            now += count * slot(family.valueSize ?? 0);
          }
        }
        // Each class has buckets of its own, so fewer classes may be better.
        const fixed = Math.max(
          ...classes.map((it) => (it.preallocatedBytes?.value ?? 0) / it.count),
        );
        const values = [...lengths.values()].reduce((sum, it) => sum + it, 0);
        const whole = now + fixed * classes.length;
        const plans = bestClasses(lengths, classes.length, slot).map((it) => ({
          ...it,
          bytes: it.slotBytes + fixed * it.sizes.length,
        }));
        const best = plans.reduce<(typeof plans)[number] | undefined>(
          (least, it) => (least === undefined || it.bytes < least.bytes ? it : least),
          undefined,
        );
        if (best === undefined) continue;
        const saves = Math.round(whole - best.bytes);
        if (saves < minSavedBytes || saves < minSavedShare * whole) continue;
        const sizes = classes.map((it) => it.valueSize ?? 0);
        yield {
          subject: { snapshot: snapshot.label, kind: "family", id: classes[0]?.id ?? name },
          message:
            `${name}${sizes.join("/")}: ${formatCount(values)} values take ${exactBytes(Math.round(whole))} (${exactBytes(now)} in slots of ${sizes.length} classes, ` +
            `${exactBytes(Math.round(fixed * classes.length))} for the classes themselves); ` +
            `${best.sizes.length === 1 ? "one class" : `${best.sizes.length} classes`} of ${best.sizes.map(formatCount).join("/")} would take ${exactBytes(Math.round(best.bytes))} (${percent(saves / whole)} less)`,
          evidence: {
            classes: sizes,
            values,
            slotBytes: now,
            classBytes: Math.round(fixed * classes.length),
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

/** `kmesh_map64`, `kmesh_map192`: the name ends in the value's size, and all else is alike. */
function* classSets({ families }: AnalysisSnapshot): Generator<[string, AnalysisFamily[]]> {
  const sets = new Map<string, AnalysisFamily[]>();
  for (const family of families) {
    const name = family.fullName ?? family.name;
    if (name === null || name === undefined || family.valueSize === null) continue;
    const size = String(family.valueSize);
    if (!name.endsWith(size) || family.entryComponents === undefined) continue;
    const key = `${name.slice(0, -size.length)}\n${family.type}\n${family.keySize}`;
    sets.set(key, [...(sets.get(key) ?? []), family]);
  }
  for (const [key, classes] of sets) {
    const told = classes.every((it) => it.entries?.value === 0 || valueLengths(it) !== undefined);
    if (classes.length < 2 || !told) continue;
    classes.sort((a, b) => (a.valueSize ?? 0) - (b.valueSize ?? 0));
    yield [key.split("\n")[0] as string, classes];
  }
}

/** What an entry asks for beside its value, the same in every class. */
function overheadOf(classes: readonly AnalysisFamily[]): number | undefined {
  const [first] = classes;
  const [entry] = first?.entryComponents ?? [];
  return entry === undefined || first?.valueSize == null
    ? undefined
    : entry.bytes - roundUp(first.valueSize, 8);
}
