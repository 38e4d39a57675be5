/** Entries on demand and small maps come from kmalloc's classes: finds those that waste much of theirs. */
import { z } from "zod";
import { formatCount, MiB, roundUp } from "../../base/units.ts";
import { SLAB_CLASSES } from "../../model/allocators.ts";
import { findMapType } from "../../model/map-types/index.ts";
import type { AnalysisFamily } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { exactBytes, percent } from "../wording.ts";

/** What a cgroup's ownership of a slab object takes beside it; no misfit of the object. */
const OWNER_POINTER = 8;

export const slabMisfit = defineRule({
  id: "slab-misfit",
  title: "Entries waste much of their slab class",
  why: "kmalloc() gives the next of a few sizes, so an entry a little over one pays for the next.",
  severity: "info",
  needs: ["definitions", "accounting"],
  docs: "docs/rules/slab-misfit.md",
  options: z.strictObject({
    minLostBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Bytes lost over all entries or maps below which a family is left alone."),
    minLostShare: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.2)
      .describe("Share of the class that is lost, below which it is left alone."),
  }),

  *check({ snapshots }, { minLostBytes, minLostShare }) {
    for (const { label, families } of snapshots) {
      for (const family of families) {
        const object = objectOf(family);
        if (object === undefined) continue;
        const { bytes, what, howMany } = object;
        // A class is less than twice what is asked, from 8 bytes on.
        if (bytes * howMany < minLostBytes) continue;
        const slab = SLAB_CLASSES.find((it) => bytes <= it);
        if (slab === undefined) continue;
        const lost = slab - bytes;
        if (lost * howMany < minLostBytes || lost < minLostShare * slab) continue;
        const below = SLAB_CLASSES.findLast((it) => it < bytes);
        const excess = below === undefined ? undefined : bytes - below;
        const { valueSize } = family;
        const isValueInside = what === "map" || hasValueInside(family);
        // More than a quarter of the value is another value, not a tighter one.
        const canShrink =
          isValueInside && excess !== undefined && valueSize !== null && excess * 4 <= valueSize;
        yield {
          subject: { snapshot: label, kind: "family", id: family.id },
          message:
            `${what === "map" ? "each of the" : "each entry of"} ${familyLabel(family)} asks for ${formatCount(bytes)} B and gets a slab object of ${formatCount(slab)} B: ` +
            `${exactBytes(lost * howMany)} (${percent(lost / slab)}) of ${formatCount(howMany)} such objects hold nothing`,
          evidence: {
            askedBytes: bytes,
            slabBytes: slab,
            objects: howMany,
            lostBytes: lost * howMany,
            lostShare: lost / slab,
            ...(excess !== undefined && { bytesOverTheClassBelow: excess }),
          },
          recommendation:
            (canShrink
              ? `A value ${formatCount(excess)} B smaller would fit the class of ${formatCount(below as number)} B; otherwise `
              : "") +
            `${canShrink ? "use" : "Use"} the ${formatCount(lost)} B that come for nothing: ` +
            (isValueInside
              ? `a value of up to ${formatCount(roundUp(valueSize ?? 0, 8) + lost)} B takes the same object.`
              : `a key of up to ${formatCount(roundUp(family.keySize ?? 0, 8) + lost)} B takes the same object; what it holds of a value is a pointer.`),
          ...(canShrink && { savesBytes: (slab - (below as number)) * howMany }),
        };
      }
    }
  },
});

/** An entry of a per-CPU map points to its values, and one of a map of maps to its map. */
function hasValueInside({ type }: AnalysisFamily): boolean {
  const known = type === null ? undefined : findMapType(type);
  return known?.isPerCpu !== true && known?.holdsMaps !== true;
}

interface SlabObject {
  readonly what: "entry" | "map";
  /** Asked of kmalloc for one. */
  readonly bytes: number;
  readonly howMany: number;
}

/** Live entries on demand; or the maps themselves, where one map is one small object that holds its slots. */
function objectOf(family: AnalysisFamily): SlabObject | undefined {
  const { entries, count, components = [], entryComponents = [] } = family;
  if (entryComponents.length > 0) {
    if (entries === undefined || entries.value === 0) return undefined;
    const entry = entryComponents.find((it) => it.room?.entries === 1 && isSlab(it));
    return entry && { what: "entry", bytes: entry.bytes, howMany: entries.value };
  }
  const [only, ...others] = components;
  if (only?.room === undefined || others.length > 0 || !isSlab(only)) return undefined;
  return { what: "map", bytes: only.bytes, howMany: count };
}

function isSlab({
  allocator,
  bytes,
  residentBytes,
}: NonNullable<AnalysisFamily["components"]>[number]) {
  if (allocator !== "kmalloc" && allocator !== "area") return false;
  const slab = SLAB_CLASSES.find((it) => bytes <= it);
  // A machine with larger pages has other classes; then the figures say so.
  return slab !== undefined && (residentBytes === slab || residentBytes === slab + OWNER_POINTER);
}
