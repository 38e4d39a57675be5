/**
 * Writes the pages of docs that are made from the sources. With `--check` it writes nothing and fails
 * when a page is not what would be written; a test runs that.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { exportsPage } from "./exports-page.mjs";
import { reportFormatPage } from "./report-format.mjs";
import { standaloneModule } from "./standalone.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "mapscope-docs-"));
try {
  const { jsonSchema, SCHEMA_NAMES } = await importSource("src/analyze/json-schema.ts");
  await bring("docs/report-format.md", reportFormatPage(jsonSchema("analysis")));
  for (const name of SCHEMA_NAMES) {
    await bring(`schemas/${name}.json`, `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
  }
  const { exportTables } = await importSource("src/analyze/exports/index.ts");
  const { gauges } = await importSource("src/analyze/gauges/index.ts");
  await bring("docs/exports.md", exportsPage(exportTables, gauges));
  await bring("src/report/html/assets.ts", await standaloneModule(root));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function bring(page, text) {
  if (!process.argv.includes("--check")) return writeFile(join(root, page), text);
  const there = await readFile(join(root, page), "utf8").catch(() => undefined);
  if (there !== text) {
    console.error(`${page} is not up to date; node scripts/generate-docs.mjs writes it`);
    process.exitCode = 1;
  }
  return undefined;
}

/** Node 20 does not run TypeScript, so the file and what it imports are bundled first. */
async function importSource(path) {
  const build = await rolldown({ input: join(root, path), platform: "node" });
  const file = join(folder, `${path.replaceAll("/", "-")}.mjs`);
  await build.write({ file, format: "esm" });
  await build.close();
  return import(pathToFileURL(file).href);
}
