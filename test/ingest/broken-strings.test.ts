/** JSON that was broken inside of strings, at no width: what a mail program or a resized terminal makes of a paste. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ingest } from "../../src/ingest/ingest.ts";
import { component } from "../support/component.ts";
import { bytesOf, fixture, inChunks, readReal } from "./read.ts";

const LIST = JSON.stringify(
  JSON.parse(new TextDecoder().decode(fixture("capture-6.1/before/map-show-pinned.json"))),
);
/** Places within strings: after an opening quote, before the closing one. */
const INSIDE = [...LIST.matchAll(/"([^"\\]{2,})"/g)].flatMap(({ index, 1: text = "" }) =>
  Array.from({ length: text.length - 1 }, (_, at) => index + 2 + at),
);

const facts = ({ maps, holders }: Awaited<ReturnType<typeof readReal>>["snapshot"]) => ({
  ids: [...maps.id],
  names: [...maps.name].map((it) => maps.names[it]),
  memlock: [...maps.memlockBytes],
  sizes: [...maps.keySize, ...maps.valueSize, ...maps.maxEntries],
  holders,
});

/** One break a string at most, as lines are longer than names. */
function brokenIn(places: readonly number[], end: string): string {
  let text = LIST;
  const done: number[] = [];
  for (const at of [...new Set(places)].sort((a, b) => b - a)) {
    const between = LIST.slice(at, done.at(-1) ?? LIST.length);
    if (done.length > 0 && (between.match(/"/g)?.length ?? 0) < 2) continue;
    text = `${text.slice(0, at)}${end}${text.slice(at)}`;
    done.push(at);
  }
  return text;
}

describe("a listing", () => {
  test("is as it was, wherever its strings were broken, and that is told", async () => {
    const whole = await readReal(bytesOf(LIST));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...INSIDE), { minLength: 1, maxLength: 12 }),
        fc.constantFrom("\n", "\r\n"),
        async (places, end) => {
          const { snapshot, diagnostics } = await readReal(bytesOf(brokenIn(places, end)));
          expect(facts(snapshot)).toEqual(facts(whole.snapshot));
          expect(diagnostics.map(({ code }) => code)).toContain("repaired");
        },
      ),
      { numRuns: 60 },
    );
  });

  test("chunk borders mean nothing", async () => {
    const bytes = bytesOf(brokenIn([INSIDE[3], INSIDE[90], INSIDE[400]] as number[], "\r\n"));
    const read = async (cuts: readonly number[]) =>
      ingest([inChunks("input", bytes, cuts)], { component: await component() });
    const whole = await read([]);
    expect(whole.snapshots).toHaveLength(1);
    for (const step of [1, 7, 80, 1000]) {
      const cuts = Array.from({ length: Math.ceil(bytes.length / step) }, (_, at) => at * step);
      expect(await read(cuts)).toEqual(whole);
    }
  });
});
