/** Every rule, in the order of their ids. */
import type { Rule } from "../rule.ts";
import { constantOverScale } from "./constant-over-scale.ts";
import { costlierRuntime } from "./costlier-runtime.ts";
import { daemonNearLimit } from "./daemon-near-limit.ts";
import { definitionDrift } from "./definition-drift.ts";
import { descriptorExhaustion } from "./descriptor-exhaustion.ts";
import { doubleCountedSharedMaps } from "./double-counted-shared-maps.ts";
import { ebpfCpuNearLimit } from "./ebpf-cpu-near-limit.ts";
import { hiddenFromKubectlTop } from "./hidden-from-kubectl-top.ts";
import { idlePreallocation } from "./idle-preallocation.ts";
import { lostInnerMaps } from "./lost-inner-maps.ts";
import { metricBlindSpot } from "./metric-blind-spot.ts";
import { nearFullMap } from "./near-full-map.ts";
import { nominalMemlock } from "./nominal-memlock.ts";
import { overheadOutsidePod } from "./overhead-outside-pod.ts";
import { oversizedScaleStep } from "./oversized-scale-step.ts";
import { podOverheadMismatch } from "./pod-overhead-mismatch.ts";
import { repeatedMapSet } from "./repeated-map-set.ts";
import { stuckScaling } from "./stuck-scaling.ts";
import { thrashingWatermarks } from "./thrashing-watermarks.ts";
import { uncountedInnerMaps } from "./uncounted-inner-maps.ts";
import { unreferencedInnerMaps } from "./unreferenced-inner-maps.ts";
import { unreleasedFloor } from "./unreleased-floor.ts";

export const rules: readonly Rule[] = [
  constantOverScale,
  costlierRuntime,
  daemonNearLimit,
  definitionDrift,
  ebpfCpuNearLimit,
  hiddenFromKubectlTop,
  doubleCountedSharedMaps,
  descriptorExhaustion,
  idlePreallocation,
  metricBlindSpot,
  lostInnerMaps,
  nearFullMap,
  nominalMemlock,
  oversizedScaleStep,
  overheadOutsidePod,
  podOverheadMismatch,
  repeatedMapSet,
  stuckScaling,
  thrashingWatermarks,
  uncountedInnerMaps,
  unreferencedInnerMaps,
  unreleasedFloor,
];
