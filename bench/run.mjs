/**
 * `npm run bench`: mapscope and its peers side by side, in one run, on data it makes itself in
 * bench-data/. Ratios count, not seconds: another machine gives other seconds. Needs `npm run build`.
 *
 *     npm run bench -- [--mib N | --full] [dump] [show] [start] [btf]
 *
 * `--mib` is the size of the `map dump` (64 by default), `--full` makes it 446 MiB (1 M entries).
 */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchBtf } from "./btf.mjs";
import { mapDumpFile, mapShowFile } from "./data.mjs";
import { best, measure } from "./measure.mjs";
import { printTable } from "./table.mjs";

const MiB = 1024 * 1024;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const mapscope = [process.execPath, here("../dist/cli/main.js")];
const peer = (name, file) => [process.execPath, here(`peers/${name}.mjs`), file];
const hasJq = spawnSync("jq", ["--version"]).status === 0;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { mib: { type: "string", default: "64" }, full: { type: "boolean", default: false } },
});
const wanted = (name) => positionals.length === 0 || positionals.includes(name);

if (wanted("dump")) {
  const file = await mapDumpFile(values.full ? 446 : Number(values.mib));
  await compare("map dump, counted", file, [
    ["mapscope component", peer("scan-dump", file)],
    ["Node JSON.parse", peer("json-parse", file)],
    ...(hasJq ? [["jq length", ["jq", "length", file]]] : []),
  ]);
}

if (wanted("show")) {
  const file = await mapShowFile(131_072);
  await compare("map show, 131,072 maps", file, [
    ["mapscope analyze (whole)", [...mapscope, "analyze", file]],
    ["Node JSON.parse", peer("json-parse", file)],
    ...(hasJq ? [["jq length", ["jq", "length", file]]] : []),
  ]);
}

if (wanted("start")) {
  const file = await mapShowFile(20);
  const runs = await best(15, [
    ["node -e 0", [process.execPath, "-e", "0"]],
    ["mapscope --version", [...mapscope, "--version"]],
    ["mapscope analyze, 20 maps", [...mapscope, "analyze", file]],
  ]);
  const [bare] = runs;
  printTable(
    "start, best of 15",
    ["", "ms", "over node -e 0", "peak RSS MiB"],
    runs.map(({ name, ms, peakBytes }) => [
      name,
      ms.toFixed(0),
      `+${(ms - bare.ms).toFixed(0)} ms`,
      mib(peakBytes),
    ]),
  );
}

if (wanted("btf")) await benchBtf();

/** The first is ours: ratios are how many times its time the others take. */
async function compare(title, file, commands) {
  const bytes = statSync(file).size;
  const runs = [];
  for (const [name, command] of commands) runs.push({ name, ...(await measure(command)) });
  const [own] = runs;
  printTable(
    `${title} (${(bytes / MiB).toFixed(0)} MiB)`,
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
