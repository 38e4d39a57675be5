/**
 * `npm run bench`: mapscope and its peers side by side, in one run, on data it makes itself in
 * bench-data/. Ratios count, not seconds: another machine gives other seconds. Needs `npm run build`.
 */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchBtf } from "./btf.mjs";
import { mapDumpFile, mapShowFile, namedMapsFile, objectsFolder } from "./data.mjs";
import { best, typical } from "./measure.mjs";
import { printTable } from "./table.mjs";
import { benchViewer } from "./viewer.mjs";

const USAGE = `npm run bench -- [--mib N | --full | --short] [--huge] [dump] [show] [rules] [btf] [audit] [start] [viewer]

  --mib N  size of the \`map dump\` (64 by default)
  --full   makes it 446 MiB (1 M entries)
  --short  makes it 4 MiB, and every other input small: for trying the bench itself
  --huge   adds a dump of 5 GiB, which no peer can read`;

const MiB = 1024 * 1024;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const mapscope = [process.execPath, here("../dist/cli/main.js")];
const analyze = (...args) => [...mapscope, "analyze", ...args];
const peer = (name, file) => [process.execPath, here(`peers/${name}.mjs`), file];
const has = (command, ...args) => spawnSync(command, args).status === 0;
const hasJq = has("jq", "--version");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mib: { type: "string", default: "64" },
    full: { type: "boolean", default: false },
    short: { type: "boolean", default: false },
    huge: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const wanted = (name) => positionals.length === 0 || positionals.includes(name);
const dumpMib = values.short ? 4 : values.full ? 446 : Number(values.mib);
const maps = values.short ? 2_000 : 131_072;

if (wanted("dump")) {
  for (const btf of [false, true]) {
    const file = await mapDumpFile(dumpMib, btf);
    await compare(`map dump, ${btf ? "with BTF" : "bytes only"}`, file, [
      ["scanner of the library", peer("scan-dump", file)],
      ["mapscope analyze (whole)", analyze(file)],
      ...jsonPeers(file),
    ]);
  }
}

if (values.huge) {
  const file = await mapDumpFile(5 * 1024);
  await compare("map dump of 5 GiB", file, [
    ["scanner of the library", peer("scan-dump", file)],
    ["mapscope analyze (whole)", analyze(file)],
  ]);
}

if (wanted("show")) {
  const file = await mapShowFile(maps);
  await compare(`map show, ${maps} maps`, file, [
    ["mapscope analyze (whole)", analyze(file)],
    ...jsonPeers(file),
  ]);
  const named = await namedMapsFile(maps);
  await compare(`map show, ${maps} maps of different names`, named, [
    ["mapscope analyze (whole)", analyze(named)],
    ["the same, as JSON", analyze("--format", "json", named)],
    ...jsonPeers(named),
  ]);
}

if (wanted("rules")) {
  const runs = [
    ["131,072 maps alike", await mapShowFile(131_072)],
    ["131,072 maps, each its own family", await namedMapsFile(maps)],
  ].map(([name, file]) => ({ name, ...rulesOver(file) }));
  printTable(
    "tables, all rules and the verdict, best of 5",
    ["", "families", "ms", "findings"],
    runs.map(({ name, families, ms, findings }) => [
      name,
      String(families),
      ms.toFixed(0),
      String(findings),
    ]),
  );
}

if (wanted("audit")) {
  const objects = values.short ? 10 : 100;
  const folder = objectsFolder(objects);
  const config = here("../examples/audit/mapscope.config.json");
  const audit = [...mapscope, "audit", folder, "--fail-on", "never", "--config", config];
  const runs = await best(values.short ? 1 : 5, [
    ["budgets, scale point and rules, at 18 points", audit],
    ["and compared with a baseline", [...audit, "--baseline", folder]],
    ["the same, as SARIF", [...audit, "--baseline", folder, "--format", "sarif"]],
    ["without a config", [...mapscope, "audit", folder]],
  ]);
  printTable(
    `audit of ${objects} objects, whole command, best of several (target: less than 1 s)`,
    ["", "ms", "peak RSS MiB"],
    runs.map(({ name, ms, peakBytes }) => [name, ms.toFixed(0), mib(peakBytes)]),
  );
}

if (wanted("start")) {
  const file = await mapShowFile(20);
  const runs = await best(values.short ? 3 : 15, [
    ["node -e 0", [process.execPath, "-e", "0"]],
    ["mapscope --version", [...mapscope, "--version"]],
    ["mapscope analyze, 20 maps", analyze(file)],
  ]);
  const [bare] = runs;
  printTable(
    "start, the best of several",
    ["", "ms", "over node -e 0", "peak RSS MiB"],
    runs.map(({ name, ms, peakBytes }) => [
      name,
      ms.toFixed(0),
      `+${(ms - bare.ms).toFixed(0)} ms`,
      mib(peakBytes),
    ]),
  );
  const core = here("../dist/component.core.wasm");
  console.log(`\ncomponent: ${(statSync(core).size / 1024).toFixed(0)} KiB of core WebAssembly`);
}

function jsonPeers(file) {
  return [
    ["Node JSON.parse", peer("json-parse", file)],
    ...(hasJq ? [["jq length", ["jq", "length", file]]] : []),
  ];
}

function rulesOver(file) {
  const [node, ...args] = peer("run-rules", file);
  const { stdout, stderr, status } = spawnSync(node, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

if (wanted("btf")) await benchBtf();

if (wanted("viewer")) {
  const files = [
    [`map show, ${maps} maps`, await mapShowFile(maps)],
    [`map show, ${maps} maps of different names`, await namedMapsFile(maps)],
  ];
  await benchViewer(files, values.short ? 1 : 3);
}

/** The first is ours: ratios are how many times its time the others take. */
async function compare(title, file, commands) {
  const bytes = statSync(file).size;
  const runs = [];
  for (const [name, command] of commands) runs.push({ name, ...(await typical(command)) });
  const [own] = runs;
  printTable(
    `${title} (${(bytes / MiB).toFixed(1)} MiB)`,
    ["", "ms", "MiB/s", "times ours", "peak RSS MiB"],
    runs.map(({ name, ms, peakBytes }) => [
      name,
      ms.toFixed(0),
      (bytes / MiB / (ms / 1000)).toFixed(0),
      `${(ms / own.ms).toFixed(1)}x`,
      mib(peakBytes),
    ]),
  );
}

function mib(bytes) {
  return bytes === undefined ? "not known" : (bytes / MiB).toFixed(0);
}
