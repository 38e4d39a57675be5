/** Known answer: isKmeshMap() of Kmesh, which keeps names that begin with kmesh_ while most maps are called km_*. */
import type { AnalysisSnapshot } from "../../../src/analyze/analysis.ts";
import { metricBlindSpot } from "../../../src/analyze/rules/metric-blind-spot.ts";
import { family, figure, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

type Metric = NonNullable<AnalysisSnapshot["metrics"]>[number];

const entries = (name: string, value: number, facts: Partial<Metric> = {}): Metric => ({
  exporter: "kmesh",
  series: "kmesh_map_entry_count",
  subject: "map",
  measure: "entries",
  value,
  unit: "entries",
  name,
  source: "metrics.txt line 1",
  ...facts,
});
const total: Metric = {
  ...entries("", 3),
  series: "kmesh_map_count_total",
  subject: "maps",
  measure: "maps",
  unit: "count",
};

const map64 = family({ name: "kmesh_map64", id: "map64", mapIds: [[1, 1]] });
const frontend = family({ name: "km_frontend", id: "frontend", mapIds: [[2, 2]] });
const unnamed = family({ name: null, id: "unnamed", count: 5, mapIds: [[10, 14]] });
const foreign = family({ name: "cilium_ct4_glob", id: "ct", mapIds: [[3, 3]] });

ruleCases(metricBlindSpot, {
  fires: {
    "a map of another name": [
      tablesOf(snapshot([map64, frontend, foreign], { metrics: [entries("kmesh_map64", 7)] })),
      {
        severity: "warning",
        subject: { snapshot: "snapshot", kind: "metric", id: "kmesh_map_entry_count" },
        message:
          "kmesh_map_entry_count speaks of 1 map, and 1 map of Kmesh is in none of its series (km_frontend): the exporter keeps names that begin with kmesh_",
        evidence: { exported: ["kmesh_map64"], unseen: ["km_frontend"], unseenMaps: 1 },
      },
    ],
    "a map that is only declared": [
      tablesOf(
        snapshot([map64], {
          metrics: [entries("kmesh_map64", 7)],
          declared: {
            host: { kernel: "6.6", assumed: true },
            maps: [
              {
                name: "km_times",
                kernelName: "km_times",
                type: "hash",
                keySize: 4,
                valueSize: 4,
                maxEntries: 1,
                flags: 0,
                source: "a line 1",
              },
            ],
          },
        }),
      ),
      {
        severity: "warning",
        evidence: { exported: ["kmesh_map64"], unseen: ["km_times"], unseenMaps: 1 },
      },
    ],
    "a count of maps without a name": [
      tablesOf(snapshot([map64, unnamed], { metrics: [entries("kmesh_map64", 7), total] })),
      {
        severity: "info",
        evidence: { value: 3, listedExported: 1, listedUnnamed: 5, listedNotCounted: 0 },
      },
    ],
    "0 for a map that holds entries": [
      tablesOf(
        snapshot([{ ...map64, entries: figure(80, "inferred") }], {
          metrics: [entries("kmesh_map64", 0, { family: "map64", doubt: "it may have failed" })],
        }),
      ),
      {
        severity: "warning",
        message: "kmesh_map_entry_count says 0 for kmesh_map64, which holds 80: it may have failed",
        evidence: { reported: 0, entries: 80, basis: "inferred" },
      },
    ],
  },
  silent: {
    "every map of Kmesh is in the metric": tablesOf(
      snapshot([map64, foreign], { metrics: [entries("kmesh_map64", 7), total] }),
    ),
    "metrics of another exporter": tablesOf(
      snapshot([frontend], { metrics: [entries("km_frontend", 7, { exporter: "tetragon" })] }),
    ),
  },
  notApplicable: { "no metrics": [tablesOf(snapshot([frontend])), /no metric of a BPF map/] },
});
