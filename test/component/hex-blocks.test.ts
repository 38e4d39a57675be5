/** The component reads sixteen bytes of a dump at a time with vector instructions, which the crates' own tests do not run. */
import { expect, test } from "vitest";
import { component } from "../support/component.ts";

const loaded = await component();

/** In pieces that no block fits in, bytes are read one by one: by the code that the crates' own tests do run. */
function scan(text: string, pieceBytes = 1024 * 1024) {
  using scanner = loaded.mapDumpScanner();
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    scanner.push(bytes.subarray(at, at + pieceBytes));
  }
  return scanner.finish();
}

const array = (bytes: Iterable<number>) =>
  `[${Array.from(bytes, (byte) => `"0x${byte.toString(16).padStart(2, "0")}"`).join(",")}]`;
const dump = (...values: string[]) =>
  `[${values.map((value, at) => `{"key":${array([at, at >> 8])},"value":${value}}`).join(",")}]`;

test("every byte is read as it is in every place of a block", () => {
  const value = (shift: number) => Uint8Array.from({ length: 288 }, (_, at) => (at + shift) & 0xff);
  for (let shift = 0; shift < 256; shift += 16) {
    const values = Array.from({ length: 16 }, (_, at) => value(shift + at));
    const { dumps, problems } = scan(dump(...values.map(array)));
    expect(problems).toEqual([]);
    expect(dumps[0]?.sample?.map((it) => it.value)).toEqual(values);
  }
});

test("arrays of any number of bytes are read as they are", () => {
  const bytes = (length: number, first: number) =>
    Uint8Array.from({ length }, (_, at) => (first + 7 * at) & 0xff);
  for (let length = 1; length <= 50; length += 1) {
    const elements = Array.from({ length: 16 }, (_, at) => ({
      key: bytes(length, at),
      value: bytes(51 - length, 3 * at),
    }));
    const texts = elements.map((it) => `{"key":${array(it.key)},"value":${array(it.value)}}`);
    const { dumps, problems } = scan(`[${texts.join(",")}]`);
    expect(problems).toEqual([]);
    expect(dumps[0]?.sample?.map(({ key, value }) => ({ key, value }))).toEqual(elements);
    expect(dumps).toEqual(scan(`[${texts.join(",")}]`, 50).dumps);
  }
});

test.each([..."/:`gGA@Z'\" \\,0x\u00e9\n"])(
  "%j in any place of a block is read as one by one",
  (odd) => {
    const good = array(new Uint8Array(20).fill(0x5a));
    let withProblems = 0;
    for (let at = 0; at < good.length; at += 1) {
      const damaged = `${good.slice(0, at)}${odd}${good.slice(at + 1)}`;
      const text = dump(good, damaged, good);
      const blocks = scan(text);
      expect(blocks).toEqual(scan(text, 50));
      withProblems += Math.min(1, blocks.problems.length);
    }
    // A digit or the frame's own letters are right in some places, and wrong in most.
    expect(withProblems).toBeGreaterThan(good.length / 2);
  },
);
