/** Every report format; the first is what is taken when none is asked for. */
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import type { Renderer } from "./renderer.ts";
import { terminal } from "./terminal.ts";

export const renderers: readonly Renderer[] = [terminal, json, markdown];
