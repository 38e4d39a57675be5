/** Loads modules of src/ for the pages made from them. Node 20 does not run TypeScript, so they are bundled first. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

/** @param paths name to path, from the root; what comes back has the modules under the same names */
export async function importSources(root, paths) {
  const folder = await mkdtemp(join(tmpdir(), "mapscope-docs-"));
  try {
    const input = Object.fromEntries(
      Object.entries(paths).map(([name, path]) => [name, join(root, path)]),
    );
    const build = await rolldown({ input, platform: "node", logLevel: "silent" });
    await build.write({ dir: folder, format: "esm", entryFileNames: "[name].mjs" });
    await build.close();
    const modules = await Promise.all(
      Object.keys(paths).map(async (name) => [
        name,
        await import(pathToFileURL(join(folder, `${name}.mjs`)).href),
      ]),
    );
    return Object.fromEntries(modules);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
