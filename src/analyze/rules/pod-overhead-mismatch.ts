/** What a RuntimeClass declares for the sandbox against what the sandbox takes. */
import { z } from "zod";
import { MiB } from "../../base/units.ts";
import type { AnalysisPod, AnalysisSnapshot } from "../analysis.ts";
import { heldFor, podLabel, shownBytes, topShows } from "../derived/pod-words.ts";
import { defineRule } from "../rule.ts";
import { exactBytes, percent } from "../wording.ts";

export const podOverheadMismatch = defineRule({
  id: "pod-overhead-mismatch",
  title: "Declared pod overhead is not what the sandbox takes",
  why: "Scheduler, quota and the pod's own limit count the declared overhead, so a sandbox that takes more is killed, or pushes the node out of memory.",
  severity: "warning",
  needs: ["pods"],
  docs: "docs/rules/pod-overhead-mismatch.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(16 * MiB)
      .describe("Difference in bytes, either way, from which it is told."),
  }),

  *check({ snapshots }, { minBytes }) {
    for (const snapshot of snapshots) {
      for (const pod of snapshot.pods ?? []) {
        const declared = declaredFor(pod, snapshot);
        const held = heldFor(pod);
        // Only a runtime that the input names has a sandbox to pay for.
        if (declared === undefined || held === undefined || pod.runtime === undefined) continue;
        if (pod.runtime === "runc" || pod.runtime === "crun" || pod.workingSet === undefined)
          continue;
        const least = Math.max(0, held.least - pod.workingSet.most);
        const most = held.most - pod.workingSet.least;
        const isOver = least > declared.bytes;
        const gap = isOver ? least - declared.bytes : declared.bytes - most;
        if (gap < minBytes) continue;
        yield {
          severity: isOver ? "warning" : "info",
          subject: { snapshot: snapshot.label, kind: "cgroup", id: pod.id },
          message:
            `${podLabel(pod)} holds ${shownBytes(held)} under ${pod.runtime}, of which its containers show ${topShows(pod.workingSet)}: ` +
            (declared.bytes === 0
              ? "no pod overhead is declared for the rest"
              : isOver
                ? `the rest is more than the ${exactBytes(declared.bytes)} of overhead that are declared`
                : `the rest is at most ${percent(Math.min(1, most / declared.bytes))} of the ${exactBytes(declared.bytes)} of overhead that are declared`),
          evidence: {
            declaredBytes: declared.bytes,
            declaredIn: declared.source,
            heldBytes: held.value,
            containersBytes: pod.workingSet.value,
            overheadAtLeastBytes: least,
            overheadAtMostBytes: most,
            ...(declared.byNode !== undefined && { limitWithOverheadBytes: declared.byNode }),
          },
          recommendation: isOver
            ? "Set overhead.podFixed.memory of the RuntimeClass to what an idle sandbox takes, with room for its page cache, and measure under load too."
            : "Keep it if it was measured under load; an idle sandbox needs less, so a smaller overhead.podFixed.memory would let more pods fit.",
        };
      }
    }
  },
});

interface Declared {
  readonly bytes: number;
  readonly source: string;
  /** The limit that the node counts, when it is limit and overhead together to the byte. */
  readonly byNode?: number;
}

function declaredFor(
  pod: AnalysisPod,
  { statements = [] }: AnalysisSnapshot,
): Declared | undefined {
  const here = statements.filter((it) => it.part?.subject === pod.part?.subject);
  const stated = here.find((it) => it.kind === "pod-overhead");
  const own = here.find((it) => it.kind === "pod-limit" && it.memoryBytes !== undefined);
  const counted = pod.limit?.memoryBytes;
  const rest =
    counted !== undefined && own?.memoryBytes !== undefined && pod.limit?.source !== own.source
      ? counted - own.memoryBytes
      : undefined;
  if (stated?.memoryBytes !== undefined) {
    const agrees = rest === stated.memoryBytes && counted !== undefined;
    return { bytes: stated.memoryBytes, source: stated.source, ...(agrees && { byNode: counted }) };
  }
  return rest !== undefined && rest > 0
    ? { bytes: rest, source: pod.limit?.source ?? "" }
    : undefined;
}
