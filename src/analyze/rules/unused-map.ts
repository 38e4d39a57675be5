/** A map that no program refers to: in the objects that declare it, or in the kernel where nothing refers to it at all. */
import { z } from "zod";
import { MiB } from "../../base/units.ts";
import type { AnalysisSnapshot } from "../analysis.ts";
import { familyLabel } from "../family-label.ts";
import { defineRule, type RuleFinding } from "../rule.ts";
import { counted, exactBytes, listed } from "../wording.ts";

export const unusedMap = defineRule({
  id: "unused-map",
  title: "Map is used by no program",
  why: "Loaders create every map that an object declares, whether one of its programs refers to it or not.",
  severity: "warning",
  needs: ["unused-maps"],
  docs: "docs/rules/unused-map.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(MiB)
      .describe("Bytes of one unused map from which it is a warning of its own."),
  }),

  *check({ snapshots }, { minBytes }) {
    for (const snapshot of snapshots) {
      yield* inObjects(snapshot, minBytes);
      yield* inKernel(snapshot);
    }
  },
});

type Declared = NonNullable<AnalysisSnapshot["objects"]>[number]["maps"][number];

function* inObjects({ label, objects = [], families }: AnalysisSnapshot, minBytes: number) {
  // Objects of one project share maps by name, so a program of any of them counts.
  const used = new Set(
    objects.flatMap(({ maps }) => maps.filter((it) => it.programs.length > 0).map((it) => it.name)),
  );
  const withPrograms = objects.filter(({ maps }) => maps.some((it) => it.programs.length > 0));
  const told = new Set<string>();
  for (const { file, maps } of withPrograms) {
    const unused = maps.filter((it) => mayBeUsed(it) && !used.has(it.name) && !told.has(it.name));
    const small: string[] = [];
    for (const map of unused) {
      told.add(map.name);
      const live = families.find((it) => it.declared?.name === map.name);
      const bytes = live?.residentBytes?.value ?? map.preallocatedBytes;
      if (bytes === undefined || bytes < minBytes) {
        small.push(map.name);
        continue;
      }
      yield {
        subject: { snapshot: label, kind: "object", id: `${file}: ${map.name}` },
        message: `${map.name} is declared in ${file}, but no program of the given objects refers to it: it takes ${exactBytes(bytes)}${live === undefined ? " when it is created" : ""}`,
        evidence: { object: file, map: map.name, bytes, isLive: live !== undefined },
        recommendation:
          "Take the declaration out of the object, or tell the loader not to create it; if only user space uses it, let user space create it when it is needed.",
        savesBytes: bytes,
      } satisfies RuleFinding;
    }
    if (small.length > 0) {
      yield {
        severity: "info",
        subject: { snapshot: label, kind: "object", id: file },
        message: `${file} declares ${counted(small.length, "map")} that no program of the given objects refers to: ${listed(small)}`,
        evidence: { object: file, maps: small },
        recommendation:
          "Take the declarations out, unless user space alone reads and writes these maps.",
      } satisfies RuleFinding;
    }
  }
}

/** Variables are made when a program refers to them, struct_ops hold programs themselves, inner maps are found through their outer map. */
function mayBeUsed({ origin, heldBy }: Declared): boolean {
  return (origin === "btf" || origin === "legacy") && heldBy === undefined;
}

function* inKernel({ label, families }: AnalysisSnapshot): Generator<RuleFinding> {
  for (const family of families) {
    const { references, count, role } = family;
    const orphans = references?.byNothing ?? 0;
    if (orphans === 0 || role === "inner") continue;
    const all = (family.residentBytes ?? family.preallocatedBytes)?.value;
    const bytes = all === undefined ? undefined : Math.round((all / count) * orphans);
    yield {
      severity: "info",
      subject: { snapshot: label, kind: "family", id: family.id },
      message:
        `${familyLabel(family)}: no program, process or pin of the capture refers to ${orphans === 1 && count === 1 ? "it" : `${counted(orphans, "map")} of ${counted(count, "map")}`}` +
        (bytes === undefined ? "" : ` (${exactBytes(bytes)})`),
      evidence: { maps: orphans, ...(bytes !== undefined && { residentBytes: bytes }) },
      recommendation:
        "Something keeps it, or the kernel would have freed it: look for a bpf link (`bpftool link show`), an outer map that was not dumped, or a process in another PID namespace; then capture again, all lists at one time.",
    };
  }
}
