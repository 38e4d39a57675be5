/** Known answer: no program of a Kmesh v1.x object refers to kmesh_map296, whose buckets take 16 MiB. */
import type { AnalysisSnapshot } from "../../../src/analyze/analysis.ts";
import { unusedMap } from "../../../src/analyze/rules/unused-map.ts";
import { family, mapTable, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

type Declared = NonNullable<AnalysisSnapshot["objects"]>[number]["maps"][number];
const map = (facts: Partial<Declared>): Declared => ({
  name: "a_map",
  kernelName: "a_map",
  type: "hash",
  keySize: 4,
  valueSize: 8,
  maxEntries: 10,
  flags: 1,
  origin: "btf",
  programs: [],
  pinned: true,
  ...facts,
});
const used = map({ name: "used", programs: ["prog"] });
const tables = (...objects: Declared[][]) =>
  tablesOf(
    snapshot([family({})], { objects: objects.map((maps, at) => ({ file: `${at}.o`, maps })) }),
  );
const map296 = map({ name: "kmesh_map296", preallocatedBytes: 16_778_112 });

ruleCases(unusedMap, {
  fires: {
    "a large one": [
      tables([used, map296]),
      {
        severity: "warning",
        savesBytes: 16_778_112,
        subject: { snapshot: "snapshot", kind: "object", id: "0.o: kmesh_map296" },
        message:
          "kmesh_map296 is declared in 0.o, but no program of the given objects refers to it: it takes 16,778,112 bytes when it is created",
      },
    ],
    "small ones together": [
      tables([used, map({ name: "a" }), map({ name: "b" })]),
      {
        severity: "info",
        message: "0.o declares 2 maps that no program of the given objects refers to: a and b",
      },
    ],
    "a map in the kernel that nothing refers to": [
      mapTable({ name: "lost", count: 2, references: { byNothing: 1 } }),
      {
        severity: "info",
        message: "lost: no program, process or pin of the capture refers to 1 map of 2 maps",
      },
    ],
  },
  silent: {
    "a program of another object refers to it": tables(
      [used, map({ name: "shared" })],
      [map({ name: "shared", programs: ["other"] })],
    ),
    "an inner map that the object puts into an outer map": tables([
      used,
      map({ name: "inner", heldBy: "outer" }),
    ]),
    "a section of variables": tables([used, map({ name: ".rodata", origin: "data-section" })]),
    "an object without any use, such as raw BTF": tables([map({})]),
    "an inner map in the kernel": mapTable({ role: "inner", references: { byNothing: 0 } }),
  },
  notApplicable: {
    "neither objects nor lists": [mapTable({}), /no compiled object is in the input/],
  },
});
