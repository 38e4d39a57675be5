/** All views, in the order of the menu; the first is what is shown when a link names none. */
import type { View } from "../view.ts";
import { compare } from "./compare.ts";
import { findings } from "./findings.ts";
import { hierarchy } from "./hierarchy.ts";
import { maps } from "./maps.ts";
import { memory } from "./memory.ts";
import { numbers } from "./numbers.ts";
import { overview } from "./overview.ts";
import { report } from "./report.ts";
import { sources } from "./sources.ts";

export const views: readonly View[] = [
  overview,
  findings,
  memory,
  maps,
  hierarchy,
  compare,
  numbers,
  sources,
  report,
];
