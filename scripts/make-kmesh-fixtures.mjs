#!/usr/bin/env node
/**
 * Makes the folders fixtures/kmesh-* that no running Kmesh was at hand for: what a v0.5.0 node leaves in
 * its maps and its persist file, encoded as its C code does, and what its status server prints, as its
 * Go code does. The same input gives the same bytes.
 *
 *   node scripts/make-kmesh-fixtures.mjs
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { node } from "./kmesh-fixtures/node.mjs";
import { encode, replay } from "./kmesh-fixtures/persist.mjs";
import * as status from "./kmesh-fixtures/status.mjs";

const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));
const NOTES = "made by scripts/make-kmesh-fixtures.mjs after the tool's source";
const KMESH = { name: "kmesh", version: "0.5.0" };

const FORMATS = {
  "map-show.json": ["bpftool-map-show", "bpftool -j map show"],
  "inner-maps.json": ["bpftool-batch", "bpftool -j batch file commands.txt"],
};

save("kmesh-v0.5.0-node", node().files, (path) => {
  const name = /^map-dump-(.+)\.json$/.exec(path)?.[1];
  const [format, command] = FORMATS[path] ?? [
    "bpftool-map-dump",
    `bpftool -j map dump name ${name}`,
  ];
  return { format, tool: { name: "bpftool", version: "7.1.0" }, kernel: "6.1", command };
});

save(
  "kmesh-persist",
  {
    "fresh-start": encode(replay(["up"]), 1),
    "in-use": encode(replay(["up", 22_000]), 1),
  },
  () => ({ format: "kmesh-persist", tool: KMESH, command: "cat /mnt/mim_mng_persist" }),
);

const SERVER = "curl -s localhost:15200/debug/config_dump";
const KMESH_1 = { name: "kmesh", version: "1.2.0" };

save(
  "kmesh-bpf-dump",
  { "v0.5.0.json": status.bpfDump05(), "v1.json": status.bpfDump1() },
  (path) => ({
    format: "kmesh-bpf-dump",
    tool: path === "v1.json" ? KMESH_1 : KMESH,
    command: `${SERVER}/bpf/${path === "v1.json" ? "dual-engine" : "workload"}`,
  }),
);

save(
  "kmesh-config-dump",
  {
    "kernel-native.json": status.configDumpNative(),
    "dual-engine.json": status.configDumpDual(),
    "tables.txt": status.configTables(),
  },
  (path) => ({
    format: "kmesh-config-dump",
    tool: KMESH_1,
    command:
      path === "tables.txt"
        ? "kmeshctl dump <pod> kernel-native"
        : `${SERVER}/${path.slice(0, -5)}`,
  }),
);

save("kmesh-mapspecs", { "mapspecs_by_prog.json": status.mapspecs() }, () => ({
  format: "kmesh-mapspecs",
  tool: KMESH_1,
  command: "cat /mnt/kmesh_mapspecs/mapspecs_by_prog.json",
}));

function save(folder, files, describe) {
  mkdirSync(join(fixtures, folder), { recursive: true });
  const manifest = Object.entries(files).map(([path, content]) => {
    writeFileSync(join(fixtures, folder, path), content);
    return { path, ...describe(path), notes: NOTES };
  });
  writeFileSync(
    join(fixtures, folder, "manifest.json"),
    `${JSON.stringify({ files: manifest }, undefined, 2)}\n`,
  );
}
