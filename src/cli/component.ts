/** The component of this process: loaded when it is first asked for, and once. */
import { type Component, loadComponent } from "../component/load.ts";
import { readComponent } from "./package-files.ts";

let loading: Promise<Component> | undefined;

export function theComponent(): Promise<Component> {
  loading ??= readComponent().then((core) => loadComponent(core));
  return loading;
}
