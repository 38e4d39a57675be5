/** Listings modelled on random hosts: what is inferred of them is right, or withheld. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costOf } from "../../../src/model/cost.ts";
import type { MapDefinition } from "../../../src/model/definition.ts";
import type { Host } from "../../../src/model/host.ts";
import { type Evidence, resolveHost } from "../../../src/model/infer-host.ts";
import { definitions, hosts, strangeHosts } from "../arbitrary.ts";

interface Listing {
  readonly host: Host;
  readonly rows: readonly Evidence[];
  readonly entries: readonly number[];
}

/** What `map show` would print on the host, for maps filled to some share. */
function listingOf(host: Host, maps: readonly (readonly [MapDefinition, number])[]): Listing {
  const rows: Evidence[] = [];
  const entries: number[] = [];
  for (const [wanted, share] of maps) {
    const live = Math.floor(wanted.maxEntries * share);
    const { modeledMemlockBytes } = costOf(wanted, { entries: live, nonZeroSlots: live }, host);
    if (!("value" in modeledMemlockBytes)) continue;
    const { mapExtra: _hidden, ...listed } = wanted;
    // A listing shows max_entries as the kernel rounded it.
    const maxEntries =
      (wanted.flags & 2) === 0
        ? wanted.maxEntries
        : Math.ceil(wanted.maxEntries / host.possibleCpus) * host.possibleCpus;
    rows.push({
      definition: { ...listed, maxEntries },
      memlockBytes: modeledMemlockBytes.value,
      count: 1,
      source: `map ${rows.length}`,
    });
    entries.push(live);
  }
  return { host, rows, entries };
}

const maps = fc.array(fc.tuple(definitions, fc.double({ min: 0, max: 1, noNaN: true })), {
  minLength: 1,
  maxLength: 12,
});

describe.each([
  ["known builds", hosts],
  ["builds with headers of other sizes", strangeHosts],
])("on %s", (_what, anyHost) => {
  const listings = fc.tuple(anyHost, maps).map(([host, it]) => listingOf(host, it));

  test("the accounting is right or withheld, and no contradiction is made up", () => {
    fc.assert(
      fc.property(listings, ({ host, rows }) => {
        const { accounting, diagnostics } = resolveHost(rows, []);
        if (accounting !== undefined) expect(accounting.value).toBe(host.accounting);
        expect(diagnostics).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test("possible CPUs are right, or bounded rightly, or withheld", () => {
    fc.assert(
      fc.property(listings, ({ host, rows }) => {
        const { possibleCpus, possibleCpusRange } = resolveHost(rows, []);
        if (possibleCpus !== undefined) expect(possibleCpus.value).toBe(host.possibleCpus);
        if (possibleCpusRange !== undefined) {
          expect(possibleCpusRange.value[0]).toBeLessThanOrEqual(host.possibleCpus);
          expect(possibleCpusRange.value[1]).toBeGreaterThanOrEqual(host.possibleCpus);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("struct sizes are right or withheld", () => {
    fc.assert(
      fc.property(listings, ({ host, rows }) => {
        const { structSizes } = resolveHost(rows, []);
        for (const [name, { value }] of Object.entries(structSizes.calibrated)) {
          expect(value, name).toBe(host.structSize(name));
        }
      }),
      { numRuns: 150 },
    );
  });
});

test("often enough something is inferred: withholding everything would hold trivially", () => {
  let settled = 0;
  let total = 0;
  fc.assert(
    fc.property(
      fc.tuple(hosts, maps).map(([host, it]) => listingOf(host, it)),
      ({ rows }) => {
        const { accounting, possibleCpus } = resolveHost(rows, []);
        total += 2;
        if (accounting !== undefined) settled++;
        if (possibleCpus !== undefined) settled++;
      },
    ),
    { numRuns: 100, seed: 7 },
  );
  expect(settled / total).toBeGreaterThan(0.5);
});

test("live entries are right or withheld, once the build is given", () => {
  fc.assert(
    fc.property(
      fc.tuple(hosts, maps).map(([host, it]) => listingOf(host, it)),
      ({ host, rows, entries }) => {
        for (const [index, { definition, memlockBytes }] of rows.entries()) {
          const { liveEntries } = costOf(definition, { reportedMemlockBytes: memlockBytes }, host);
          if ("value" in liveEntries) expect(liveEntries.value).toBe(entries[index]);
        }
      },
    ),
    { numRuns: 100 },
  );
});
