/**
 * `npm run build`: bundles the command line and the library, puts the component beside them, and
 * writes the library's types. Runs after `npm ci` (`prepare`), so it needs nothing but node_modules.
 *
 *     dist/cli/main.js + chunks    everything bundled; commands are chunks that are loaded when used
 *     dist/lib/index.js, btf.js    the same for the libraries
 *     dist/lib/schema.js           the schema; zod stays an import here, as whoever takes it has a zod of their own
 *     dist/types/                  .d.ts, made by tsc
 *     dist/viewer/                 the viewer, which `mapscope view` serves
 *     dist/component.core.wasm     read as `new URL("../component.core.wasm", import.meta.url)`
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { minify } from "rolldown/utils";
import { buildViewer } from "./build-viewer.mjs";
import { bundleTiers } from "./bundle-tiers.mjs";
import { licenceTexts } from "./third-party.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { dependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const dist = join(root, "dist");
const component = join(root, "src/component/generated");
const CORE_WASM = "component.core.wasm";

/** From the sources the core is in generated/; from a bundle it is one folder up. */
const componentBesideBundle = {
  name: "component-beside-bundle",
  transform(code, id) {
    if (!id.startsWith(join(root, "src"))) return undefined;
    const moved = code.replace(
      /new URL\(\s*"[^"]*generated\/[^"]*\.core\d*\.wasm"\s*,\s*import\.meta\.url\s*,?\s*\)/g,
      `new URL("../${CORE_WASM}", import.meta.url)`,
    );
    return moved === code ? undefined : { code: moved, map: null };
  },
};

/** Half of what jco writes is for asynchronous calls, of which there are none: every start would have to read past it. */
const shortGlue = {
  name: "short-glue",
  async transform(code, id) {
    if (!id.startsWith(component) || !id.endsWith("/parse.js")) return undefined;
    const { code: short, errors } = await minify(id, code, { module: true, mangle: false });
    if (errors.length > 0) throw new Error(`${id}: ${errors[0].message}`);
    return { code: short, map: null };
  },
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([
  bundleCli(),
  bundleLibrary(),
  writeTypes(),
  copyComponent(),
  buildViewer(join(dist, "viewer")),
]);
await linkCommand();

async function bundleCli() {
  const chunks = await bundle({
    input: { main: join(root, "src/cli/main.ts") },
    dir: join(dist, "cli"),
    external: /^node:/,
    tiers: [
      ["start", join(root, "src/cli/program.ts")],
      ["explaining", join(root, "src/cli/commands/run-explain.ts")],
      ["reading", join(root, "src/cli/commands/run-analyze.ts")],
    ],
    banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
  });
  await chmod(join(dist, "cli/main.js"), 0o755);
  await writeLicences("cli", chunks);
}

async function bundleLibrary() {
  const dir = join(dist, "lib");
  const chunks = await bundle({
    input: { index: join(root, "src/index.ts"), btf: join(root, "src/btf/index.ts") },
    dir,
    external: /^node:/,
  });
  await bundle({
    input: { schema: join(root, "src/schema.ts") },
    dir,
    external: new RegExp(`^(node:|(${Object.keys(dependencies).join("|")})(/|$))`),
  });
  await writeLicences("lib", chunks);
}

async function writeLicences(folder, chunks) {
  const modules = chunks.flatMap((chunk) => chunk.moduleIds ?? []);
  await writeFile(join(dist, folder, "THIRD-PARTY-LICENSES.txt"), await licenceTexts(modules));
}

async function bundle({ input, dir, external, banner, tiers = [] }) {
  const { plugin, codeSplitting } = bundleTiers(tiers);
  const build = await rolldown({
    input,
    external,
    platform: "node",
    // jsonc-parser's main file is UMD, which hides its imports from a bundler.
    resolve: { mainFields: ["module", "main"] },
    tsconfig: false,
    // `using` and what else Node 20 lacks is lowered.
    transform: { target: "node20.19" },
    plugins: [componentBesideBundle, shortGlue, plugin],
    onLog(level, log, print) {
      // jco's mark on what it writes; it means nothing to an engine.
      if (log.code === "MODULE_LEVEL_DIRECTIVE") return;
      // An import that cannot be found must not end up in a release.
      print(log.code === "UNRESOLVED_IMPORT" ? "error" : level, log);
    },
  });
  const { output } = await build.write({
    dir,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    // Names stay: stack traces are read by people.
    minify: false,
    ...(tiers.length > 0 && { codeSplitting }),
    ...(banner && { banner }),
  });
  await build.close();
  return output;
}

async function copyComponent() {
  const cores = (await readdir(component)).filter((name) => /\.core\d*\.wasm$/.test(name));
  const [core] = cores;
  if (core === undefined || cores.length > 1) {
    throw new Error(`expected one core module in ${component}, found ${cores.length}`);
  }
  await copyFile(join(component, core), join(dist, CORE_WASM));
}

async function writeTypes() {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")]).catch(
    (error) => {
      throw new Error(`tsc failed:\n${error.stdout}`);
    },
  );
  // The component's own declarations are files already, which tsc reads but does not emit.
  for (const file of await readdir(component, { recursive: true })) {
    if (!file.endsWith(".d.ts")) continue;
    const copy = join(dist, "types/component/generated", file);
    await mkdir(dirname(copy), { recursive: true });
    await copyFile(join(component, file), copy);
  }
}

/**
 * `npx mapscope` in the checkout: npx looks in node_modules/.bin first on some npm versions and
 * links the package into its own cache on others, which takes seconds. The link serves both.
 */
async function linkCommand() {
  const link = join(root, "node_modules/.bin/mapscope");
  if (process.platform === "win32" || !existsSync(dirname(link))) return;
  await rm(link, { force: true });
  await symlink("../../dist/cli/main.js", link);
}
