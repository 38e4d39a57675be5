// Maps of other programs of this machine: taken out of what was saved, or found to have come in between.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Takes the maps with these ids out of every list, byte for byte, and leaves the rest as bpftool wrote it. */
export function removeMaps(saved, ids) {
  if (ids.size === 0) return;
  for (const file of listsIn(saved)) {
    const text = readFileSync(file, "utf8");
    writeFileSync(file, file.endsWith(".txt") ? withoutBlocks(text, ids) : withoutItems(text, ids));
  }
}

/** Ids in a list that the scenario knows nothing of: something else made maps while it ran. */
export function unknownMaps(saved, known) {
  const json = listsIn(saved).filter((file) => file.endsWith("map-show.json"));
  const ids = json.flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
  return ids.filter(({ id, name }) => name !== undefined && !known.has(id)).map(({ id }) => id);
}

function listsIn(saved) {
  return readdirSync(saved, { recursive: true })
    .filter((file) => /(^|\/)map-show(-pinned)?\.(json|txt)$/.test(file))
    .map((file) => join(saved, file));
}

/** `-j` writes one line: `[{…},{…}]`; every record begins with its id. */
function withoutItems(text, ids) {
  const records = text
    .trim()
    .slice(1, -1)
    .split(/,(?=\{"id":)/);
  return `[${records.filter((it) => !ids.has(Number(/^\{"id":(\d+)/.exec(it)?.[1]))).join(",")}]\n`;
}

/** Text: a block begins with `<id>: ` at the start of a line. */
function withoutBlocks(text, ids) {
  const blocks = text.split(/^(?=\d+: )/m);
  return blocks.filter((it) => !ids.has(Number.parseInt(it, 10))).join("");
}
