/** What is missing, with the command; silent where the missing would change nothing. */
import type { AnalysisSnapshot } from "../../../src/analyze/analysis.ts";
import { incompleteCapture } from "../../../src/analyze/rules/incomplete-capture.ts";
import { family, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

const host = {
  pageSize: { value: 4096, basis: "assumed", source: "" },
  accounting: { value: "rounded-entries", basis: "reported", source: "" },
} as AnalysisSnapshot["host"];
const map1600 = {
  name: "kmesh_map1600",
  mapIds: [[75, 75]] as [number, number][],
  memlockBytes: 1_608_003_584,
  residentBytes: 16_800_000,
  preallocatedBytes: 16_778_112,
  ceilingBytes: 1_680_778_112,
};
const of = (facts: Parameters<typeof family>[0], more: Partial<AnalysisSnapshot> = {}) =>
  tablesOf(snapshot([family(facts)], { host, ...more }));
const cut = {
  file: "maps.json",
  format: "bpftool-map-show",
  bytes: 10,
  diagnostics: [{ level: "data-loss", code: "truncated", file: "maps.json", message: "cut" }],
} as AnalysisSnapshot["sources"][number];

ruleCases(incompleteCapture, {
  fires: {
    "a large map that was not dumped": [
      of(map1600),
      {
        severity: "info",
        message: "the live entries of kmesh_map1600 are not known: up to 1,664,000,000 bytes more",
        recommendation:
          "Capture as root, on the same host: `bpftool -j map dump id 75 > dump-75.json`.",
      },
    ],
    "a map without an id, whose name a shell would take apart": [
      of({ ...map1600, mapIds: [], name: "../a; reboot" }),
      {
        evidence: {
          commands: ["bpftool -j map dump name '../a; reboot' > dump-.._a__reboot.json"],
        },
      },
    ],
    "a cut input": [
      of({ memlockBytes: 4096, entries: 1 }, { sources: [cut] }),
      { message: "maps.json could be read in part only" },
    ],
    "an input of a form that cannot be read: the diagnostics know what to do": [
      of(
        { memlockBytes: 4096, entries: 1 },
        { sources: [{ ...cut, file: "dump.txt", format: "unknown" }] },
      ),
      {
        recommendation: "The diagnostics say of each input what was not read, and what to do.",
        evidence: { commands: [] },
      },
    ],
    "maps that are known by their sum": [
      of({ name: "exec_args", type: null, memlockBytes: 3_940_352, count: 2 }),
      { message: "type and sizes of 2 maps (3,940,352 bytes reported) are not known" },
    ],
    "no kernel": [
      tablesOf(snapshot([family({ memlockBytes: 4096, entries: 1 })])),
      { evidence: { commands: ["uname -r > uname.txt"] } },
    ],
  },
  silent: {
    "entries are known": of({ ...map1600, entries: 5 }),
    "a map that could not grow much": of({ ...map1600, ceilingBytes: 16_900_000 }),
  },
  notApplicable: { "no maps": [tablesOf(snapshot([])), /no map is listed/] },
});
