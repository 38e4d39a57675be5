/** A memory figure that stays the same whatever the load: what it may be a sum of. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import type { AnalysisMeasurement, AnalysisSnapshot } from "../analysis.ts";
import { defineRule } from "../rule.ts";
import { counted, exactBytes, listed } from "../wording.ts";

type Candidates = NonNullable<AnalysisMeasurement["candidates"]>;

export const constantOverScale = defineRule({
  id: "constant-over-scale",
  title: "Memory figure does not move with the scale",
  why: "Tools that add up what maps were declared as show one figure at any load, and inner maps are in none of their rows: a constant is no proof that nothing grows.",
  severity: "warning",
  needs: ["measurements"],
  docs: "docs/rules/constant-over-scale.md",
  options: z.strictObject({
    minFactor: z
      .number()
      .gt(1)
      .default(10)
      .describe("Largest scale against the smallest, below which a constant means little."),
  }),

  *check({ snapshots }, { minFactor }) {
    for (const snapshot of snapshots) {
      for (const table of snapshot.measurements ?? []) {
        const scales = table.rows.map((it) => it.scale).filter((it) => it > 0);
        const [least, most] = [Math.min(...scales), Math.max(...scales)];
        if (scales.length === 0 || most < minFactor * least) continue;
        for (const [index, column] of table.columns.entries()) {
          const value = table.rows.map((it) => it.values[index]).find((it) => it);
          if (column.kind !== "memory" || !column.constant || !value) continue;
          const { candidates } = table;
          const fitting = candidates?.filter((it) => it.fits) ?? [];
          yield {
            subject: { snapshot: snapshot.label, kind: "measurement", id: table.id },
            message:
              `${column.title} stays at ${value.text} from ${least} to ${formatCount(most)} ${table.scale.of}. ` +
              (candidates === undefined
                ? "What it may be a sum of cannot be computed: the report does not name release and CPUs"
                : asWords(candidates, fitting, snapshot)),
            evidence: {
              valueBytes: value.value,
              leastBytes: value.least,
              mostBytes: value.most,
              scales: table.rows.map((it) => it.scale),
              ...(candidates !== undefined && {
                sumsTried: candidates.length,
                sumsThatFit: fitting.map(
                  (it) => `${it.bytes} ${it.release} ${it.accounting}: ${it.what}`,
                ),
              }),
              source: table.source,
            },
            recommendation:
              "Measure what moves: `bpftool -j map show` at each scale, counting maps without a name, and `memory.stat` of the daemon's control group (kernel, percpu).",
          };
        }
      }
    }
  },
});

function asWords(candidates: Candidates, fitting: Candidates, snapshot: AnalysisSnapshot): string {
  const tried = `Of ${counted(candidates.length, "sum")} over the release's maps as they are when created`;
  if (fitting.length === 0) return `${tried}, none is within its rounding`;
  const kernel = snapshot.host.kernelRelease?.value;
  const named = fitting.map((it) => {
    const elsewhere = candidates.filter(
      (other) => other.what === it.what && other.release === it.release && !other.fits,
    );
    const others = elsewhere.map(
      (other) => `${inBothUnits(other.bytes)} by ${KERNELS[other.accounting]}`,
    );
    return (
      `${inBothUnits(it.bytes)}: ${it.what} (${it.release}, as ${KERNELS[it.accounting]} report; ${it.tool})` +
      (others.length === 0 ? "" : `, but ${listed(others)}`)
    );
  });
  return (
    `${tried}, ${fitting.length === 1 ? "one is" : `${fitting.length} are`} within its rounding: ${named.join("; ")}. ` +
    `Nothing in the report settles it${kernel === undefined ? "" : `; the kernel it names is ${kernel}`}`
  );
}

/** The measured figure may be decimal, so both are said. */
function inBothUnits(bytes: number): string {
  return `${exactBytes(bytes)} (${(bytes / 1e6).toFixed(1)} MB)`;
}

const KERNELS: Record<string, string> = {
  "charged-pages": "kernels up to 5.10",
  "rounded-entries": "kernels 5.11 to 6.3",
  "per-type": "kernels from 6.4",
};
