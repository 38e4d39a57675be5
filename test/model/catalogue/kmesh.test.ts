/** The catalogue against the totals that were measured of each release and mode, and its own shape. */
import { expect, test } from "vitest";
import type { CatalogueEntry } from "../../../src/model/catalogue/catalogue.ts";
import { catalogues } from "../../../src/model/catalogue/index.ts";

/**
 * Maps a node and bytes that a 5.11 to 6.3 kernel reports for them with 8 possible CPUs, empty, inner
 * maps left out: compiled objects of each tag, summed after sharing.
 */
const MEASURED = [
  ["v0.4.0", "kernel-native enhanced", 19, 12_500_992],
  ["v0.4.0", "dual-engine", 23, 20_455_424],
  ["v0.5.0", "kernel-native normal", 16, 139_866_112],
  ["v0.5.0", "kernel-native enhanced", 20, 144_003_072],
  ["v0.5.0", "dual-engine", 25, 23_293_952],
  ["v1.0.0", "kernel-native enhanced", 23, 2_323_968_000],
  ["v1.0.0", "dual-engine", 30, 2_213_330_944],
  ["HEAD", "kernel-native enhanced", 24, 2_323_972_096],
  ["HEAD", "dual-engine", 37, 2_212_970_496],
] as const;

const HOLDS_FDS = new Set(["prog_array", "array_of_maps", "hash_of_maps"]);

/** bpf_map_memory_footprint(), kernel/bpf/syscall.c, 6.1; written out here so as not to test the model with itself. */
function footprint({ definition: it }: CatalogueEntry): number {
  const up = (value: number, step: number) => Math.ceil(value / step) * step;
  const perCpu = it.type === "percpu_array" ? up(it.valueSize, 8) * 8 : it.valueSize;
  return up(it.maxEntries * up(it.keySize + (HOLDS_FDS.has(it.type) ? 4 : perCpu), 8), 4096);
}

test.each(MEASURED)(
  "%s %s has %i maps, reported as %i bytes on 6.1",
  (version, mode, maps, bytes) => {
    const found = catalogues
      .find((it) => it.project === "Kmesh")
      ?.releases.find((it) => it.version === version)
      ?.modes.find((it) => it.mode === mode);
    const fixed = found?.maps.filter((it) => it.copies !== undefined) ?? [];
    expect(fixed.reduce((sum, it) => sum + (it.copies ?? 0), 0)).toBe(maps);
    expect(fixed.reduce((sum, it) => sum + (it.copies ?? 0) * footprint(it), 0)).toBe(bytes);
  },
);

test("every inner map's outer map is in the same mode, with that inner map as its template", () => {
  for (const { releases } of catalogues) {
    for (const { maps } of releases.flatMap((it) => it.modes)) {
      for (const { definition, innerOf } of maps.filter((it) => it.innerOf !== undefined)) {
        const outer = maps.find((it) => it.definition.name === innerOf)?.definition;
        expect(outer?.inner).toEqual({
          type: definition.type,
          keySize: definition.keySize,
          valueSize: definition.valueSize,
          maxEntries: definition.maxEntries,
          flags: definition.flags,
        });
      }
    }
  }
});
