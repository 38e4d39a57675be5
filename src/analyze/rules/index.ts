/** Every rule, in the order of their ids. */
import type { Rule } from "../rule.ts";
import { bucketCliff } from "./bucket-cliff.ts";
import { constantOverScale } from "./constant-over-scale.ts";
import { costlierRuntime } from "./costlier-runtime.ts";
import { daemonNearLimit } from "./daemon-near-limit.ts";
import { definitionDrift } from "./definition-drift.ts";
import { ebpfCpuNearLimit } from "./ebpf-cpu-near-limit.ts";
import { hiddenFromKubectlTop } from "./hidden-from-kubectl-top.ts";
import { hiddenRingBuffer } from "./hidden-ring-buffer.ts";
import { idlePreallocation } from "./idle-preallocation.ts";
import { incompleteCapture } from "./incomplete-capture.ts";
import { keyValuePadding } from "./key-value-padding.ts";
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
import { uncountedInnerMaps } from "./uncounted-inner-maps.ts";
import { unexplainedGrowth } from "./unexplained-growth.ts";
import { unusedMap } from "./unused-map.ts";

export const rules: readonly Rule[] = [
  bucketCliff,
  constantOverScale,
  costlierRuntime,
  daemonNearLimit,
  definitionDrift,
  ebpfCpuNearLimit,
  hiddenFromKubectlTop,
  hiddenRingBuffer,
  idlePreallocation,
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
  slabMisfit,
  slotSizeMisfit,
  sparseOuterMap,
  stalePin,
  uncountedInnerMaps,
  unexplainedGrowth,
  unusedMap,
];
