/** Every report format; the first is what is taken when none is asked for. */
import { arrow } from "./arrow.ts";
import { csv } from "./csv.ts";
import { github } from "./github.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { openmetrics } from "./openmetrics.ts";
import type { Renderer } from "./renderer.ts";
import { sarif } from "./sarif.ts";
import { terminal } from "./terminal.ts";

export const renderers: readonly Renderer[] = [
  terminal,
  json,
  markdown,
  html,
  sarif,
  github,
  junit,
  csv,
  arrow,
  openmetrics,
];
