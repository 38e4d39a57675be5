/** Known answers: kata with sandbox_cgroup_only=false, 110.7 MiB of 175.8 MiB in the sandbox's group. */
import { overheadOutsidePod } from "../../../src/analyze/rules/overhead-outside-pod.ts";
import { cgroup, held, MIB, pod, podTables, shown, statement } from "../pod-facts.ts";
import { ruleCases } from "../rule-cases.ts";

const SANDBOX = "/kata_overhead/84e5718cae98b3d72a9a7267525eab84d4ea4dc0aca7367bf14dc122241cbba5";
const outside = pod({
  outside: held(110.7, SANDBOX),
  limit: { memoryBytes: 1184 * MIB, source: "" },
});
const sandbox = cgroup(SANDBOX, 110.7, { role: "sandbox-overhead", parent: "/kata_overhead" });
const overhead = (readings: number[]) =>
  cgroup("/kata_overhead", readings.at(-1) ?? 0, {
    role: "overhead",
    readings: readings.map((it) => ({ memory: shown(it), source: "" })),
  });

ruleCases(overheadOutsidePod, {
  fires: {
    "a sandbox outside of its pod": [
      podTables([outside]),
      {
        severity: "warning",
        subject: { snapshot: "snapshot", kind: "cgroup", id: SANDBOX },
        evidence: {
          outsideBytes: shown(110.7).value,
          outsideAtMostBytes: shown(110.7).most,
          path: SANDBOX,
          limitBytes: 1184 * MIB,
        },
      },
    ],
    "what is of no sandbox is told apart, with what was there before": [
      podTables([pod({})], {
        cgroups: [overhead([65, 175.8]), sandbox],
        statements: [statement({ name: "debug_console_enabled", value: "true" })],
      }),
      {
        evidence: {
          path: "/kata_overhead",
          memoryBytes: shown(175.8).value,
          sandboxBytes: shown(110.7).value,
          restBytes: shown(175.8).value - shown(110.7).value,
          beforeBytes: 65 * MIB,
          setting: "debug_console_enabled=true",
        },
      },
    ],
  },
  silent: {
    "a pod that has everything in its group": podTables([pod({ memory: held(110.2) })]),
    "an overhead group below the least": podTables([pod({})], { cgroups: [overhead([4.9])] }),
    "a service of the host": podTables([pod({})], {
      cgroups: [cgroup("/system.slice/kata-monitor.service", 23, { role: "service" })],
    }),
  },
  notApplicable: { "no pod": [podTables([]), /no control group of a pod.*systemd-cgtop/] },
});
