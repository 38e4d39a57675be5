/**
 * `npm run bench -- btf`: the kernel's BTF indexed with names resolvable beside bpftool and pahole, an object of 25
 * maps after start, both cold and warm, and thousands of objects in one run. Needs `npm run build`; peers that are missing are left out.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { objectFile } from "./data.mjs";
import { measure } from "./measure.mjs";
import { printTable } from "./table.mjs";

const MiB = 1024 * 1024;
const VMLINUX = "/sys/kernel/btf/vmlinux";
/** 25 maps as well, and small: where there is no compiler. */
const SMALL = fileURLToPath(new URL("../fixtures/bpf-object/many-maps.el.o", import.meta.url));
const PROCESSES = 5;
const OBJECTS = 4000;

/** What is not kept must not count. */
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const isThere = (tool) => spawnSync(tool, ["--version"]).status === 0;

export async function benchBtf() {
  objectAfterStart();
  if (existsSync(VMLINUX)) await vmlinux();
  else console.log(`\n${VMLINUX} is not there: its rows are left out`);
  const { createParser } = await import("../dist/lib/btf.js");
  await manyObjects(await createParser());
}

/** The best of several processes, each of which reads the file for its first time. */
function processes(what, file) {
  const runs = Array.from({ length: PROCESSES }, () => {
    const script = fileURLToPath(new URL("peers/read-btf.mjs", import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, what, file]);
    if (status !== 0) throw new Error(`${script}: exit ${status}\n${stderr}`);
    return JSON.parse(stdout);
  });
  return (name) => Math.min(...runs.map((run) => run[name]));
}

async function vmlinux() {
  const ours = processes("types", VMLINUX);
  const peers = [];
  for (const [name, command] of [
    ["bpftool -j btf dump", ["bpftool", "-j", "btf", "dump", "file", VMLINUX]],
    ["pahole -F btf --sizes", ["pahole", "-F", "btf", "--sizes", VMLINUX]],
  ]) {
    if (!isThere(command[0])) continue;
    const runs = [];
    for (let run = 0; run < PROCESSES; run += 1) runs.push(await measure(command));
    peers.push([`${name}, whole process`, Math.min(...runs.map(({ ms }) => ms))]);
  }
  const [cold, warm] = [ours("cold"), ours("warm")];
  const started = ours("imported") + ours("instantiated");
  const rows = [
    ["mapscope, cold: first file of a process", cold],
    ["mapscope, warm: same file again", warm],
    ["  to add: import and instantiate", started],
    ["  to add: every name as a string", ours("names")],
    ...peers,
  ];
  printTable(
    `kernel BTF, every type found and names resolvable (${(statSync(VMLINUX).size / MiB).toFixed(1)} MiB, ${ours("types")} types; best of ${PROCESSES} processes)`,
    ["", "ms", "x cold", "x warm"],
    rows.map(([name, ms]) => {
      const times = (of) =>
        peers.some(([peer]) => peer === name) ? `${(ms / of).toFixed(1)}x` : "";
      return [name, ms.toFixed(1), times(cold), times(warm)];
    }),
  );
}

function objectAfterStart() {
  const object = objectFile() ?? SMALL;
  const ours = processes("object", object);
  printTable(
    `an object of 25 maps (${(statSync(object).size / 1024).toFixed(0)} KiB; best of ${PROCESSES} processes)`,
    ["", "ms"],
    [
      ["library imported", ours("imported").toFixed(1)],
      ["component instantiated", ours("instantiated").toFixed(1)],
      ["object read, cold: first file of a process", ours("cold").toFixed(2)],
      ["object read, warm: same file again", ours("warm").toFixed(2)],
    ],
  );
}

/** All objects among the fixtures, in turn. Memory after each 1,000: flat when nothing is kept. */
async function manyObjects(parser) {
  const folder = new URL("../fixtures/bpf-object/", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".o"));
  const inputs = files.map((file) => ({ file, bytes: readFileSync(new URL(file, folder)) }));
  const rows = [];
  let ms = 0;
  let maps = 0;
  for (let count = 1; count <= OBJECTS; count += 1) {
    const { file, bytes } = inputs[count % inputs.length];
    const begun = performance.now();
    maps += parser.parseObject(bytes, { file }).maps.length;
    ms += performance.now() - begun;
    if (count % 1000 !== 0) continue;
    collect();
    // What the collector found is given back between two turns of the loop.
    await setTimeout(50);
    collect();
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
    const mib = (value) => (value / MiB).toFixed(0);
    const seconds = (ms / 1000).toFixed(2);
    rows.push([String(count), String(maps), seconds, mib(rss), mib(heapUsed), mib(arrayBuffers)]);
  }
  printTable(
    `${OBJECTS} objects in one run (${files.length} different ones)`,
    ["objects", "maps", "s", "RSS MiB", "heap MiB", "buffers MiB"],
    rows,
  );
}
