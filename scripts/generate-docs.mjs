/**
 * Writes the pages of docs that are made from the sources, the schema of the config, and what the HTML report carries.
 * With `--check` it writes nothing and fails when one is not what would be written; a test runs that.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandsPage } from "./docs/commands.mjs";
import { contentsPage } from "./docs/contents.mjs";
import { exportsPage } from "./docs/exports.mjs";
import {
  errorCodesPage,
  formatsPage,
  mapTypesPage,
  reportsPage,
  rulesPage,
} from "./docs/indexes.mjs";
import { reportFormatPage } from "./docs/report-format.mjs";
import { importSources } from "./docs/sources.mjs";
import { standaloneModule } from "./standalone.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

const source = await importSources(root, {
  schema: "src/analyze/json-schema.ts",
  program: "src/cli/program.ts",
  exit: "src/cli/exit-codes.ts",
  errors: "src/base/error-codes.ts",
  importers: "src/ingest/importers/index.ts",
  mapTypes: "src/model/map-types/index.ts",
  needs: "src/analyze/needs.ts",
  rules: "src/analyze/rules/index.ts",
  reports: "src/report/index.ts",
  exports: "src/analyze/exports/index.ts",
  gauges: "src/analyze/gauges/index.ts",
});
const { importers } = source.importers;
const { renderers } = source.reports;

for (const name of source.schema.SCHEMA_NAMES) {
  await bring(
    `schemas/${name}.json`,
    `${JSON.stringify(source.schema.jsonSchema(name), null, 2)}\n`,
  );
}
await bring("src/report/html/assets.ts", await standaloneModule(root));
await bring("docs/report-format.md", reportFormatPage(source.schema.jsonSchema("analysis")));
await bring("docs/exports.md", exportsPage(source.exports.exportTables, source.gauges.gauges));
await bring("docs/commands.md", commandsPage(source.program.createProgram, source.exit.EXIT));
await bring("docs/error-codes.md", errorCodesPage(source.errors.ERROR_CODES));
await bring("docs/rules/README.md", rulesPage(source.rules.rules, source.needs.NEEDS));
await bring("docs/map-types/README.md", mapTypesPage(source.mapTypes.mapTypes));
await bring("docs/formats/README.md", formatsPage(importers, await pagesOf("formats", importers)));
await bring("docs/reports/README.md", reportsPage(renderers, await pagesOf("reports", renderers)));
// Last, since it lists the others.
await bring("docs/README.md", contentsPage(await allPages()));

async function bring(page, text) {
  if (!process.argv.includes("--check")) return writeFile(join(root, page), text);
  if ((await readFile(join(root, page), "utf8").catch(() => undefined)) !== text) {
    console.error(`${page} is out of date; node scripts/generate-docs.mjs writes it`);
    process.exitCode = 1;
  }
  return undefined;
}

async function pagesOf(folder, things) {
  const texts = things.map(async ({ id }) => [
    id,
    await readFile(join(root, "docs", folder, `${id}.md`), "utf8"),
  ]);
  return Object.fromEntries(await Promise.all(texts));
}

async function allPages() {
  const paths = (await readdir(join(root, "docs"), { recursive: true }))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".md"));
  const texts = paths.map(async (path) => [path, await readFile(join(root, "docs", path), "utf8")]);
  return Object.fromEntries(await Promise.all(texts));
}
