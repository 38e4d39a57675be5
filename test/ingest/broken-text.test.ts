/** Plain-text lists whose lines a terminal or a mail program broke, at a blank or inside of words: nothing else is read. */
import { describe, expect, test } from "vitest";
import { joinedLine } from "../../src/ingest/bpftool-text/broken-lines.ts";
import { fixture, readReal } from "./read.ts";

const textOf = (path: string) => new TextDecoder().decode(fixture(path));

/** As fold(1) does it; with `atBlanks` as `fold -s`, whose blank at the end mail programs take away. */
function fold(text: string, width: number, atBlanks: boolean): string {
  const lines = text.split("\n").flatMap((line) => {
    const pieces: string[] = [];
    let rest = line;
    while (rest.length > width) {
      const blank = atBlanks ? rest.lastIndexOf(" ", width - 1) : -1;
      const end = blank > 0 ? blank + 1 : width;
      pieces.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
    return [...pieces, rest].map((it) => (atBlanks ? it.trimEnd() : it));
  });
  return lines.join("\n");
}

const WIDTHS = Array.from({ length: 30 }, (_, at) => 42 + at * 3);
const WAYS = WIDTHS.flatMap((width) => [[width, false] as const, [width, true] as const]);

async function factsOf(text: string) {
  const { snapshot, diagnostics } = await readReal(text);
  const { maps, programs, holders } = snapshot;
  return {
    facts: {
      programs,
      holders,
      ids: [...maps.id],
      names: [...maps.name].map((it) => maps.names[it]),
      types: [...maps.type].map((it) => maps.typeNames[it]),
      figures: [...maps.keySize, ...maps.valueSize, ...maps.maxEntries, ...maps.memlockBytes],
      flags: [...maps.flags],
    },
    codes: [...new Set(diagnostics.map(({ code }) => code))],
  };
}

describe.each(["capture-6.18/before/map-show.txt", "capture-6.18/before/prog-show.txt"])(
  "%s",
  (path) => {
    test.each(WAYS)("broken at %i characters, at blanks: %s", async (width, atBlanks) => {
      const text = textOf(path);
      const folded = fold(text, width, atBlanks);
      const { facts, codes } = await factsOf(folded);
      expect(facts).toEqual((await factsOf(text)).facts);
      expect(codes).toEqual(folded === text ? [] : ["repaired"]);
    });
  },
);

test.each([
  [
    "\txlated 280B  map_ids 838092,838090,83",
    "8089",
    "\txlated 280B  map_ids 838092,838090,838089",
  ],
  [
    "\tkey 4B  value 8B  max_entries 10",
    "00  memlock 81424B",
    "\tkey 4B  value 8B  max_entries 1000  memlock 81424B",
  ],
  [
    "\tkey 4B  value 8B  max_entries",
    "1000  memlock 81424B",
    "\tkey 4B  value 8B  max_entries 1000  memlock 81424B",
  ],
  ["12: hash  name my_", "map  flags 0x0", "12: hash  name my_map  flags 0x0"],
])("%j goes on with %j", (first, second, whole) => {
  expect(joinedLine(first, second)).toBe(whole);
});

test.each([
  "Then I scaled to 100 services and got this:",
  "Hi",
  "see the flags below",
  "8089 services later",
])("%j is no rest of a line", (words) => {
  expect(joinedLine("\tkey 4B  value 8B  max_entries 10  memlock 4096B", words)).toBeUndefined();
});
