/** Gauges of families: what the proposal of Kmesh's monitoring asks for, and what each map takes. */
import type { Analysis } from "../analysis.ts";
import { BYTE_FIGURES, type ByteFigure } from "../figures.ts";
import { type BoundedFamily, boundedFamilies } from "./bounded-families.ts";
import type { Gauge, Sample } from "./gauge.ts";

const LABELS = ["snapshot", "family", "map", "type", "role"] as const;

const HELP: Record<ByteFigure, string> = {
  memlockBytes: "What the kernel reported for the maps of the family.",
  modeledMemlockBytes: "What the model says the kernel should have reported.",
  preallocatedBytes: "Asked of the allocators when the maps were created.",
  allocatedBytes: "Asked of the allocators by now.",
  usedBytes: "Fixed parts and the room of live entries.",
  idleBytes: "Room for entries that holds none.",
  ceilingBytes: "What the maps take when full.",
  residentBytes: "Allocated after slab, page and per-CPU rounding.",
  unattributedBytes: "Reported minus modeled, which may be negative.",
};

export const FAMILY_GAUGES: readonly Gauge[] = [
  {
    name: "mapscope_family_maps",
    help: "Maps of the family.",
    labels: LABELS,
    samples: byFamily((it) => [{ labels: {}, value: it.maps }]),
  },
  {
    name: "mapscope_family_max_entries",
    help: "Entries that one map of the family can hold.",
    labels: LABELS,
    samples: byFamily((it) =>
      it.maxEntries === undefined ? [] : [{ labels: {}, value: it.maxEntries }],
    ),
  },
  figureGauge("mapscope_family_entries", "entries", "Live entries over all maps of the family."),
  figureGauge(
    "mapscope_family_nonzero_slots",
    "nonZeroSlots",
    "Slots of arrays whose value is not all zeros.",
  ),
  ...BYTE_FIGURES.map((figure): Gauge => {
    const name = `mapscope_family_${snakeCase(figure)}`;
    return { ...figureGauge(name, figure, HELP[figure]), unit: "bytes" };
  }),
];

function figureGauge(name: string, figure: string, help: string): Gauge {
  return {
    name,
    help,
    labels: [...LABELS, "basis"],
    samples: byFamily(({ figures }) => {
      const it = figures.get(figure);
      return it === undefined ? [] : [{ labels: { basis: it.basis }, value: it.value }];
    }),
  };
}

function byFamily(samplesOf: (family: BoundedFamily) => readonly Sample[]) {
  return ({ snapshots }: Analysis): Sample[] =>
    snapshots.flatMap((snapshot) =>
      boundedFamilies(snapshot).flatMap((it) => {
        const { family, map, type, role } = it;
        const own = { snapshot: snapshot.label, family, map, type, role };
        return samplesOf(it).map(({ labels, value }) => ({ labels: { ...own, ...labels }, value }));
      }),
    );
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
