/**
 * Reads one object or raw BTF in a process of its own, and prints as JSON how many ms it took to import the library, to
 * instantiate the component, to read the file for the first time (cold: the engine has compiled nothing yet), to look
 * names up, and to read it again (warm: the best of some).
 *
 *     node bench/peers/read-btf.mjs (types | object) FILE
 */
import { readFileSync } from "node:fs";

const ROUNDS = 20;

const [what, file] = process.argv.slice(2);
const bytes = readFileSync(file);
const begun = performance.now();
const { createParser } = await import("../../dist/lib/btf.js");
const imported = performance.now() - begun;
const parser = await createParser();
const instantiated = performance.now() - begun - imported;
const read = what === "object" ? object : types;
const cold = timed(read);
const warm = Math.min(...Array.from({ length: ROUNDS }, () => timed(read)));
const btf = parser.parseBtf(bytes, { file });
const names = timed(() => {
  for (let id = 1; id < btf.idCount; id += 1) btf.name(id);
});
console.log(JSON.stringify({ imported, instantiated, cold, warm, names, types: btf.idCount - 1 }));

/** Every type found, and names looked up: of the last type that has one, and one that is not there. */
function types() {
  const opened = parser.parseBtf(bytes, { file });
  let id = opened.idCount - 1;
  while (id > 0 && opened.name(id) === "") id -= 1;
  if (!opened.findIds(opened.name(id)).includes(id)) throw new Error(`type ${id} is not found`);
  if (opened.find("no such type") !== undefined) throw new Error("a type that is not there");
}

function object() {
  const { maps } = parser.parseObject(bytes, { file });
  if (maps.length !== 25) throw new Error(`${maps.length} maps, not 25`);
}

function timed(action) {
  const begun = performance.now();
  action();
  return performance.now() - begun;
}
