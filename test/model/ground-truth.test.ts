/** Every measured row of five kernels, whatever its type: nothing is left out, and nothing is off by a byte. */
import { describe, expect, test } from "vitest";
import { costOf } from "../../src/model/cost.ts";
import { findMapType } from "../../src/model/map-types/index.ts";
import { nearestProfile } from "../../src/model/struct-sizes.ts";
import {
  definitionOf,
  GROUND_TRUTH_KERNELS,
  groundTruth,
  hostOf,
  measuredHost,
} from "./measured.ts";

/** Rows in each file; the files are a random part of what was measured. */
const ROWS = { "5.10": 1061, "6.1": 1681, "6.6": 563, "6.12": 1133, "6.18": 1160 };

describe.each(GROUND_TRUTH_KERNELS)("Linux %s", (kernel) => {
  const file = groundTruth(kernel);

  test(`all ${ROWS[kernel]} rows are modelled with a difference of 0`, () => {
    const differences = file.rows.filter((row) => {
      const host = measuredHost(file, row.possibleCpus);
      const { modeledMemlockBytes } = costOf(definitionOf(row), { entries: row.entries }, host);
      return !("value" in modeledMemlockBytes) || modeledMemlockBytes.value !== row.memlock;
    });
    expect(file.rows).toHaveLength(ROWS[kernel]);
    expect(differences).toEqual([]);
  });

  test("the profile of this kernel alone gives the same, so its sizes are the measured ones", () => {
    const differences = file.rows.filter((row) => {
      const host = hostOf(file.version, row.possibleCpus);
      const { modeledMemlockBytes } = costOf(definitionOf(row), { entries: row.entries }, host);
      return !("value" in modeledMemlockBytes) || modeledMemlockBytes.value !== row.memlock;
    });
    expect(differences).toEqual([]);
  });

  test("every struct of the profile that the file has is of the size that the file states", () => {
    const host = hostOf(file.version, 2);
    const profile = nearestProfile(host.kernel, host.accounting);
    expect(profile.name).toBe(file.version);
    const stated = Object.entries(profile.sizes).filter(([name]) => name in file.structSizes);
    expect(stated.length).toBeGreaterThan(30);
    expect(Object.fromEntries(stated)).toEqual(
      Object.fromEntries(stated.map(([name]) => [name, file.structSizes[name]])),
    );
  });

  test("entries are solved from the report of every map that allocates on demand", () => {
    const solved = file.rows.flatMap((row) => {
      const host = measuredHost(file, row.possibleCpus);
      const type = findMapType(row.type);
      if (host.accounting !== "per-type" || !type?.memlock.countsEntries?.(definitionOf(row)))
        return [];
      const cost = costOf(definitionOf(row), { reportedMemlockBytes: row.memlock }, host);
      return [
        { row, entries: "value" in cost.liveEntries ? cost.liveEntries.value : cost.liveEntries },
      ];
    });
    const isCounted = file.version.startsWith("6.") && kernel !== "6.1";
    expect(solved.length > 50).toBe(isCounted);
    expect(solved.filter(({ row, entries }) => entries !== row.entries)).toEqual([]);
  });
});
