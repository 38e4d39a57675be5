/** Every rule, in the order of their ids. */
import type { Rule } from "../rule.ts";
import { bucketCliff } from "./bucket-cliff.ts";
import { constantOverScale } from "./constant-over-scale.ts";
import { costlierRuntime } from "./costlier-runtime.ts";
import { daemonNearLimit } from "./daemon-near-limit.ts";
import { definitionDrift } from "./definition-drift.ts";
import { descriptorExhaustion } from "./descriptor-exhaustion.ts";
import { doubleCountedSharedMaps } from "./double-counted-shared-maps.ts";
import { ebpfCpuNearLimit } from "./ebpf-cpu-near-limit.ts";
import { hiddenFromKubectlTop } from "./hidden-from-kubectl-top.ts";
import { hiddenRingBuffer } from "./hidden-ring-buffer.ts";
import { idlePreallocation } from "./idle-preallocation.ts";
import { incompleteCapture } from "./incomplete-capture.ts";
import { keyValuePadding } from "./key-value-padding.ts";
import { lostInnerMaps } from "./lost-inner-maps.ts";
import { metricBlindSpot } from "./metric-blind-spot.ts";
import { nameCollision } from "./name-collision.ts";
import { nearFullMap } from "./near-full-map.ts";
import { nominalMemlock } from "./nominal-memlock.ts";
import { overheadOutsidePod } from "./overhead-outside-pod.ts";
import { oversizedScaleStep } from "./oversized-scale-step.ts";
import { percpuMultiplication } from "./percpu-multiplication.ts";
import { podOverheadMismatch } from "./pod-overhead-mismatch.ts";
import { repeatedMapSet } from "./repeated-map-set.ts";
import { slabMisfit } from "./slab-misfit.ts";
import { slotSizeMisfit } from "./slot-size-misfit.ts";
import { sparseOuterMap } from "./sparse-outer-map.ts";
import { stalePin } from "./stale-pin.ts";
import { stuckScaling } from "./stuck-scaling.ts";
import { thrashingWatermarks } from "./thrashing-watermarks.ts";
import { uncountedInnerMaps } from "./uncounted-inner-maps.ts";
import { unexplainedGrowth } from "./unexplained-growth.ts";
import { unreferencedInnerMaps } from "./unreferenced-inner-maps.ts";
import { unreleasedFloor } from "./unreleased-floor.ts";
import { unusedMap } from "./unused-map.ts";

export const rules: readonly Rule[] = [
  bucketCliff,
  constantOverScale,
  costlierRuntime,
  daemonNearLimit,
  definitionDrift,
  ebpfCpuNearLimit,
  hiddenFromKubectlTop,
  doubleCountedSharedMaps,
  descriptorExhaustion,
  hiddenRingBuffer,
  idlePreallocation,
  metricBlindSpot,
  lostInnerMaps,
  incompleteCapture,
  keyValuePadding,
  nameCollision,
  nearFullMap,
  nominalMemlock,
  overheadOutsidePod,
  oversizedScaleStep,
  percpuMultiplication,
  podOverheadMismatch,
  repeatedMapSet,
  stuckScaling,
  thrashingWatermarks,
  slabMisfit,
  slotSizeMisfit,
  sparseOuterMap,
  stalePin,
  uncountedInnerMaps,
  unreferencedInnerMaps,
  unreleasedFloor,
  unexplainedGrowth,
  unusedMap,
];
