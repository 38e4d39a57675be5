// fixtures/manifest.json: one entry for each fixture file, and one for each capture. A script replaces only the
// entries under its own folder.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Replaces the entries whose path (or folder) begins with `prefix`; the rest stays as it is. */
export function replaceInManifest(path, prefix, { captures = [], files = [] }) {
  const manifest = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const kept = (manifest.captures ?? []).filter((capture) => `${capture.folder}/` !== prefix);
  const keptFiles = (manifest.files ?? []).filter((file) => !file.path.startsWith(prefix));
  manifest.captures = [...kept, ...captures].sort((a, b) => compare(a.folder, b.folder));
  manifest.files = [...keptFiles, ...files].sort((a, b) => compare(a.path, b.path));
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
