/**
 * Packs mapscope as it would be published, installs it in an empty folder, and uses it as a stranger does:
 *
 *     node scripts/try-package.mjs [node versions…]     such as 20.19.0 22 24; this one when none is given
 *
 * - the install runs no script and brings no native code;
 * - the command line and the libraries do their work under each Node version, which npm brings;
 * - TypeScript takes the types and schemas, as a bundler resolves them and as Node does;
 * - where Node can forbid it, the command line reads nothing but the package and its inputs (so nothing that only
 *   Linux has), starts no process and loads no native code.
 *
 * Fails with what was expected. Needs `npm ci` and the npm registry.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "mapscope-package-")));
const user = join(scratch, "user");
const inputs = join(scratch, "inputs");
const mapscope = join(user, "node_modules/mapscope");
const main = join(mapscope, "dist/cli/main.js");

const LIBRARIES = `
import { readFileSync } from "node:fs";
import { analyze, buildSnapshot, fromBytes, ingest, loadComponent } from "mapscope";
import { parseObject } from "mapscope/btf";
import schema from "mapscope/schemas/analysis.json" with { type: "json" };

const [inputs] = process.argv.slice(2);
const core = new URL(import.meta.resolve("mapscope/component.core.wasm"));
const component = await loadComponent(readFileSync(core));
const source = fromBytes("report.md", readFileSync(inputs + "/report.md"));
const read = await ingest([source], { component });
const built = read.snapshots.map((facts) => buildSnapshot(facts, {}).snapshot);
const { snapshots } = analyze(built, { toolVersion: "0" });
const object = await parseObject(readFileSync(inputs + "/map-attributes.el.o"));
const last = snapshots.at(-1);
console.log(JSON.stringify({
  maps: last.totals.maps,
  families: last.families.length,
  declared: object.maps.length,
  schema: schema.title,
}));
`;

/** Each line that is marked must be refused: types that are \`any\` would let it through. */
const CONSUMER = `
import { renderers, SCHEMA_VERSION, simulate } from "mapscope";
import { type Analysis, analysisSchema } from "mapscope/schema";
import { layoutOf, parseObject } from "mapscope/btf";
import analysis from "mapscope/schemas/analysis.json" with { type: "json" };
import config from "mapscope/schemas/config.json" with { type: "json" };

export async function names(bytes: Uint8Array): Promise<string[]> {
  const { maps, btf } = await parseObject(bytes);
  const sizes: number[] = maps.map((it) => (it.valueType && btf ? (layoutOf(btf, it.valueType)?.size ?? 0) : 0));
  // @ts-expect-error sizes are numbers
  const wrong: string[] = sizes;
  return maps.map((it) => it.name + wrong.length);
}

export function families(text: string): number {
  const parsed: Analysis = analysisSchema.parse(JSON.parse(text));
  // @ts-expect-error there is no such member
  parsed.snapshot;
  const bytes: number | undefined = parsed.snapshots[0]?.families[0]?.residentBytes?.value;
  return bytes ?? 0;
}

export const title: string = analysis.title + config.title + SCHEMA_VERSION;
export const formats: string[] = renderers.map((it) => it.id);
export const play: typeof simulate = simulate;
// @ts-expect-error a title is a text
export const wrongTitle: number = analysis.title;
`;

try {
  const tarball = pack();
  install(tarball);
  checkContents();
  copyInputs();
  const asked = process.argv.slice(2);
  const versions = asked.length === 0 ? [process.version] : asked;
  for (const version of versions) tryNode(version, nodeOf(version));
  tryTypes();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function pack() {
  const text = run("npm", ["pack", "--silent", "--json", "--pack-destination", scratch], root);
  // `prepare` prints above it.
  const [{ filename, size, unpackedSize, files }] = JSON.parse(text.slice(text.indexOf("[\n")));
  const mib = (bytes) => (bytes / 1024 / 1024).toFixed(1);
  console.log(
    `${filename}: ${mib(size)} MiB, ${files.length} files, ${mib(unpackedSize)} MiB unpacked`,
  );
  return join(scratch, filename);
}

/** `--ignore-scripts`: a package that must be built or fetched by a script would not work below. */
function install(tarball) {
  mkdirSync(user);
  writeFileSync(
    join(user, "package.json"),
    '{ "name": "user", "private": true, "type": "module" }\n',
  );
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", tarball], user);
  run(join(user, "node_modules/.bin/mapscope"), ["--version"], user);
}

function checkContents() {
  const modules = join(user, "node_modules");
  const files = readdirSync(modules, { recursive: true }).map(String);
  expect(
    "native code",
    files.filter((it) => /\.node$|(^|\/)binding\.gyp$/.test(it)),
    [],
  );
  const manifests = files.filter((it) => /^(@[^/]+\/)?[^/]+\/package\.json$/.test(it));
  const scripted = manifests.filter((path) => {
    const { scripts = {} } = JSON.parse(readFileSync(join(modules, path), "utf8"));
    return ["preinstall", "install", "postinstall"].some((name) => name in scripts);
  });
  expect("packages with install scripts", scripted, []);
  console.log(`installed: ${manifests.map((it) => it.replace("/package.json", "")).join(", ")}`);
}

function copyInputs() {
  mkdirSync(inputs);
  for (const path of [
    "issue-945/report.md",
    "capture-6.18/after/map-show.json",
    "bpf-object/map-attributes.el.o",
  ]) {
    cpSync(join(root, "fixtures", path), join(inputs, path.replace(/.*\//, "")));
  }
}

/** npm's package `node` brings Node itself, for this platform. */
function nodeOf(version) {
  if (version === process.version) return process.execPath;
  const folder = join(scratch, `node-${version}`);
  mkdirSync(folder);
  run(
    "npm",
    ["install", "--no-audit", "--no-fund", "--silent", "--prefix", folder, `node@${version}`],
    folder,
  );
  return join(folder, "node_modules/node/bin/node");
}

function tryNode(version, node) {
  const real = run(node, ["--version"], user).trim();
  const asked = version.replace(/^v/, "");
  if (!`${real.slice(1)}.`.startsWith(`${asked}.`))
    throw new Error(`asked for Node ${asked}, got ${real}`);
  const cli = (...args) => run(node, [main, ...args], user);
  const { version: own } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect("--version", cli("--version").trim(), own);
  const report = join(inputs, "report.md");
  const analysis = JSON.parse(cli("analyze", report, "--format", "json"));
  expect(
    "maps of issue 945",
    analysis.snapshots.map((it) => it.totals.maps),
    [65582, 131116],
  );
  for (const format of ["terminal", "markdown", "html", "csv", "arrow", "openmetrics"]) {
    cli("analyze", report, "--format", format, "--output", join(user, `report.${format}`));
  }
  cli("inspect", join(inputs, "map-attributes.el.o"));
  cli("explain", "idle-preallocation");
  writeFileSync(join(user, "use.mjs"), LIBRARIES);
  expect("what the libraries say", JSON.parse(run(node, ["use.mjs", inputs], user)), {
    maps: 131116,
    families: 24,
    declared: 13,
    schema: "mapscope analysis, version 1",
  });
  const forbidden = tryPermissions(real, node);
  console.log(
    `Node ${real}: command line and libraries${forbidden ? ", reads and starts nothing else" : ""}`,
  );
}

/** Node 22.13 and later; with the flag of Node 20 its own loader is refused a file that it needs. */
function tryPermissions(real, node) {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(real).map(Number);
  if (major < 22 || (major === 22 && minor < 13)) return false;
  const allowed = [mapscope, inputs].map((folder) => `--allow-fs-read=${folder}/*`);
  const only = (...args) => run(node, ["--permission", ...allowed, main, ...args], user);
  const report = join(inputs, "report.md");
  for (const args of [
    ["analyze", report, "--format", "html"],
    ["analyze", inputs, "--format", "arrow"],
    ["compare", report],
    ["inspect", join(inputs, "map-attributes.el.o")],
    ["simulate", report, "--recommend"],
    ["size", "--type", "hash", "--key-size", "4", "--value-size", "8", "--max-entries", "10"],
    ["explain", "E2BIG"],
    ["schema", "config"],
  ]) {
    only(...args);
  }
  return true;
}

/** As somebody's own project has it, with the compiler of this checkout. */
function tryTypes() {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  writeFileSync(join(user, "consumer.ts"), CONSUMER);
  for (const [module, moduleResolution] of [
    ["esnext", "bundler"],
    ["nodenext", "nodenext"],
  ]) {
    const compilerOptions = {
      module,
      moduleResolution,
      target: "es2022",
      lib: ["es2023", "dom"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      resolveJsonModule: true,
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(
      join(user, "tsconfig.json"),
      JSON.stringify({ compilerOptions, files: ["consumer.ts"] }),
    );
    run(process.execPath, [tsc, "-p", "."], user);
    console.log(`types: ${moduleResolution}, libraries checked too`);
  }
}

function run(command, args, cwd) {
  const options = { cwd, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] };
  try {
    return execFileSync(command, args, options);
  } catch (error) {
    throw new Error(`${[command, ...args].join(" ")}\n${error.stdout}\n${error.stderr}`);
  }
}

function expect(what, found, wanted) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}
