/** BPF programs run in the task that calls them, so their time is taken from the CPU limit of its pod. */
import { z } from "zod";
import type { AnalysisSnapshot, AnalysisStatement } from "../analysis.ts";
import { defineRule, type RuleFinding } from "../rule.ts";
import { percent } from "../wording.ts";

export const ebpfCpuNearLimit = defineRule({
  id: "ebpf-cpu-near-limit",
  title: "BPF programs take most of a pod's CPU limit",
  why: "The time of a program that runs at a socket call is the caller's: what it takes of the pod's limit is missing for the application.",
  severity: "warning",
  needs: ["cpu-shares"],
  docs: "docs/rules/ebpf-cpu-near-limit.md",
  options: z.strictObject({
    minShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.5)
      .describe("Share of the limit from which it is told."),
  }),

  *check({ snapshots }, { minShare }) {
    for (const snapshot of snapshots) {
      yield* stated(snapshot, minShare);
      const shown = shownBy(snapshot, minShare);
      if (shown !== undefined) yield shown;
    }
  },
});

/** What the report says of programs and of the limit, under one heading. */
function* stated({ label, statements = [] }: AnalysisSnapshot, minShare: number) {
  const headings = new Map<string, AnalysisStatement[]>();
  for (const it of statements) {
    if (it.kind !== "cpu-share") continue;
    const heading = it.part?.heading ?? "";
    headings.set(heading, [...(headings.get(heading) ?? []), it]);
  }
  for (const [heading, own] of headings) {
    const limit = own.find((it) => it.of === "limit")?.percent;
    const used = own
      .filter((it) => it.of === "host" && it.percent !== undefined)
      .reduce<AnalysisStatement | undefined>(
        (most, it) => ((it.percent?.value ?? 0) > (most?.percent?.value ?? 0) ? it : most),
        undefined,
      );
    if (limit === undefined || used?.percent === undefined || limit.value <= 0) continue;
    const share = used.percent.value / limit.value;
    if (share < minShare) continue;
    yield {
      subject: { snapshot: label, kind: "measurement", id: heading || used.source },
      message:
        `${heading === "" ? "" : `${heading}: `}BPF programs take ${used.percent.value} % of the host's CPU where the pod may take ${limit.value} %: ` +
        `${percent(share)} of the limit, ${percent(Math.max(0, 1 - share))} is left for the application`,
      evidence: {
        usedPercent: used.percent.value,
        limitPercent: limit.value,
        share,
        source: used.source,
      },
      recommendation:
        "Raise the pod's CPU limit by what the programs take, or make the path shorter; `bpftool prog profile id ID duration 10 cycles` says which program it is.",
    } satisfies RuleFinding;
  }
}

/** Programs of a screen of bpftop against a limit that all pods of the input share. */
function shownBy({ label, programs, pods = [] }: AnalysisSnapshot, minShare: number) {
  const measured = programs.filter((it) => it.cpuPercent !== undefined);
  const limits = new Set(pods.flatMap((it) => it.limit?.cpuMillis ?? []));
  const [limit] = limits;
  if (measured.length === 0 || limit === undefined || limits.size > 1) return undefined;
  const millis = measured.reduce((sum, it) => sum + (it.cpuPercent?.value ?? 0) * 10, 0);
  const share = millis / limit;
  if (share < minShare) return undefined;
  return {
    subject: { snapshot: label, kind: "measurement", id: "bpftop" },
    message: `${measured.length} BPF programs take ${Math.round(millis)}m of CPU together, ${percent(share)} of the ${limit}m that a pod may take`,
    evidence: {
      usedMillis: Math.round(millis),
      limitMillis: limit,
      share,
      programs: measured.length,
    },
    recommendation:
      "Find out in whose calls they run: only what runs for the pod's own tasks is taken from its limit. `bpftool prog profile id ID duration 10 cycles` measures one.",
  } satisfies RuleFinding;
}
