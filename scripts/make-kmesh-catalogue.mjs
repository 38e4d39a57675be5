#!/usr/bin/env node
/**
 * Makes src/model/catalogue/kmesh.json: which maps each Kmesh release creates in each mode.
 *
 *   node scripts/make-kmesh-catalogue.mjs MAPS_JSON
 *
 * MAPS_JSON lists, by release and object, the maps that were read from the compiled objects:
 * {release: {object: [{name, kernelName, type, keySize, valueSize, maxEntries, flags, pinned, programs, …}]}}.
 * A map that the loader pins exists once a node, whichever objects declare it; one that it does not
 * pin exists once for each object. A data section that no program refers to is never created.
 */
import { readFileSync, writeFileSync } from "node:fs";

const [input] = process.argv.slice(2);
if (input === undefined) {
  process.stderr.write("usage: node scripts/make-kmesh-catalogue.mjs MAPS_JSON\n");
  process.exit(2);
}

/** Objects that a mode loads, by release; from pkg/bpf of each tag. */
const WORKLOAD = [
  "KmeshCgroupSockWorkload",
  "KmeshSockopsWorkload",
  "KmeshXDPAuth",
  "KmeshSendmsg",
];
const ENHANCED = ["KmeshCgroupSock-enhanced", "KmeshSockops-enhanced"];
const BEFORE_1_1 = {
  "kernel-native normal": ["KmeshCgroupSock-normal"],
  "kernel-native enhanced": ENHANCED,
  "dual-engine": WORKLOAD,
};
const FROM_1_1 = {
  "kernel-native normal": ["KmeshCgroupSock-normal", "KmeshSockops-normal"],
  "kernel-native enhanced": ENHANCED,
  "dual-engine": [...WORKLOAD, "KmeshCgroupSkb"],
};
const MODES = {
  "v0.4.0": BEFORE_1_1,
  "v0.5.0": BEFORE_1_1,
  "v1.0.0": BEFORE_1_1,
  "v1.1.0": FROM_1_1,
  "v1.2.0": FROM_1_1,
  HEAD: FROM_1_1,
};

/** Maps without a fixed number: the scaler or the daemon makes them as it needs them. */
function manyOf(map, mode, release) {
  if (map.name === null)
    return mode === "dual-engine" && release === "v0.4.0" ? undefined : "outer_map";
  if (map.name === "inner_of_maglev") return mode === "dual-engine" ? undefined : "km_maglev_outer";
  return undefined;
}

const source = JSON.parse(readFileSync(input, "utf8"));
const definitions = [];
const indexByText = new Map();

function definitionIndex(map) {
  const { name, type, keySize, valueSize, maxEntries, flags, inner, internal } = map;
  const definition = { name, type, keySize, valueSize, maxEntries, flags };
  if (inner !== undefined) {
    definition.inner = {
      type: inner.type,
      keySize: inner.keySize,
      valueSize: inner.valueSize,
      maxEntries: inner.maxEntries,
      flags: inner.flags,
    };
  }
  // The size of a data section depends on the compiler, its flags on the loader.
  if (internal) definition.sizeVaries = true;
  // The only declared map that is there for its shape: the loader copies its definition into outer_map.
  if (name === "inner_map") definition.template = true;
  const text = JSON.stringify(definition);
  if (!indexByText.has(text)) {
    indexByText.set(text, definitions.length);
    definitions.push(definition);
  }
  return indexByText.get(text);
}

/** Each program with the maps that its object refers to from it, in the order of the objects. */
function programsOf(names, objects) {
  return names.flatMap((object) => {
    const programs = new Map();
    for (const map of objects[object]) {
      for (const name of map.programs) {
        programs.set(name, [...(programs.get(name) ?? []), definitionIndex(map)]);
      }
    }
    return [...programs].map(([name, maps]) => ({ object, name, maps }));
  });
}

const releases = [];
for (const [version, modes] of Object.entries(MODES)) {
  const objects = source[version];
  const listed = [];
  for (const [mode, names] of Object.entries(modes)) {
    const copies = new Map();
    const pinned = new Set();
    for (const name of names) {
      for (const map of objects[name]) {
        if (map.internal && map.programs.length === 0) continue;
        if (map.pinned && pinned.has(map.name)) continue;
        pinned.add(map.name);
        const index = definitionIndex(map);
        copies.set(index, (copies.get(index) ?? 0) + 1);
      }
    }
    const maps = [...copies].map(([definition, count]) => ({ definition, copies: count }));
    for (const map of objects.userspace) {
      const of = manyOf(map, mode, version);
      if (of !== undefined) maps.push({ definition: definitionIndex(map), innerOf: of });
      else if (map.name !== null && map.name !== "inner_of_maglev") {
        maps.push({ definition: definitionIndex(map), copies: 1 });
      }
    }
    listed.push({ mode, maps, programs: programsOf(names, objects) });
  }
  releases.push({ version, modes: listed });
}

const lines = [
  "{",
  '"project": "Kmesh",',
  '"definitions": [',
  definitions.map((it) => JSON.stringify(it)).join(",\n"),
  "],",
  '"releases": [',
  releases
    .map(
      ({ version, modes }) =>
        `{"version": ${JSON.stringify(version)}, "modes": [\n${modes.map((it) => JSON.stringify(it)).join(",\n")}\n]}`,
    )
    .join(",\n"),
  "]",
  "}",
  "",
];
writeFileSync(new URL("../src/model/catalogue/kmesh.json", import.meta.url), lines.join("\n"));
