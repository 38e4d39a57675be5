/** Fires on a live map that is not as declared, and only then. */
import type { AnalysisFamily } from "../../../src/analyze/analysis.ts";
import { definitionDrift } from "../../../src/analyze/rules/definition-drift.ts";
import { family, mapTable, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

type Declared = NonNullable<AnalysisFamily["declared"]>;

function declared(facts: Partial<Declared>) {
  const map = family({
    name: "conns",
    maxEntries: 4096,
    declared: {
      object: "prog.bpf.o",
      name: "conns",
      ambiguous: false,
      differences: [],
      programs: [],
      ...facts,
    },
  });
  return tablesOf(snapshot([map]));
}

const resized: Declared["differences"] = [{ field: "maxEntries", declared: 1024, live: 4096 }];

ruleCases(definitionDrift, {
  fires: {
    "another max_entries": [
      declared({ differences: resized }),
      {
        severity: "warning",
        message: "conns is not as prog.bpf.o declares conns: max_entries 4096, declared 1024",
      },
    ],
    "several declarations of one cut name": [
      declared({ differences: resized, ambiguous: true }),
      { severity: "info" },
    ],
  },
  silent: { "as declared": declared({}) },
  notApplicable: { "no object": [mapTable({}), /no compiled object .*mapscope analyze/] },
});
