// Folders, file by file.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Every file in a folder, as `a/b.c`, sorted. */
export function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Names of the files that are not the same in both folders. */
export function differences(one, other) {
  const [here, there] = [listFiles(one), listFiles(other)];
  const names = [...new Set([...here, ...there])].sort();
  const same = (name) =>
    here.includes(name) &&
    there.includes(name) &&
    readFileSync(join(one, name)).equals(readFileSync(join(other, name)));
  return names.filter((name) => !same(name));
}
