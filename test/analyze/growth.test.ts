/** Floor and slope by scale: exact through two snapshots, with a residual through more. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/analyze.ts";
import { growthOf } from "../../src/analyze/growth.ts";
import { lineThrough } from "../../src/analyze/line.ts";
import { scaleInText, withScale } from "../../src/analyze/scale.ts";
import { analyzeSources } from "../support/analyze-fixture.ts";
import { family, SCALING_945, snapshot } from "./factories.ts";

describe("a line", () => {
  test("goes through two points exactly", () => {
    expect(
      lineThrough([
        [100, 1500],
        [1000, 6000],
      ]),
    ).toEqual({ slope: 5, floor: 1000, residual: 0 });
  });

  test("through three is that of least squares, with the largest distance", () => {
    // By hand: means 2 and 4, slope (1 x 2 + 0 + 1 x 1) / 2 = 1.5, floor 1; distances 0.5, 1, 0.5.
    expect(
      lineThrough([
        [1, 2],
        [2, 5],
        [3, 5],
      ]),
    ).toEqual({ slope: 1.5, floor: 1, residual: 1 });
  });

  test("needs two different amounts", () => {
    expect(lineThrough([])).toBeUndefined();
    expect(lineThrough([[5, 1]])).toBeUndefined();
    expect(
      lineThrough([
        [5, 1],
        [5, 2],
      ]),
    ).toBeUndefined();
  });

  test("of points that lie on one is that one", () => {
    const whole = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(
        whole,
        whole,
        fc.uniqueArray(fc.nat(10_000), { minLength: 2, maxLength: 20 }),
        (slope, floor, xs) => {
          const line = lineThrough(xs.map((x) => [x, floor + slope * x] as const));
          expect(line?.slope).toBeCloseTo(slope, 5);
          expect(line?.floor).toBeCloseTo(floor, 2);
          expect(line?.residual).toBeCloseTo(0, 2);
        },
      ),
    );
  });
});

const at = (label: string, services: number, entries: number, more: object = {}) =>
  withScale(
    snapshot(
      [
        family({
          id: "listener",
          name: "kmesh_listener",
          maxEntries: 1024,
          entries,
          residentBytes: 16_384 + 192 * entries,
        }),
        family({ id: "fixed", name: "fixed", type: "array", residentBytes: 4096 }),
      ],
      { label, ...more },
    ),
    new Map([[label, { services }]]),
  );

describe("growth by services", () => {
  const [growth] = growthOf([at("b", 500, 501), at("a", 100, 101)]);

  test("has the points in order of the amount", () => {
    expect(growth?.points.map((it) => [it.snapshot, it.amount])).toEqual([
      ["a", 100],
      ["b", 500],
    ]);
  });

  test("has floor and slope of what changes, and of the whole", () => {
    expect(growth?.families.map((it) => it.id)).toEqual(["listener"]);
    expect(growth?.families[0]?.entries).toMatchObject({ perUnit: 1, floor: 1 });
    expect(growth?.totals.residentBytes).toEqual({
      perUnit: 192,
      floor: 16_384 + 192 + 4096,
      basis: "modeled",
    });
  });

  test("says which map fills first, and at what scale", () => {
    expect(growth?.fills).toEqual([
      {
        family: "listener",
        label: "kmesh_listener",
        at: 1023,
        maxEntries: 1024,
        entriesPerUnit: 1,
        errno: "E2BIG",
      },
    ]);
  });

  test("has a residual with three snapshots", () => {
    const [three] = growthOf([at("a", 100, 101), at("b", 200, 205), at("c", 300, 301)]);
    expect(three?.families[0]?.entries?.residual).toBeCloseTo(8 / 3, 9);
  });

  test("leaves out a family whose figure one snapshot does not know", () => {
    const unknown = withScale(
      snapshot([family({ id: "listener", residentBytes: 1 })], { label: "c" }),
      new Map([["c", { services: 900 }]]),
    );
    const [partly] = growthOf([at("a", 100, 101), unknown]);
    expect(partly?.families.find((it) => it.id === "listener")?.entries).toBeUndefined();
  });

  test("a family that is not there takes nothing", () => {
    const empty = withScale(
      snapshot([family({ id: "other" })], { label: "o" }),
      new Map([["o", { services: 0 }]]),
    );
    const [fresh] = growthOf([empty, at("a", 100, 100)]);
    expect(fresh?.families.find((it) => it.id === "fixed")?.residentBytes).toMatchObject({
      perUnit: 40.96,
    });
  });
});

test("the next step is where the daemon's division reaches its watermark", () => {
  const pool = (claimedPerDaemon: number, usedPerDaemon: number) => ({
    scaling: {
      ...SCALING_945,
      innerMaps: { family: "inner", count: 1, claimedPerDaemon, usedPerDaemon, evidence: "" },
    },
  });
  // 28,672 of 40,960 is 0.7, and below it in single precision: the daemon waits for one more.
  const [growth] = growthOf([
    at("a", 1000, 1, pool(40_960, 10_000)),
    at("b", 2000, 1, pool(40_960, 20_000)),
  ]);
  expect(growth?.nextStep).toEqual({
    at: 2868,
    usedSlotsPerUnit: 10,
    usedSlots: 28_673,
    claimedSlots: 40_960,
    claimedSlotsAfter: 73_728,
  });
});

test("without two different amounts there is no growth", () => {
  expect(growthOf([at("a", 100, 1), at("b", 100, 2)])).toEqual([]);
  expect(growthOf([snapshot([]), snapshot([])])).toEqual([]);
  expect(analyze([snapshot([])], { toolVersion: "0" }).growth).toBeUndefined();
});

describe("a label tells the scale", () => {
  test.each([
    ["1000 services", { services: 1000 }],
    ["After creating 10,000 services and 3k pods", { services: 10_000, pods: 3000 }],
    ["1-service", { services: 1 }],
    ["before", {}],
    ["100 services, then 200 services", {}],
    ["6.1.19 kernel", {}],
    ["Kmesh 0.5 services", {}],
    ["123456789012 services", {}],
    ["5 constructor", {}],
  ])("%s", (label, expected) => {
    const told = Object.fromEntries(
      Object.entries(scaleInText(label)).map(([unit, it]) => [unit, it.value]),
    );
    expect(told).toEqual(expected);
  });

  test("and what is given outranks it", () => {
    const given = withScale(
      snapshot([], { label: "100 pods" }),
      new Map([["100 pods", { pods: 90 }]]),
    );
    expect(given.scale?.pods).toMatchObject({ value: 90, basis: "reported" });
  });
});

describe("a section tells the scale", () => {
  const said = (label: string, ...counts: readonly (readonly [number, string])[]) =>
    withScale(
      snapshot([], {
        label,
        statements: counts.map(([count, heading]) => ({
          kind: "scale-count" as const,
          count,
          of: "Service entries",
          part: { heading },
          quote: "",
          source: "report.md line 7",
        })),
      }),
      new Map(),
    ).scale;

  test("that the snapshot is, in its text", () => {
    const all = [
      [100, "before"],
      [1000, "after"],
    ] as const;
    expect(said("after", ...all)).toEqual({
      services: { value: 1000, basis: "inferred", source: "report.md line 7" },
    });
  });

  test("but not two numbers of the same, nor what stands elsewhere", () => {
    expect(said("after", [100, "after"], [1000, "after"])).toBeUndefined();
    expect(said("after", [100, "background"])).toBeUndefined();
  });

  test("and its heading outranks its text", () => {
    expect(said("10 services", [9, "10 services"])?.services?.value).toBe(10);
  });
});

test("a report alone: two sections that say what was created, and a table of figures", async () => {
  const file = (id: number, name: string) =>
    `\`\`\`json\n[{"id":${id},"type":"array","name":"${name}","flags":0,"bytes_key":4,"bytes_value":64,"max_entries":1,"bytes_memlock":4096}]\n\`\`\`\n`;
  const text = `# grows
## before
We created 100 services.
${file(1, "one")}
## after
We created 1,000 services.
${file(1, "one")}
| services | memory (MiB) |
|---|---|
| 100 | 10 |
| 1000 | 28 |
| 10000 | 208 |
`;
  const { snapshots, growth, diagnostics } = await analyzeSources([
    ["report.md", new TextEncoder().encode(text)],
  ]);
  expect(growth?.[0]).toMatchObject({
    unit: "services",
    points: [{ amount: 100 }, { amount: 1000 }],
  });
  expect(diagnostics).toEqual([]);
  // (28 - 10) MiB over 900 services, and (208 - 28) over 9,000.
  const line = snapshots[1]?.measurements?.[0]?.columns[0]?.line;
  expect(line?.perUnit).toBeCloseTo(0.02 * 1024 * 1024, 6);
  expect(line?.floor).toBeCloseTo(8 * 1024 * 1024, 3);
  expect(line?.residual).toBeCloseTo(0, 3);
});
