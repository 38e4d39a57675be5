/** Ours: the component's dump scanner as the library offers it, fed 1 MiB at a time from memory that is used again. */
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { loadComponent } from "../../dist/lib/index.js";

const core = readFileSync(new URL("../../dist/component.core.wasm", import.meta.url));
const component = await loadComponent(core);
const scanner = component.mapDumpScanner();
const chunk = new Uint8Array(1024 * 1024);
const file = openSync(process.argv[2]);
for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
  scanner.push(chunk.subarray(0, read));
}
closeSync(file);
console.log(scanner.finish().dumps[0]?.elements);
