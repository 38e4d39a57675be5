/** What every map type's test checks: the measured rows of its kind, the parts of a map, and what the kernel refuses. */
import { describe, expect, test } from "vitest";
import { costOf, type MapState } from "../../../src/model/cost.ts";
import type { MapDefinition } from "../../../src/model/definition.ts";
import type { MapType } from "../../../src/model/map-type.ts";
import { findMapType } from "../../../src/model/map-types/index.ts";
import { validate } from "../../../src/model/validate.ts";
import {
  definition,
  definitionOf,
  GROUND_TRUTH_KERNELS,
  groundTruth,
  hostOf,
  measuredHost,
} from "../measured.ts";

export interface MapTypeCases {
  /** Number in `enum bpf_map_type`, include/uapi/linux/bpf.h. */
  readonly uapi: number;
  /** Measured rows by kernel: a count, so that a lost fixture shows. */
  readonly measured: Partial<Record<(typeof GROUND_TRUTH_KERNELS)[number], number>>;
  /** What the definition texts cannot say, and struct sizes that no profile has. */
  readonly more?: Partial<MapDefinition>;
  readonly structSizes?: Readonly<Record<string, number>>;
  /** A sentence: what a kernel reports for a definition; from kernel source or a public report, named in it. */
  readonly reports?: Record<
    string,
    readonly [kernel: string, cpus: number, definition: string, entries: number, bytes: number]
  >;
  /** A sentence: the bytes asked of the allocators for each part at creation. */
  readonly parts: Record<
    string,
    readonly [kernel: string, cpus: number, definition: string, parts: Record<string, number>]
  >;
  /** A sentence: the bytes of each part of one live entry. */
  readonly entry?: Record<
    string,
    readonly [kernel: string, cpus: number, definition: string, parts: Record<string, number>]
  >;
  /** A sentence: allocated, used and ceiling bytes; `null` where one is not known. */
  readonly figures: Record<
    string,
    readonly [
      kernel: string,
      cpus: number,
      definition: string,
      state: MapState,
      figures: readonly [allocated: number | null, used: number | null, ceiling: number | null],
    ]
  >;
  /** A sentence: the errno that the kernel gives, and part of the rule. */
  readonly refuses: Record<string, readonly [definition: string, errno: string, rule: RegExp]>;
}

export function mapTypeCases(type: MapType, cases: MapTypeCases) {
  const { name } = type;
  const cost = (kernel: string, cpus: number, text: string, state: MapState) =>
    costOf(definition(text, cases.more), state, hostOf(kernel, cpus, cases.structSizes));

  test("is listed under its name and its number", () => {
    expect(type.uapi).toBe(cases.uapi);
    expect(findMapType(name)).toBe(type);
    expect(findMapType(String(cases.uapi))).toBe(type);
  });

  describe.each(GROUND_TRUTH_KERNELS)("as measured on %s", (kernel) => {
    const file = groundTruth(kernel);
    const rows = file.rows.filter((row) => row.type === name);

    test(`every report of ${cases.measured[kernel] ?? 0} maps is modelled to the byte`, () => {
      expect(rows).toHaveLength(cases.measured[kernel] ?? 0);
      const wrong = rows.filter((row) => {
        const host = measuredHost(file, row.possibleCpus);
        const { modeledMemlockBytes } = costOf(definitionOf(row), { entries: row.entries }, host);
        return !("value" in modeledMemlockBytes) || modeledMemlockBytes.value !== row.memlock;
      });
      expect(wrong).toEqual([]);
    });
  });

  if (cases.reports !== undefined) {
    describe("reports", () => {
      test.each(Object.entries(cases.reports ?? {}))(
        "%s",
        (_sentence, [kernel, cpus, text, entries, bytes]) => {
          const { modeledMemlockBytes } = cost(kernel, cpus, text, { entries });
          expect(modeledMemlockBytes).toMatchObject({ value: bytes });
        },
      );
    });
  }

  describe("takes at creation", () => {
    test.each(Object.entries(cases.parts))("%s", (_sentence, [kernel, cpus, text, parts]) => {
      const { components, preallocatedBytes } = cost(kernel, cpus, text, {});
      expect(byName(components)).toEqual(parts);
      const sum = Object.values(parts).reduce((total, bytes) => total + bytes, 0);
      expect(preallocatedBytes).toMatchObject({ value: sum });
    });
  });

  describe("takes for an entry", () => {
    test("nothing, or the parts below", () => {
      const isPreallocated = type.perEntry === undefined;
      expect(cases.entry === undefined).toBe(isPreallocated);
    });
    test.each(Object.entries(cases.entry ?? {}))("%s", (_sentence, [kernel, cpus, text, parts]) => {
      const { entryComponents } = cost(kernel, cpus, text, {});
      expect(byName(entryComponents)).toEqual(parts);
    });
  });

  describe("comes to", () => {
    test.each(Object.entries(cases.figures))(
      "%s",
      (_sentence, [kernel, cpus, text, state, figures]) => {
        const { allocatedBytes, usedBytes, ceilingBytes } = cost(kernel, cpus, text, state);
        const found = [allocatedBytes, usedBytes, ceilingBytes];
        expect(found.map((it) => ("value" in it ? it.value : null))).toEqual(figures);
      },
    );
  });

  describe("is refused by the kernel", () => {
    test.each(Object.entries(cases.refuses))("%s", (_sentence, [text, errno, rule]) => {
      const refusals = validate(definition(text, cases.more), { pageSize: 4096, possibleCpus: 2 });
      expect(refusals.map((it) => it.errno)).toContain(errno);
      expect(refusals.map((it) => it.message).join("; ")).toMatch(rule);
    });
  });
}

function byName(components: readonly { name: string; bytes: number }[]) {
  return Object.fromEntries(components.map(({ name, bytes }) => [name, bytes]));
}
