/** Known answer: 1,000 updates of one policy with one address leave 1,003 entries in kmesh_map64 (run on Kmesh's main). */
import { expect } from "vitest";
import type { AnalysisSnapshot } from "../../../src/analyze/analysis.ts";
import { unexplainedGrowth } from "../../../src/analyze/rules/unexplained-growth.ts";
import { family, mapTable, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const owner = { name: "Kmesh v1.2.0 kernel-native", basis: "inferred", source: "" } as const;
const at = (label: string, map64: number, others: number, facts: Partial<AnalysisSnapshot> = {}) =>
  snapshot(
    [
      family({ id: "kmesh_map64", name: "kmesh_map64", owner, entries: map64 }),
      family({ id: "km_cluster", name: "km_cluster", owner, entries: others }),
      family({ id: "km_listener", name: "km_listener", owner, entries: others }),
    ],
    { label, ...facts },
  );
const services = (value: number) => ({
  scale: { services: { value, basis: "reported" as const, source: "" } },
});
const conns = (label: string, entries: number, type = "hash") =>
  snapshot(
    [
      family({ id: "conns", name: "conns", type, entries }),
      family({ id: "a", name: "a", entries: 5 }),
      family({ id: "b", name: "b", entries: 5 }),
    ],
    { label },
  );

ruleCases(unexplainedGrowth, {
  fires: {
    "the leak of kmesh_map64": [
      tablesOf(at("before", 3, 10), at("after", 1003, 10)),
      {
        severity: "warning",
        subject: { snapshot: "after", kind: "family", id: "kmesh_map64" },
        message:
          "kmesh_map64 went from 3 to 1,003 entries, while no entry was added to the 2 other maps of Kmesh v1.2.0 kernel-native that were counted",
      },
    ],
    "with the scale known": [
      tablesOf(at("before", 3, 10, services(50)), at("after", 1003, 10, services(50))),
      { message: expect.stringContaining("while services (50 -> 50) did not grow, nor did the 2") },
    ],
    "any map, as an info": [
      tablesOf(conns("before", 100), conns("after", 400)),
      { severity: "info" },
    ],
  },
  silent: {
    "other maps grew too": tablesOf(at("before", 3, 10), at("after", 1003, 20)),
    "services were added": tablesOf(
      at("before", 3, 10, services(50)),
      at("after", 1003, 10, services(500)),
    ),
    "few entries": tablesOf(at("before", 3, 10), at("after", 50, 10)),
    "a small part": tablesOf(at("before", 10_000, 10), at("after", 10_500, 10)),
    "an LRU map fills": tablesOf(conns("before", 100, "lru_hash"), conns("after", 900, "lru_hash")),
  },
  notApplicable: {
    "one snapshot": [mapTable({ entries: 5 }), /there is one snapshot only; capture the same host/],
  },
});
