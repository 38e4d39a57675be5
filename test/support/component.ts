/** The component as the tests use it: instantiated once, from the committed output. */
import { type Component, loadComponent } from "../../src/component/load.ts";
import { readBytes } from "./project-files.ts";

let loaded: Promise<Component> | undefined;

export function component(): Promise<Component> {
  loaded ??= loadComponent(new Uint8Array(readBytes("src/component/generated/parse.core.wasm")));
  return loaded;
}
