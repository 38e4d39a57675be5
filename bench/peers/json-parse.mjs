/** The peer: the whole text in memory, parsed by V8. */
import { readFileSync } from "node:fs";

console.log(JSON.parse(readFileSync(process.argv[2], "utf8")).length);
