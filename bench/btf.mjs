/**
 * `npm run bench -- btf`: the kernel's BTF indexed with names resolvable beside bpftool and pahole, an object of 25
 * maps after start, and 1,000 objects in one run. Needs `npm run build`; peers that are missing are left out.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { measure } from "./measure.mjs";
import { printTable } from "./table.mjs";

const MiB = 1024 * 1024;
const VMLINUX = "/sys/kernel/btf/vmlinux";
/** 25 maps. */
const OBJECT = fileURLToPath(new URL("../fixtures/bpf-object/many-maps.el.o", import.meta.url));
const ROUNDS = 20;
const OBJECTS = 1000;

/** What is not kept must not count. */
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const isThere = (tool) => spawnSync(tool, ["--version"]).status === 0;

export async function benchBtf() {
  const begun = performance.now();
  const { createParser } = await import("../dist/lib/btf.js");
  const imported = performance.now() - begun;
  const parser = await createParser();
  const ready = performance.now() - begun;
  objectAfterStart(parser, { imported, ready });
  if (existsSync(VMLINUX)) await vmlinux(parser);
  else console.log(`\n${VMLINUX} is not there: its rows are left out`);
  manyObjects(parser);
}

/** Opened, and names looked up: one that is there, one that is not. */
function indexed(parser, bytes) {
  const btf = parser.parseBtf(bytes);
  if (btf.find("task_struct", "struct") === undefined) throw new Error("no task_struct");
  if (btf.find("no such type") !== undefined) throw new Error("a type that is not there");
  return btf;
}

async function vmlinux(parser) {
  const bytes = readFileSync(VMLINUX);
  const [first, ...rest] = Array.from({ length: ROUNDS }, () =>
    timed(() => indexed(parser, bytes)),
  );
  const best = Math.min(...rest);
  const names = timed(() => {
    const btf = parser.parseBtf(bytes);
    for (let id = 1; id < btf.idCount; id += 1) btf.name(id);
  });
  const peers = [];
  for (const [name, command] of [
    ["bpftool -j btf dump", ["bpftool", "-j", "btf", "dump", "file", VMLINUX]],
    ["pahole -F btf --sizes", ["pahole", "-F", "btf", "--sizes", VMLINUX]],
  ]) {
    if (!isThere(command[0])) continue;
    const runs = [];
    for (let round = 0; round < 3; round += 1) runs.push(await measure(command));
    peers.push([name, Math.min(...runs.map(({ ms }) => ms))]);
  }
  const rows = [
    ["mapscope, first call", first],
    [`mapscope, best of ${ROUNDS - 1} more`, best],
    ["mapscope, every name read too", names],
    ...peers,
  ];
  printTable(
    `kernel BTF, every type found and names resolvable (${(statSync(VMLINUX).size / MiB || bytes.length / MiB).toFixed(1)} MiB, ${parser.parseBtf(bytes).idCount - 1} types)`,
    ["", "ms", "times ours (first)", "times ours (best)"],
    rows.map(([name, ms]) => [
      name,
      ms.toFixed(1),
      `${(ms / first).toFixed(1)}x`,
      `${(ms / best).toFixed(1)}x`,
    ]),
  );
}

function objectAfterStart(parser, { imported, ready }) {
  const bytes = readFileSync(OBJECT);
  let maps = 0;
  const first = timed(() => {
    maps = parser.parseObject(bytes, { file: OBJECT }).maps.length;
  });
  const again = Math.min(
    ...Array.from({ length: ROUNDS }, () =>
      timed(() => parser.parseObject(bytes, { file: OBJECT })),
    ),
  );
  printTable(
    `an object of ${maps} maps (${(bytes.length / 1024).toFixed(0)} KiB)`,
    ["", "ms"],
    [
      ["library imported", imported.toFixed(1)],
      ["component instantiated", (ready - imported).toFixed(1)],
      ["object parsed, first call", first.toFixed(1)],
      [`object parsed, best of ${ROUNDS} more`, again.toFixed(2)],
    ],
  );
}

/** Memory after each hundred: flat when nothing is kept. */
function manyObjects(parser) {
  const bytes = readFileSync(OBJECT);
  const rows = [];
  const begun = performance.now();
  for (let count = 1; count <= OBJECTS; count += 1) {
    const { btf, maps } = parser.parseObject(bytes, { file: OBJECT });
    if (btf === undefined || maps.length === 0) throw new Error("the object was not read");
    if (count % 250 !== 0) continue;
    collect();
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
    const mib = (value) => (value / MiB).toFixed(0);
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    rows.push([String(count), seconds, mib(rss), mib(heapUsed), mib(arrayBuffers)]);
  }
  printTable(
    `${OBJECTS} objects in one run`,
    ["objects", "s", "RSS MiB", "heap MiB", "buffers MiB"],
    rows,
  );
}

function timed(action) {
  const begun = performance.now();
  action();
  return performance.now() - begun;
}
