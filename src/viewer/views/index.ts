/** All views, by the groups of the menu; the first is what is shown when a link names none. */
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

export interface ViewGroup {
  /** What its views are for; the first group, which is always in sight, needs no word for it. */
  readonly title?: string;
  readonly views: readonly View[];
}

/** The menu: who takes the memory and what to do comes first, the rest is folded until it is asked for. */
export const viewGroups: readonly ViewGroup[] = [
  { views: [overview, findings, memory, maps, compare] },
  { title: "Look closer", views: [growth, hierarchy, programs, objects] },
  { title: "Try out", views: [scalingLab, whatIf, slotSizes] },
  { title: "Check", views: [reconciliation, numbers, sources, report] },
];

export const views: readonly View[] = viewGroups.flatMap((it) => it.views);
