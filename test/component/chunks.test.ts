/** Chunk borders mean nothing: every fixture gives the same result however it is cut. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Component, Scanner } from "../../src/component/load.ts";
import { component } from "../support/component.ts";
import { filesUnder, readBytes } from "../support/project-files.ts";

const { mapListScanner, mapDumpScanner, programListScanner } = await component();

const SCANNERS: Record<string, () => Scanner<unknown>> = {
  "bpftool-map-show": mapListScanner satisfies Component["mapListScanner"],
  "bpftool-map-dump": mapDumpScanner,
  "bpftool-prog-show": programListScanner,
};

const isFixture = (file: string) => file.endsWith(".json") && !file.endsWith("manifest.json");

function scan(open: () => Scanner<unknown>, bytes: Uint8Array, cuts: readonly number[]): unknown {
  using scanner = open();
  const borders = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
  for (const [at, start] of borders.slice(0, -1).entries()) {
    scanner.push(bytes.subarray(start, borders[at + 1]));
  }
  return scanner.finish();
}

describe.each(Object.entries(SCANNERS))("%s", (format, open) => {
  test.each(filesUnder(`fixtures/${format}`).filter(isFixture))("%s, cut anywhere", (file) => {
    const bytes = readBytes(file);
    const whole = scan(open, bytes, []);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (cuts) => {
        expect(scan(open, bytes, cuts)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  test.each(filesUnder(`fixtures/${format}`).filter(isFixture))("%s, byte by byte", (file) => {
    const bytes = readBytes(file);
    const everywhere = Array.from({ length: Math.min(bytes.length, 5000) }, (_, at) => at);
    expect(scan(open, bytes, everywhere)).toEqual(scan(open, bytes, []));
  });
});
