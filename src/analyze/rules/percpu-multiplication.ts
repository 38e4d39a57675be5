/** Per-CPU values are there once for each possible CPU: finds those that are paid for CPUs that never run. */
import { z } from "zod";
import { formatCount, MiB } from "../../base/units.ts";
import { findMapType } from "../../model/map-types/index.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule } from "../rule.ts";
import { exactBytes, percent } from "../wording.ts";

export const percpuMultiplication = defineRule({
  id: "percpu-multiplication",
  title: "Per-CPU values multiply by possible CPUs",
  why: "A per-CPU map has a copy of each value for every CPU that could ever be plugged in, online or not.",
  severity: "warning",
  needs: ["definitions", "possible-cpus"],
  docs: "docs/rules/percpu-multiplication.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(16 * MiB)
      .describe("Bytes of copies of a family from which it is named, whatever CPUs are online."),
    minUnusedBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Bytes of copies for CPUs that are not online, from which a family is named."),
  }),

  *check({ snapshots }, { minBytes, minUnusedBytes }) {
    for (const { label, host, families } of snapshots) {
      const possible = host.possibleCpus?.value;
      if (possible === undefined || possible < 2) continue;
      const online = host.onlineCpus?.value;
      for (const family of families) {
        if (family.type === null || findMapType(family.type)?.isPerCpu !== true) continue;
        const copies = copiesBytes(family);
        if (copies === undefined) continue;
        const unused =
          online === undefined || online >= possible
            ? undefined
            : Math.round((copies * (possible - online)) / possible);
        const isUnused = unused !== undefined && unused >= minUnusedBytes;
        if (!isUnused && copies < minBytes) continue;
        const once = Math.round(copies / possible);
        yield {
          severity: isUnused ? "warning" : "info",
          subject: { snapshot: label, kind: "family", id: family.id },
          message:
            `${familyLabel(family)} has its values once for each of ${formatCount(possible)} possible CPUs: ` +
            `${exactBytes(once)} become ${exactBytes(copies)}` +
            (isUnused
              ? `, of which ${exactBytes(unused)} (${percent(unused / copies)}) are for CPUs that are not online (${formatCount(online as number)} are)`
              : ""),
          evidence: {
            possibleCpus: possible,
            ...(online !== undefined && { onlineCpus: online }),
            copiesBytes: copies,
            bytesForOneCpu: once,
            ...(isUnused && { unusedBytes: unused }),
          },
          recommendation: isUnused
            ? "Let the machine say how many CPUs it can have: the hypervisor's limit of CPUs to be plugged in, or `possible_cpus=` on the kernel's command line."
            : "Where programs on different CPUs seldom meet at one key, a shared value with atomic adds (__sync_fetch_and_add()) takes one copy; else lower max_entries.",
          ...(isUnused && { savesBytes: unused }),
        };
      }
    }
  },
});

type Part = { readonly allocator: string; readonly bytes: number; readonly holds: string };

/** Asked of the per-CPU allocator for values, over all maps of the family; undefined when that is not known. */
function copiesBytes(family: {
  readonly count: number;
  readonly entries?: { readonly value: number } | undefined;
  readonly components?: readonly Part[] | undefined;
  readonly entryComponents?: readonly Part[] | undefined;
}): number | undefined {
  const { count, entries, components = [], entryComponents = [] } = family;
  const isCopy = (it: Part) => it.allocator === "percpu" && it.holds === "entries";
  const sum = (parts: readonly Part[]) =>
    parts.filter(isCopy).reduce((total, it) => total + it.bytes, 0);
  if (entryComponents.some(isCopy)) {
    return entries === undefined ? undefined : sum(entryComponents) * entries.value;
  }
  const bytes = sum(components) * count;
  return bytes > 0 ? bytes : undefined;
}
