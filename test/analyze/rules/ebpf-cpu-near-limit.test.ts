/** Known answers: 12.1 % of the host where a pod may take 12.5 %; 1.73 % is far from it. */
import { ebpfCpuNearLimit } from "../../../src/analyze/rules/ebpf-cpu-near-limit.ts";
import { snapshot, tablesOf } from "../factories.ts";
import { pod, podTables, share } from "../pod-facts.ts";
import { ruleCases } from "../rule-cases.ts";

const program = (cpuPercent: number) => ({
  id: 406,
  name: "cgroup_connect4",
  type: "CgroupSockAddr",
  cpuPercent: {
    value: cpuPercent,
    least: cpuPercent,
    most: cpuPercent,
    basis: "reported" as const,
  },
  source: "bpftop.txt line 3",
});
const limited = pod({ limit: { cpuMillis: 250, source: "" } });

ruleCases(ebpfCpuNearLimit, {
  fires: {
    "12.1 of 12.5 %": [
      podTables([], { statements: [share(12.1, "host"), share(12.5, "limit")] }),
      {
        subject: { snapshot: "snapshot", kind: "measurement", id: "scenario" },
        evidence: {
          usedPercent: 12.1,
          limitPercent: 12.5,
          share: 12.1 / 12.5,
          source: "report.md line 3",
        },
      },
    ],
    "13 % of one CPU is 130m of 250m": [
      tablesOf(snapshot([], { programs: [program(13)], pods: [limited] })),
      { evidence: { usedMillis: 130, limitMillis: 250, share: 0.52, programs: 1 } },
    ],
  },
  silent: {
    "1.73 of 12.5 %": podTables([], { statements: [share(1.73, "host"), share(12.5, "limit")] }),
    "a limit under another heading": podTables([], {
      statements: [share(12.1, "host"), share(12.5, "limit", "other")],
    }),
    "pods with different limits": tablesOf(
      snapshot([], {
        programs: [program(13)],
        pods: [limited, pod({ id: "b", limit: { cpuMillis: 500, source: "" } })],
      }),
    ),
  },
  notApplicable: { "no share": [podTables([]), /no share of CPU.*bpftop/] },
});
