/**
 * `npm run build:viewer`: the viewer as a static site in dist/viewer/, or in the folder that is given. Names are relative,
 * so that it works in any folder of any web server.
 *
 *     index.html, app.css, icon.svg, manifest.webmanifest
 *     app.js + chunks            the page; vega is a chunk that is loaded with the first chart
 *     worker.js + chunks         the parsers, the analysis, the report formats
 *     component.core.wasm
 *     service-worker.js          keeps all of them for when there is no network
 */
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { styleOf } from "./standalone.mjs";
import { licenceTexts } from "./third-party.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const viewer = join(root, "src/viewer");

/** What the page may do. Headers cannot be set on every host, so that it stands in the page itself. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Both make functions of text, which the page's policy forbids. */
const WORKER_ONLY = /node_modules\/(arquero|zod)\//;

export async function buildViewer(dir) {
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const chunks = await bundle(dir, version);
  keepOutOfPage(chunks);
  await Promise.all([
    writeFile(join(dir, "app.css"), await styleOf(root, ["tokens", "standalone", "app", "lab"])),
    writeFile(join(dir, "index.html"), await page()),
    writeFile(
      join(dir, "THIRD-PARTY-LICENSES.txt"),
      await licenceTexts(chunks.flatMap((it) => it.moduleIds ?? [])),
    ),
    ...["icon.svg", "manifest.webmanifest"].map((name) =>
      copyFile(join(viewer, name), join(dir, name)),
    ),
    copyFile(
      join(root, "src/component/generated/parse.core.wasm"),
      join(dir, "component.core.wasm"),
    ),
  ]);
  await writeServiceWorker(dir);
}

async function bundle(dir, version) {
  const build = await rolldown({
    input: { app: join(viewer, "app.ts"), worker: join(viewer, "worker/worker.ts") },
    platform: "browser",
    tsconfig: false,
    transform: {
      target: "es2023",
      define: { MAPSCOPE_VERSION: JSON.stringify(version) },
    },
    onLog(level, log, print) {
      // jco's mark on what it writes; it means nothing to an engine.
      if (log.code === "MODULE_LEVEL_DIRECTIVE") return;
      print(log.code === "UNRESOLVED_IMPORT" ? "error" : level, log);
    },
  });
  const { output } = await build.write({
    dir,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    minify: true,
  });
  await build.close();
  return output.filter((it) => it.type === "chunk");
}

/** Follows what the page loads, at once and later. */
function keepOutOfPage(chunks) {
  const byName = new Map(chunks.map((it) => [it.fileName, it]));
  const seen = new Set();
  const visit = (name) => {
    const chunk = byName.get(name);
    if (chunk === undefined || seen.has(name)) return;
    seen.add(name);
    const wrong = (chunk.moduleIds ?? []).find((id) => WORKER_ONLY.test(id));
    if (wrong !== undefined) {
      throw new Error(`the page would load ${wrong}, which is for the worker only (in ${name})`);
    }
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next);
  };
  visit("app.js");
}

async function page() {
  const text = await readFile(join(viewer, "index.html"), "utf8");
  return text.replace("POLICY", POLICY);
}

/** Its list changes with any file, by which a browser sees that there is a new one. */
async function writeServiceWorker(dir) {
  const files = (await readdir(dir)).filter((it) => !it.endsWith(".txt")).sort();
  const hash = createHash("sha256");
  for (const name of files) hash.update(name).update(await readFile(join(dir, name)));
  const build = await rolldown({
    input: join(viewer, "service-worker.ts"),
    tsconfig: false,
    transform: {
      define: {
        MAPSCOPE_FILES: JSON.stringify(["./", ...files]),
        MAPSCOPE_BUILD: JSON.stringify(hash.digest("hex").slice(0, 16)),
      },
    },
  });
  await build.write({ file: join(dir, "service-worker.js"), format: "iife", minify: true });
  await build.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await buildViewer(
    process.argv[2] === undefined ? join(root, "dist/viewer") : resolve(process.argv[2]),
  );
}
