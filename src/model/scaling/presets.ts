/** Policies of Kmesh by release and by stage of its main branch, in the order of time. */
import type { InnerMapShape, ScalingPolicy } from "./policy.ts";

const C_FILE = "bpf/deserialization_to_bpf_map/deserialization_to_bpf_map.c";

/** The inner map of every Kmesh that had them: one value of 1,300 bytes. */
export const KMESH_INNER_MAP: InnerMapShape = {
  type: "array",
  keySize: 4,
  valueSize: 1300,
  maxEntries: 1,
  flags: 0,
};

/**
 * Kmesh v0.5.0. The list of new slots starts at slot 0, and the loop that creates maps at position 1,
 * so each scale-up makes one map fewer than it counts (`inner_map_batch_create()`), and slot 0 has none.
 */
export const kmesh05: ScalingPolicy = {
  name: "kmesh-0.5",
  source: `${C_FILE}, v0.5.0`,
  initialSlots: 32_768,
  scaleUpStep: 32_768,
  scaleUpShare: 0,
  scaleInStep: 8_192,
  scaleInShare: 0,
  highWatermark: 0.7,
  lowWatermark: 0.3,
  floorSlots: 32_768,
  pollMs: 1,
  lostPerScaleUp: 1,
  reservedSlots: 0,
  outerSlots: 1_048_576,
  innerMap: KMESH_INNER_MAP,
};

/** All maps are made at start; nothing scales. */
const kmesh04: ScalingPolicy = {
  ...kmesh05,
  name: "kmesh-0.4",
  source: `${C_FILE}, v0.4.0`,
  initialSlots: 8_192,
  scaleUpStep: 0,
  scaleInStep: 0,
  floorSlots: 8_192,
  lostPerScaleUp: 0,
  outerSlots: 8_192,
};

const july20: ScalingPolicy = {
  ...kmesh05,
  name: "kmesh-main-2024-07-20",
  source: `${C_FILE}, main branch from 2024-07-20, never released; maps lost by a step not established, taken as none`,
  initialSlots: 8_192,
  scaleUpStep: 8_192,
  lowWatermark: 0.4,
  floorSlots: 8_192,
  lostPerScaleUp: 0,
};

export const PRESETS: readonly ScalingPolicy[] = [
  kmesh04,
  {
    ...july20,
    name: "kmesh-main-2024-07-19",
    source: `${C_FILE}, main branch of 2024-07-19, never released; maps lost by a step not established, taken as none`,
    scaleInStep: 0,
    pollMs: 5_000,
  },
  july20,
  {
    ...kmesh04,
    name: "kmesh-0.5-rc.0",
    source: `${C_FILE}, v0.5.0-rc.0: slot 0 is the null pointer`,
    reservedSlots: 1,
  },
  {
    ...kmesh05,
    name: "kmesh-main-2024-09-21",
    source: `${C_FILE} and .h, main branch from 2024-09-21, never released`,
    lowWatermark: 0.2,
  },
  kmesh05,
];

/** Kmesh 1.0 has no inner maps, so nothing to simulate: these maps stand in their place. */
export const NO_POOL = {
  name: "kmesh-1.x",
  source: `${C_FILE}, v1.0.0 to v1.2.0: four flat hash maps without preallocation`,
  /** `kmesh_map<size>`: key of 4 bytes, 1,000,000 entries, BPF_F_NO_PREALLOC. */
  valueSizes: [64, 192, 296, 1600],
  maxEntries: 1_000_000,
} as const;

export function findPreset(name: string): ScalingPolicy | undefined {
  return PRESETS.find((it) => it.name === name);
}
