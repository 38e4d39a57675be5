/** Holes in the structs of keys and values are paid for in every entry. */
import { z } from "zod";
import { formatCount, MiB, roundUp } from "../../base/units.ts";
import { slabBytes } from "../../model/allocators.ts";
import { findMapType } from "../../model/map-types/index.ts";
import type { AnalysisFamily, AnalysisSnapshot } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { exactBytes } from "../wording.ts";

export const keyValuePadding = defineRule({
  id: "key-value-padding",
  title: "Keys and values are partly padding",
  why: "The compiler leaves holes between members, and the map pays for them in every entry (per-CPU maps once for each CPU).",
  severity: "info",
  needs: ["declarations"],
  docs: "docs/rules/key-value-padding.md",
  options: z.strictObject({
    minLostBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Bytes of padding over all entries below which a map is left alone."),
  }),

  *check({ snapshots }, { minLostBytes }) {
    for (const snapshot of snapshots) {
      for (const family of snapshot.families) {
        const padding = paddingOf(family, snapshot);
        if (padding === undefined) continue;
        const entries = entriesPaid(family);
        const copies = copiesOf(family, snapshot);
        if (entries === undefined || copies === undefined) continue;
        const { keyBytes, valueBytes } = padding;
        const lost = (keyBytes + valueBytes * copies) * entries;
        const saves = savedBytes(family, padding, copies, snapshot.host.pageSize.value) * entries;
        // Sizes are rounded up again in the kernel: padding that this swallows costs nothing.
        if (lost < minLostBytes || saves <= 0) continue;
        yield {
          subject: { snapshot: snapshot.label, kind: "family", id: family.id },
          message:
            `${familyLabel(family)} has ${exactBytes(keyBytes)} of padding in each key and ${exactBytes(valueBytes)} in each value${copies > 1 ? ` on each of ${formatCount(copies)} possible CPUs` : ""}: ` +
            `${exactBytes(lost)} over ${formatCount(entries)} entries`,
          evidence: {
            keyPaddingBytes: keyBytes,
            valuePaddingBytes: valueBytes,
            copies,
            entries,
            lostBytes: lost,
            object: family.declared?.object ?? "",
          },
          recommendation:
            "Order the members from the largest to the smallest, which leaves holes at the end only (`mapscope inspect OBJECT --layout` shows them); padding in a key must be zeroed before each lookup, or equal keys differ.",
          savesBytes: saves,
        };
      }
    }
  },
});

type Padding = { readonly keyBytes: number; readonly valueBytes: number };

/** Of the declaration, when the live map has its sizes. */
function paddingOf({ declared }: AnalysisFamily, { objects = [] }: AnalysisSnapshot) {
  if (declared === undefined || declared.ambiguous) return undefined;
  if (declared.differences.some((it) => it.field !== "maxEntries" && it.field !== "flags"))
    return undefined;
  const object = objects.find((it) => it.file === declared.object);
  return object?.maps.find((it) => it.name === declared.name)?.padding;
}

/** Entries that take memory: all that fit where they are preallocated, else those that are live. */
function entriesPaid(family: AnalysisFamily): number | undefined {
  const { components, entryComponents, entries, maxEntries, count } = family;
  if (entryComponents !== undefined) return entries?.value;
  const isPreallocated = components?.some((it) => it.holds === "entries") === true;
  return isPreallocated && maxEntries !== null ? maxEntries * count : undefined;
}

function copiesOf({ type }: AnalysisFamily, { host }: AnalysisSnapshot): number | undefined {
  return type !== null && findMapType(type)?.isPerCpu === true ? host.possibleCpus?.value : 1;
}

/** For one entry, after the kernel's own rounding to 8 bytes and to slab classes. */
function savedBytes(
  { keySize, valueSize, type, entryComponents = [] }: AnalysisFamily,
  { keyBytes, valueBytes }: Padding,
  copies: number,
  pageSize: number,
): number {
  if (keySize === null || valueSize === null || type === null) return 0;
  const less = (size: number, padding: number) => roundUp(size, 8) - roundUp(size - padding, 8);
  // The key of an array is its index, which is stored nowhere.
  const key = findMapType(type)?.holds === "slots" ? 0 : less(keySize, keyBytes);
  const value = less(valueSize, valueBytes) * copies;
  const [entry] = entryComponents;
  if (entry === undefined || copies > 1) return key + value;
  return slabBytes(entry.bytes, pageSize) - slabBytes(entry.bytes - key - value, pageSize);
}
