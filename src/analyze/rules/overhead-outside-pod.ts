/** A runtime that keeps its own memory in another group than the pod's: no limit of the pod holds it. */
import { z } from "zod";
import { MiB } from "../../base/units.ts";
import type { AnalysisCgroup, AnalysisPod, AnalysisSnapshot } from "../analysis.ts";
import { podLabel, shownBytes } from "../derived/pod-words.ts";
import { defineRule, type RuleFinding } from "../rule.ts";
import { exactBytes } from "../wording.ts";

export const overheadOutsidePod = defineRule({
  id: "overhead-outside-pod",
  title: "Runtime overhead is charged outside of the pod",
  why: "What stands in another control group than the pod's is held by no limit of the pod, and by no figure of Kubernetes.",
  severity: "warning",
  needs: ["pods"],
  docs: "docs/rules/overhead-outside-pod.md",
  options: z.strictObject({
    minBytes: z
      .int()
      .positive()
      .default(16 * MiB)
      .describe("Bytes outside of pods below which a group is left alone."),
  }),

  *check({ snapshots }, { minBytes }) {
    for (const snapshot of snapshots) {
      yield* podFindings(snapshot, minBytes);
      for (const cgroup of snapshot.cgroups) {
        const finding = untied(cgroup, snapshot, minBytes);
        if (finding !== undefined) yield finding;
      }
    }
  },
});

function* podFindings({ label, pods = [] }: AnalysisSnapshot, minBytes: number) {
  for (const pod of pods) {
    const { outside, memory, limit } = pod;
    if (outside === undefined || outside.value < minBytes) continue;
    const within = pod.part?.subject === undefined ? undefined : otherwise(pod, pods);
    const limitBytes = limit?.memoryBytes;
    yield {
      subject: { snapshot: label, kind: "cgroup", id: outside.path },
      message:
        `${shownBytes(outside)} of ${podLabel(pod)} are charged to ${shortPath(outside.path)}` +
        (memory === undefined
          ? "; its own group has no figure of memory at all"
          : ` beside ${shownBytes(memory)} in its own group`) +
        (limitBytes === undefined
          ? ""
          : `: its limit of ${exactBytes(limitBytes)} does not hold them`) +
        (within?.memory === undefined || within.part?.variant === undefined
          ? ""
          : `. With ${within.part.variant} ${shownBytes(within.memory)} are charged inside`),
      evidence: {
        outsideBytes: outside.value,
        outsideAtMostBytes: outside.most,
        path: outside.path,
        ...(memory !== undefined && { insideBytes: memory.value }),
        ...(limitBytes !== undefined && { limitBytes }),
        ...(within?.memory !== undefined && { insideOtherwiseBytes: within.memory.value }),
      },
      recommendation:
        "Set sandbox_cgroup_only=true in kata's configuration.toml, so that the sandbox is charged to the pod, and declare " +
        "its share as overhead.podFixed in the RuntimeClass, so that the limit has room for it.",
    } satisfies RuleFinding;
  }
}

/** The same thing measured with everything in its group, as another variant of the report. */
function otherwise(pod: AnalysisPod, pods: readonly AnalysisPod[]): AnalysisPod | undefined {
  return pods.find(
    (it) =>
      it.part?.subject === pod.part?.subject && it !== pod && it.outside === undefined && it.memory,
  );
}

/** What the overhead group holds beyond the sandboxes that are listed in it. */
function untied(
  { role, path, part, memory, readings }: AnalysisCgroup,
  { label, cgroups, statements = [] }: AnalysisSnapshot,
  minBytes: number,
): RuleFinding | undefined {
  if (role !== "overhead" || memory === undefined) return undefined;
  const same = (other: AnalysisCgroup["part"]) =>
    other?.subject === part?.subject && other?.variant === part?.variant;
  const sandboxes = cgroups.filter((it) => it.parent === path && same(it.part) && it.memory);
  const held = sandboxes.reduce((sum, it) => sum + (it.memory?.value ?? 0), 0);
  const restBytes = memory.value - held;
  if (restBytes < minBytes) return undefined;
  const first = readings[0]?.memory;
  const before = sandboxes.length > 0 && readings.length > 1 ? first : undefined;
  const debug = statements.find(
    (it) =>
      it.name === "debug_console_enabled" &&
      it.value === "true" &&
      it.part?.subject === part?.subject,
  );
  const because = debug !== undefined && before !== undefined;
  return {
    subject: {
      snapshot: label,
      kind: "cgroup",
      id: part?.variant === undefined ? path : `${part.variant}: ${path}`,
    },
    message:
      `${path}${part?.variant === undefined ? "" : ` (${part.variant})`} holds ${shownBytes(memory)}` +
      (sandboxes.length === 0
        ? ", none of it tied to a pod of the input"
        : `: ${shownBytes({ value: held })} are of the ${sandboxes.length === 1 ? "sandbox" : `${sandboxes.length} sandboxes`} in it, ${shownBytes({ value: restBytes })} of none`) +
      (before === undefined ? "" : `; ${shownBytes(before)} were there before`) +
      (because ? `, with ${debug.name} = ${debug.value} as the report says` : ""),
    evidence: {
      path,
      memoryBytes: memory.value,
      sandboxBytes: held,
      restBytes,
      ...(before !== undefined && { beforeBytes: before.value }),
      ...(because && { setting: `${debug.name}=${debug.value}` }),
    },
    recommendation:
      `Look at who is in it with \`systemd-cgls ${path}\` and \`cat /sys/fs/cgroup/memory${path}/memory.stat\`: file pages and sandboxes that have ended stay charged there.` +
      (because ? " Turn the debug console off and measure again." : ""),
  };
}

/** An id of 64 digits says no more than its start. */
function shortPath(path: string): string {
  return path.replace(/([0-9a-f]{12})[0-9a-f]{52}/g, "$1…");
}
