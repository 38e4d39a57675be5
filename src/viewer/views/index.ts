/** All views, in the order of the menu; the first is what is shown when a link names none. */
import type { View } from "../view.ts";
import { compare } from "./compare.ts";
import { findings } from "./findings.ts";
import { growth } from "./growth.ts";
import { hierarchy } from "./hierarchy.ts";
import { maps } from "./maps.ts";
import { memory } from "./memory.ts";
import { numbers } from "./numbers.ts";
import { objects } from "./objects.ts";
import { overview } from "./overview.ts";
import { programs } from "./programs.ts";
import { reconciliation } from "./reconciliation.ts";
import { report } from "./report.ts";
import { scalingLab } from "./scaling-lab.ts";
import { slotSizes } from "./slot-sizes.ts";
import { sources } from "./sources.ts";
import { whatIf } from "./what-if.ts";

export const views: readonly View[] = [
  overview,
  findings,
  memory,
  maps,
  hierarchy,
  growth,
  compare,
  scalingLab,
  whatIf,
  slotSizes,
  programs,
  objects,
  reconciliation,
  numbers,
  sources,
  report,
];
