/** The committed captures: what the model says of every map is what that kernel said, and entries are those put in. */
import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { AnalysisSnapshot } from "../src/analyze/analysis.ts";
import { analyzeFixture } from "./support/analyze-fixture.ts";
import { differences, entriesPutIn, type Fact, only } from "./support/kernel-figures.ts";
import { ROOT, read } from "./support/project-files.ts";

/** An entry of `captures` in fixtures/manifest.json; see docs/fixtures.md. */
interface Capture {
  readonly folder: string;
  readonly kernel: string;
  readonly possibleCpus: number;
  readonly scaler?: Readonly<Record<"before" | "after", { readonly liveInnerMaps: number }>>;
  readonly maps: readonly Fact[];
}

const { captures } = JSON.parse(read("fixtures/manifest.json")) as { captures: Capture[] };
const cases = captures.flatMap((capture) =>
  [...new Set(capture.maps.map(({ snapshot }) => snapshot))].map((label) => ({
    ...capture,
    label,
    facts: capture.maps.filter(({ snapshot }) => snapshot === label),
  })),
);

describe.each(cases)("$folder/$label (kernel $kernel)", ({ folder, label, facts, ...capture }) => {
  const innerMaps = capture.scaler?.[label as "before" | "after"].liveInnerMaps ?? 0;
  let told: AnalysisSnapshot;
  let inferred: AnalysisSnapshot;

  beforeAll(async () => {
    const files = readdirSync(`${ROOT}fixtures/${folder}/${label}`)
      .filter((file) => /^(map-show|prog-show|map-dump-.*)\.json$/.test(file))
      .map((file) => `${folder}/${label}/${file}`);
    const structSizes = JSON.parse(read(`fixtures/${folder}/struct-sizes.json`));
    const { kernel, possibleCpus } = capture;
    told = only(await analyzeFixture(files, { kernel, possibleCpus, structSizes }));
    inferred = only(await analyzeFixture(files));
  });

  test("every map is there", () => {
    expect(told.totals.maps).toBe(facts.length + innerMaps);
  });

  test("memlock is modelled to the byte, with the host told", () => {
    expect(differences(told)).toEqual([]);
  });

  test("memlock is modelled to the byte, with the host inferred", () => {
    expect(differences(inferred)).toEqual([]);
    expect(inferred.host.accounting?.value).toBe(told.host.accounting?.value);
  });

  test("entries are those that were put in", () => {
    const { put, known } = entriesPutIn(told, facts);
    expect(known).toEqual(put.filter((it) => known.some(({ id }) => id === it.id)));
    expect(known.length).toBeGreaterThan(3);
  });

  test("the inner maps are tied to their outer map", () => {
    const inner = told.families.filter((it) => it.role === "inner");
    expect(inner.reduce((sum, it) => sum + it.count, 0)).toBe(innerMaps);
    expect(inner.map((it) => it.outer?.name)).toEqual(innerMaps > 0 ? ["outer_map"] : []);
  });
});
