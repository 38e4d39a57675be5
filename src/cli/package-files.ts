/**
 * Files of the package that are read at run time. Every bundle of the command line lies in dist/cli,
 * as deep as this file in src/cli, so the same addresses hold for both; the build moves the component's.
 */
import { readdir, readFile } from "node:fs/promises";

/** The built viewer. */
export const VIEWER_FOLDER = new URL("../../dist/viewer/", import.meta.url);

export async function readComponent(): Promise<Uint8Array> {
  return readFile(new URL("../component/generated/parse.core.wasm", import.meta.url));
}

let version: Promise<string> | undefined;

/** Asked at the start and by every report: read once. */
export function readVersion(): Promise<string> {
  version ??= readFile(new URL("../../package.json", import.meta.url), "utf8").then(
    (text) => (JSON.parse(text) as { version: string }).version,
  );
  return version;
}

/** The script that collects a capture on a host. */
export async function readCaptureScript(): Promise<string> {
  return readFile(new URL("../../capture/mapscope-capture.sh", import.meta.url), "utf8");
}

/** A page of docs, `rules/idle-preallocation.md`; undefined when there is none. */
export async function readDocsPage(page: string): Promise<string | undefined> {
  return readFile(new URL(`../../docs/${page}`, import.meta.url), "utf8").catch(() => undefined);
}

/** The pages of one folder of docs but for its index, without `.md`, sorted. */
export async function listDocs(folder: string): Promise<string[]> {
  const names = await readdir(new URL(`../../docs/${folder}/`, import.meta.url)).catch(() => []);
  return names
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .map((name) => name.slice(0, -3))
    .sort();
}
