/** Every rule, in the order of their ids. */
import type { Rule } from "../rule.ts";
import { definitionDrift } from "./definition-drift.ts";
import { idlePreallocation } from "./idle-preallocation.ts";
import { nearFullMap } from "./near-full-map.ts";
import { nominalMemlock } from "./nominal-memlock.ts";
import { oversizedScaleStep } from "./oversized-scale-step.ts";
import { repeatedMapSet } from "./repeated-map-set.ts";
import { uncountedInnerMaps } from "./uncounted-inner-maps.ts";
import { unreferencedInnerMaps } from "./unreferenced-inner-maps.ts";

export const rules: readonly Rule[] = [
  definitionDrift,
  idlePreallocation,
  nearFullMap,
  nominalMemlock,
  oversizedScaleStep,
  repeatedMapSet,
  uncountedInnerMaps,
  unreferencedInnerMaps,
];
