/** Ours: the time in ms that one object or BTF takes, the best of twenty, once the component is instantiated. */
import { readFileSync } from "node:fs";
import { loadComponent } from "../../dist/lib/index.js";

const [, , file = ""] = process.argv;
const component = await loadComponent(
  readFileSync(new URL("../../dist/component.core.wasm", import.meta.url)),
);
const bytes = readFileSync(file);
let best = Number.POSITIVE_INFINITY;
for (let round = 0; round < 20; round += 1) {
  const begun = performance.now();
  if (file.endsWith(".o")) component.parseObject(bytes, file);
  else component.structSizes(bytes, ["bpf_array", "bpf_htab", "task_struct"]);
  best = Math.min(best, performance.now() - begun);
}
console.log(best.toFixed(1));
