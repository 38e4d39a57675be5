/** The committed objects with what other tools said of each, and the parser that the tests read them with. */
import { gunzipSync } from "node:zlib";
import { type Parser, parserOf } from "../../src/btf/parser.ts";
import { component } from "./component.ts";
import { exists, filesUnder, readBytes } from "./project-files.ts";

export const OBJECT_FOLDER = "fixtures/bpf-object";

/** Names without their ending: `map-attributes.el`. */
export const OBJECT_NAMES: readonly string[] = filesUnder(OBJECT_FOLDER)
  .filter((file) => /^[^/]+\/[^/]+\/[^/]+\.o$/.test(file))
  .map((file) => file.slice(OBJECT_FOLDER.length + 1, -2));

export function objectBytes(name: string): Uint8Array {
  return readBytes(`${OBJECT_FOLDER}/${name}.o`);
}

/** What a tool said: `btf.json`, `btf.c`, `pahole.txt` or `readelf.json`. */
export function expectedOf(name: string, tool: string): string {
  return gunzipSync(readBytes(`${OBJECT_FOLDER}/expected/${name}.${tool}.gz`)).toString();
}

/** Objects that a tool could read. */
export function objectsWith(tool: string): string[] {
  return OBJECT_NAMES.filter((name) => exists(`${OBJECT_FOLDER}/expected/${name}.${tool}.gz`));
}

export async function parser(): Promise<Parser> {
  return parserOf(await component());
}
