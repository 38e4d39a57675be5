/** Per-CPU copies: values rounded to 8, once for each possible CPU. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../../src/analyze/analysis.ts";
import { percpuMultiplication } from "../../../src/analyze/rules/percpu-multiplication.ts";
import { MiB } from "../../../src/base/units.ts";
import { family, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const fact = <Value>(value: Value) => ({ value, basis: "reported", source: "" }) as const;
const tables = (
  copies: number,
  cpus: { possible?: number; online?: number },
  type = "percpu_hash",
) => {
  const components = [
    { name: "preallocated values", allocator: "percpu", bytes: copies, holds: "entries" },
  ] as unknown as NonNullable<AnalysisFamily["components"]>;
  const host = {
    pageSize: fact(4096),
    ...(cpus.possible !== undefined && { possibleCpus: fact(cpus.possible) }),
    ...(cpus.online !== undefined && { onlineCpus: fact(cpus.online) }),
  } as AnalysisSnapshot["host"];
  return tablesOf(snapshot([family({ name: "stats", type, components })], { host }));
};

ruleCases(percpuMultiplication, {
  fires: {
    "128 possible, 8 online": [
      tables(128 * MiB, { possible: 128, online: 8 }),
      {
        severity: "warning",
        savesBytes: 120 * MiB,
        message:
          "stats has its values once for each of 128 possible CPUs: 1,048,576 bytes become 134,217,728 bytes, of which 125,829,120 bytes (94 %) are for CPUs that are not online (8 are)",
      },
    ],
    "large without knowing who is online": [
      tables(16 * MiB, { possible: 64 }),
      {
        severity: "info",
        evidence: { possibleCpus: 64, copiesBytes: 16 * MiB, bytesForOneCpu: MiB / 4 },
      },
    ],
  },
  silent: {
    "all online, and not large": tables(8 * MiB, { possible: 8, online: 8 }),
    "few bytes for the others": tables(MiB, { possible: 8, online: 6 }),
    "one CPU": tables(64 * MiB, { possible: 1 }),
    "a map that is not per-CPU": tables(64 * MiB, { possible: 64 }, "hash"),
  },
  notApplicable: {
    "possible CPUs not known": [tables(MiB, {}), /possible CPUs are not known; .*possible\.txt/],
  },
});
