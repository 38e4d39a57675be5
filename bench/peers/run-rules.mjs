/**
 * `node run-rules.mjs map-show.json`: how long the tables, all rules and the verdict take, in milliseconds, the best of
 * five in one process. Reading and modelling are not in it.
 */
import { readFileSync } from "node:fs";
import { analyze, buildSnapshot, fromBytes, ingest, loadComponent } from "../../dist/lib/index.js";

const file = process.argv[2];
const component = await loadComponent(
  readFileSync(new URL("../../dist/component.core.wasm", import.meta.url)),
);
const { snapshots } = await ingest([fromBytes(file, readFileSync(file))], { component });
const built = snapshots.map((it) => buildSnapshot(it, {}).snapshot);
let best = Number.POSITIVE_INFINITY;
let analysis;
for (let round = 0; round < 5; round += 1) {
  const begun = performance.now();
  // Each round has a snapshot of its own: what is computed once for a snapshot would be free after the first.
  analysis = analyze(
    built.map((it) => ({ ...it })),
    { toolVersion: "bench" },
  );
  best = Math.min(best, performance.now() - begun);
}
const families = built.reduce((sum, it) => sum + it.families.length, 0);
const failed = analysis.rules.filter((it) => it.outcome === "failed").length;
console.log(JSON.stringify({ ms: best, families, findings: analysis.findings.length, failed }));
