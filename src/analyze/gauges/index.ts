/** Every gauge, in the order in which they are written. */

import { DIAGNOSTIC_LEVELS } from "../../base/diagnostic.ts";
import type { Analysis, AnalysisSnapshot } from "../analysis.ts";
import { BYTE_FIGURES } from "../figures.ts";
import { SEVERITIES } from "../severity.ts";
import { FAMILY_GAUGES, snakeCase } from "./family-gauges.ts";
import type { Gauge, Sample } from "./gauge.ts";

export const gauges: readonly Gauge[] = [
  {
    name: "mapscope_build_info",
    help: "1, with the version of mapscope.",
    labels: ["version"],
    samples: ({ tool }) => [{ labels: { version: tool.version }, value: 1 }],
  },
  {
    name: "mapscope_snapshot_info",
    help: "1 for each snapshot, with what is known of its host.",
    labels: ["snapshot", "kernel_release", "accounting"],
    samples: bySnapshot(({ host }) => [
      {
        labels: {
          kernel_release: host.kernelRelease?.value ?? "",
          accounting: host.accounting?.value ?? "",
        },
        value: 1,
      },
    ]),
  },
  {
    name: "mapscope_possible_cpus",
    help: "CPUs that may ever be, by which per-CPU maps are sized.",
    labels: ["snapshot", "basis"],
    samples: bySnapshot(({ host: { possibleCpus } }) =>
      possibleCpus === undefined
        ? []
        : [{ labels: { basis: possibleCpus.basis }, value: possibleCpus.value }],
    ),
  },
  {
    name: "mapscope_maps",
    help: "Maps of the snapshot.",
    labels: ["snapshot"],
    samples: bySnapshot(({ totals }) => [{ labels: {}, value: totals.maps }]),
  },
  {
    name: "mapscope_families",
    help: "Families of maps; the largest have series of their own, the others are the family other.",
    labels: ["snapshot"],
    samples: bySnapshot(({ families }) => [{ labels: {}, value: families.length }]),
  },
  {
    name: "mapscope_unknown_maps",
    help: "Maps for which a figure is not known, so that it is in no sum.",
    labels: ["snapshot", "figure"],
    samples: bySnapshot(({ totals }) =>
      BYTE_FIGURES.map((figure) => ({
        labels: { figure: snakeCase(figure) },
        value: totals[figure]?.missing ?? totals.maps,
      })),
    ),
  },
  ...FAMILY_GAUGES,
  daemonGauge("mapscope_pool_used_slots", "Slots of the pool in use.", (it) => it.used),
  daemonGauge("mapscope_pool_claimed_slots", "Slots that the daemon claims.", (it) => it.claimed),
  daemonGauge("mapscope_pool_live_maps", "Inner maps of the daemon that exist.", (it) => it.live),
  {
    name: "mapscope_findings",
    help: "Findings of the rules; 0 for a severity without any.",
    labels: ["snapshot", "severity"],
    samples: (analysis) =>
      analysis.snapshots.flatMap(({ label: snapshot }) =>
        SEVERITIES.map((severity) => ({
          labels: { snapshot, severity },
          value: analysis.findings.filter(
            (it) => it.subject.snapshot === snapshot && it.severity === severity,
          ).length,
        })),
      ),
  },
  {
    name: "mapscope_diagnostics",
    help: "What is to be said of the inputs; data-loss means that something could not be read.",
    labels: ["level"],
    samples: ({ diagnostics }) =>
      DIAGNOSTIC_LEVELS.map((level) => ({
        labels: { level },
        value: diagnostics.filter((it) => it.level === level).length,
      })),
  },
];

function bySnapshot(samplesOf: (snapshot: AnalysisSnapshot) => readonly Sample[]) {
  return ({ snapshots }: Analysis): Sample[] =>
    snapshots.flatMap((snapshot) =>
      samplesOf(snapshot).map(({ labels, value }) => ({
        labels: { snapshot: snapshot.label, ...labels },
        value,
      })),
    );
}

type Daemon = NonNullable<AnalysisSnapshot["scaling"]>["daemons"][number];

function daemonGauge(
  name: string,
  help: string,
  read: (daemon: Daemon) => number | undefined,
): Gauge {
  return {
    name,
    help,
    labels: ["snapshot", "daemon"],
    samples: bySnapshot(({ scaling }) =>
      (scaling?.daemons ?? []).flatMap((daemon) => {
        const value = read(daemon);
        return value === undefined ? [] : [{ labels: { daemon: daemon.name }, value }];
      }),
    ),
  };
}
