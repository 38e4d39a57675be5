/** The project's own files, for the tests that look at the sources instead of running them. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Ends with a slash. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export function read(path: string): string {
  return readFileSync(ROOT + path, "utf8");
}

export function readBytes(path: string): Uint8Array {
  return readFileSync(ROOT + path);
}

export function exists(path: string): boolean {
  return existsSync(ROOT + path);
}

/** Paths from the root with forward slashes, sorted, of every file under `folder`. */
export function filesUnder(folder: string): string[] {
  return readdirSync(ROOT + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** What git tracks, or would if it were added; undefined outside of a git checkout. */
export function trackedFiles(): string[] | undefined {
  if (!exists(".git")) return undefined;
  return execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  })
    .split("\0")
    .filter((path) => path !== "" && exists(path) && statSync(ROOT + path).isFile());
}
