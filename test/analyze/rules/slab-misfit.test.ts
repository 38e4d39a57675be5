/** Known answers: an entry of 192/72 takes a slab object of 512, one of 192/776 exactly 1,024 (measured on 6.18). */
import type { AnalysisFamily } from "../../../src/analyze/analysis.ts";
import { slabMisfit } from "../../../src/analyze/rules/slab-misfit.ts";
import { family, snapshot, tablesOf } from "../factories.ts";
import { ruleCases } from "../rule-cases.ts";

type Parts = NonNullable<AnalysisFamily["components"]>;
const object = (bytes: number, slab: number, allocator = "kmalloc") =>
  [
    {
      name: "entry",
      allocator,
      bytes,
      residentBytes: slab + 8,
      holds: "entries",
      room: { entries: 1, bytesEach: bytes },
    },
  ] as unknown as Parts;
const host = {
  accounting: { value: "per-type", basis: "reported", source: "" },
  pageSize: { value: 4096, basis: "assumed", source: "" },
} as const;
const of = (facts: Parameters<typeof family>[0]) =>
  tablesOf(snapshot([family(facts)], { host: { ...host } }));
const cluster = (entries: number) =>
  of({
    name: "km_cluster",
    keySize: 192,
    valueSize: 72,
    entries,
    entryComponents: object(320, 512),
  });

ruleCases(slabMisfit, {
  fires: {
    "64 bytes over the class below": [
      cluster(16_384),
      {
        severity: "info",
        recommendation:
          "Use the 192 B that come for nothing: a value of up to 264 B takes the same object.",
        message:
          "each entry of km_cluster asks for 320 B and gets a slab object of 512 B: 3,145,728 bytes (38 %) of 16,384 such objects hold nothing",
        evidence: { askedBytes: 320, slabBytes: 512, bytesOverTheClassBelow: 64 },
      },
    ],
    "8 bytes over the class below, which a tighter value would fit": [
      of({ keySize: 8, valueSize: 200, entries: 16_384, entryComponents: object(264, 512) }),
      { savesBytes: 256 * 16_384 },
    ],
    "a value that is rounded up to 8 already": [
      of({ keySize: 192, valueSize: 69, entries: 16_384, entryComponents: object(320, 512) }),
      {
        recommendation:
          "Use the 192 B that come for nothing: a value of up to 264 B takes the same object.",
      },
    ],
    "a per-CPU hash, whose entries point to their values": [
      of({
        type: "percpu_hash",
        keySize: 16,
        valueSize: 400,
        entries: 100_000,
        entryComponents: object(72, 96),
      }),
      {
        recommendation:
          "Use the 24 B that come for nothing: a key of up to 40 B takes the same object; what it holds of a value is a pointer.",
      },
    ],
    "maps that are one object each": [
      of({
        type: "array",
        valueSize: 1300,
        maxEntries: 1,
        role: "inner",
        count: 131_066,
        components: object(1616, 2048, "area"),
      }),
      { evidence: { askedBytes: 1616, slabBytes: 2048, lostBytes: 432 * 131_066 } },
    ],
  },
  silent: {
    "an object that fits": of({ entries: 100_000, entryComponents: object(1024, 1024) }),
    "few entries": cluster(100),
    "little of the class": of({ entries: 100_000, entryComponents: object(460, 512) }),
    "an area of whole pages": of({
      count: 1,
      components: object(1_000_000, 1_003_520, "area"),
    }),
    "entries that are not known": of({ entryComponents: object(320, 512) }),
  },
  notApplicable: {
    "no accounting, so no model": [tablesOf(snapshot([family({})])), /--kernel RELEASE/],
  },
});
