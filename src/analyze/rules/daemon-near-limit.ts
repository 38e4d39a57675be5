/** A pod close to its memory limit, and how much of what it is charged are maps that it made. */
import { z } from "zod";
import type { AnalysisPod, AnalysisSnapshot } from "../analysis.ts";
import { memoryShare } from "../derived/memory-share.ts";
import { podLabel, shownBytes } from "../derived/pod-words.ts";
import { defineRule } from "../rule.ts";
import { exactBytes, percent } from "../wording.ts";

export const daemonNearLimit = defineRule({
  id: "daemon-near-limit",
  title: "Pod is close to its memory limit",
  why: "Since Linux 5.11 a map is charged to the memory cgroup of the task that makes it, so the daemon's limit holds its maps too: the next one fails, or the daemon is killed.",
  severity: "warning",
  needs: ["pods", "pod-limits"],
  docs: "docs/rules/daemon-near-limit.md",
  options: z.strictObject({
    minShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.8)
      .describe("Share of the limit from which a pod is named."),
  }),

  *check({ snapshots }, { minShare }) {
    for (const snapshot of snapshots) {
      for (const pod of snapshot.pods ?? []) {
        const used = pod.memory ?? pod.workingSet;
        const limitBytes = pod.limit?.memoryBytes;
        const against = used && memoryShare(used.value, limitBytes);
        if (used === undefined || against === undefined || against.share < minShare) continue;
        const mapBytes = ownMaps(pod, snapshot);
        yield {
          severity: against.share >= 0.95 ? "error" : "warning",
          subject: { snapshot: snapshot.label, kind: "daemon", id: pod.id },
          message:
            `${podLabel(pod)} holds ${shownBytes(used)} of the ${exactBytes(limitBytes ?? 0)} that it may (${percent(against.share)})` +
            (mapBytes === undefined
              ? ""
              : `; maps that it makes are charged with ${exactBytes(mapBytes)} by the model`),
          evidence: {
            usedBytes: used.value,
            limitBytes: limitBytes ?? 0,
            share: against.share,
            roomBytes: against.roomBytes,
            ...(mapBytes !== undefined && { mapsChargedBytes: mapBytes }),
            source: used.source,
          },
          recommendation:
            "Raise the limit by what the maps may still grow (their bytes when full), or make them smaller. A map that an " +
            "earlier daemon made and left pinned stays charged to that daemon's group, so a restart may only seem to help.",
        };
      }
    }
  },
});

/** Charged bytes of the maps of a project that the pod is named after; undefined when none, or not known. */
function ownMaps({ name }: AnalysisPod, { families }: AnalysisSnapshot): number | undefined {
  const own = families.filter(
    ({ owner }) =>
      owner !== undefined &&
      name?.toLowerCase().startsWith(owner.name.split(" ")[0]?.toLowerCase() ?? "-"),
  );
  const charged = own.flatMap(({ components = [], count }) =>
    components.map((it) => it.chargedBytes * count),
  );
  return charged.length === 0 ? undefined : charged.reduce((sum, it) => sum + it, 0);
}
