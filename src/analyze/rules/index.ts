/** Every rule, in the order of their ids. */
import type { Rule } from "../rule.ts";
import { definitionDrift } from "./definition-drift.ts";
import { descriptorExhaustion } from "./descriptor-exhaustion.ts";
import { idlePreallocation } from "./idle-preallocation.ts";
import { lostInnerMaps } from "./lost-inner-maps.ts";
import { nearFullMap } from "./near-full-map.ts";
import { nominalMemlock } from "./nominal-memlock.ts";
import { oversizedScaleStep } from "./oversized-scale-step.ts";
import { repeatedMapSet } from "./repeated-map-set.ts";
import { stuckScaling } from "./stuck-scaling.ts";
import { thrashingWatermarks } from "./thrashing-watermarks.ts";
import { uncountedInnerMaps } from "./uncounted-inner-maps.ts";
import { unreleasedFloor } from "./unreleased-floor.ts";

export const rules: readonly Rule[] = [
  definitionDrift,
  descriptorExhaustion,
  idlePreallocation,
  lostInnerMaps,
  nearFullMap,
  nominalMemlock,
  oversizedScaleStep,
  repeatedMapSet,
  stuckScaling,
  thrashingWatermarks,
  uncountedInnerMaps,
  unreleasedFloor,
];
