import fc from "fast-check";
import { expect, test } from "vitest";
import { Fingerprint } from "../../src/ingest/fingerprint.ts";

const MIB = 1024 * 1024;

function print(bytes: Uint8Array, cuts: readonly number[] = []) {
  const fingerprint = new Fingerprint();
  const places = [0, ...cuts.map((it) => it % bytes.length).sort((a, b) => a - b), bytes.length];
  for (let at = 1; at < places.length; at += 1) {
    fingerprint.add(bytes.subarray(places[at - 1], places[at]));
  }
  return fingerprint.toString();
}

const large = Uint8Array.from({ length: 3 * MIB + 17 }, (_, at) => (at * 31) % 251);

test("chunk borders mean nothing", () => {
  const whole = print(large);
  fc.assert(
    fc.property(fc.array(fc.nat(large.length), { maxLength: 10 }), (cuts) => {
      expect(print(large, cuts)).toBe(whole);
    }),
    { numRuns: 10 },
  );
});

test("up to 1 MiB every byte counts", () => {
  const small = large.slice(0, 5000);
  const before = print(small);
  for (const at of [0, 1, 2500, 4999]) {
    const other = small.slice();
    other[at] = (other[at] as number) ^ 1;
    expect(print(other)).not.toBe(before);
  }
});

test("the length counts", () => {
  expect(print(large.slice(0, -1))).not.toBe(print(large));
});
