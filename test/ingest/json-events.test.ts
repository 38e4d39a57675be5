import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonEvents } from "../../src/ingest/json-events.ts";
import { type JsonObject, jsonRecords } from "../../src/ingest/json-records.ts";

function walk(text: string, chunk = Number.MAX_SAFE_INTEGER) {
  const seen: unknown[] = [];
  const events = new JsonEvents({
    open: (kind, key, depth) => seen.push([kind, key, depth]),
    close: (kind, depth) => seen.push([`end of ${kind}`, depth]),
    scalar: (value, key, depth, isString) => seen.push([value, key, depth, isString]),
  });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += chunk) events.push(bytes.subarray(at, at + chunk));
  return { seen, end: events.finish() };
}

test("what opens, ends and stands in it, with keys and depths", () => {
  expect(walk('{"a":[1,"x",{"b":null}],"c":-2.5e3}')).toEqual({
    seen: [
      ["object", undefined, 0],
      ["array", "a", 1],
      ["1", undefined, 2, false],
      ["x", undefined, 2, true],
      ["object", undefined, 2],
      ["null", "b", 3, false],
      ["end of object", 2],
      ["end of array", 1],
      ["-2.5e3", "c", 1, false],
      ["end of object", 0],
    ],
    end: undefined,
  });
});

describe("any JSON", () => {
  const records = (text: string, chunk: number) => {
    const found: JsonObject[] = [];
    const events = new JsonEvents(jsonRecords(1, (it) => found.push(it)));
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += chunk) events.push(bytes.subarray(at, at + chunk));
    return { found, end: events.finish() };
  };

  test("is built again as it was, wherever it is cut into chunks", () => {
    const member = fc
      .string({ unit: "grapheme", maxLength: 20 })
      .filter((it) => it !== "__proto__");
    const value = fc.jsonValue({ maxDepth: 4 }).map((it) => JSON.parse(JSON.stringify(it)));
    const object = fc.dictionary(member, value, { maxKeys: 5, noNullPrototype: true });
    fc.assert(
      fc.property(
        fc.array(object, { maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(4),
        (list, chunk, blanks) => {
          const text = JSON.stringify(list, undefined, blanks);
          fc.pre(!text.includes("__proto__"));
          const { found, end } = records(text, chunk);
          expect(end).toBeUndefined();
          expect(found).toEqual(list);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("cut, it is said where", () => {
    const text = '[{"a":"b\\"c"},{"d":[1,2,3]}]';
    for (let end = 0; end < text.length; end += 1) {
      expect(walk(text.slice(0, end)).end).toMatchObject({ code: "truncated", offset: end });
    }
  });
});

test.each([
  ["[1}", "malformed", 2],
  ["]", "malformed", 0],
  [`${"[".repeat(200)}`, "over-limit", 128],
])("%s is %s at byte %i", (text, code, offset) => {
  expect(walk(text).end).toMatchObject({ code, offset });
});

test("a string of a megabyte is cut, not kept", () => {
  const { seen } = walk(`["${"x".repeat(1_000_000)}"]`);
  expect((seen[1] as [string])[0]).toHaveLength(1024);
});

test.each([1, 1000])(
  "a reader that is done is told nothing more, in pieces of %i bytes",
  (size) => {
    const seen: string[] = [];
    const events = new JsonEvents({
      open: () => {},
      close: () => {},
      scalar: (value) => seen.push(value),
      get isDone() {
        return seen.includes("2");
      },
    });
    const bytes = new TextEncoder().encode("[[1],[2,3],[4]]");
    for (let at = 0; at < bytes.length; at += size) events.push(bytes.subarray(at, at + size));
    expect(seen).toEqual(["1", "2", "3"]);
  },
);
