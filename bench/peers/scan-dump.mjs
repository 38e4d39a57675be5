/** Ours: the component's dump scanner as the library offers it, fed 1 MiB at a time. */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { loadComponent } from "../../dist/lib/index.js";

const core = await readFile(new URL("../../dist/component.core.wasm", import.meta.url));
const component = await loadComponent(core);
const scanner = component.mapDumpScanner();
for await (const chunk of createReadStream(process.argv[2], { highWaterMark: 1024 * 1024 })) {
  scanner.push(chunk);
}
console.log(scanner.finish().dumps[0]?.elements);
