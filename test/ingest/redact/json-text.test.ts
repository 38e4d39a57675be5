/** JSON is rewritten alike wherever it is cut, and never copied through where it is damaged. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BPFTOOL } from "../../../src/ingest/redact/bpftool.ts";
import { JsonText } from "../../../src/ingest/redact/json-text.ts";
import { Redaction } from "../../../src/ingest/redact/redaction.ts";

function rewritten(text: string, cuts: readonly number[] = []): string {
  const redaction = new Redaction({ salt: "salt", names: new Set(), idMaps: new Set() });
  const json = new JsonText(BPFTOOL, redaction);
  const bytes = Buffer.from(text);
  const ends = [...new Set(cuts.map((it) => it % (bytes.length + 1)))].sort((a, b) => a - b);
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const end of [...ends, bytes.length]) {
    pieces.push(json.push(bytes.subarray(from, end)));
    from = end;
  }
  pieces.push(json.finish());
  return Buffer.concat(pieces).toString();
}

const DUMP = `[{"key":["0x01","0x00"],"value":["0x7f","0x1a","0x00"],"formatted":{"key":1,"value":{"id":31337,"owner":"alice"}}},
  {"key":["0x02","0x00"],"value":{"error":"No such file or directory","secret":"alice"}}]`;

test("entries keep their form; decoded values and unknown keys go", () => {
  const copy = rewritten(DUMP);
  const [first, second] = JSON.parse(copy);
  expect(first.key[1]).toBe("0x00");
  expect(first.value).toHaveLength(3);
  expect(second.value.error).toBe("No such file or directory");
  expect(copy).not.toMatch(/alice|31337|0x7f|formatted|owner|secret/);
});

test("a list keeps numbers and known words", () => {
  const list = `[{"id":7,"type":"hash","name":"orders","bytes_key":4,"bytes_value":8,"max_entries":16,"pids":[{"pid":9,"comm":"billing"}],"pinned":["/sys/fs/bpf/acme"]}]`;
  const [map] = JSON.parse(rewritten(list));
  expect(map).toMatchObject({ id: 7, type: "hash", bytes_key: 4, bytes_value: 8, max_entries: 16 });
  expect(map.pids[0].pid).toBe(9);
  expect(map.pinned[0]).toMatch(/^\/sys\/fs\/bpf\/n\w{10}$/);
  expect(JSON.stringify(map)).not.toMatch(/orders|billing|acme/);
});

test("where it is cut into chunks means nothing", () => {
  const whole = rewritten(DUMP);
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 12 }), (cuts) => {
      expect(rewritten(DUMP, cuts)).toBe(whole);
    }),
  );
});

test("a copy of a copy with the same salt is another, not the original", () => {
  expect(rewritten(rewritten(DUMP))).not.toBe(DUMP);
});

describe("damage", () => {
  test.each([
    ["a string that does not end", `[{"id":1,"name":"alice`],
    ["a key that is no string", `[{alice:1}]`],
    ["text between the records", `[{"id":1}\nalice logged in\n{"id":2}]`],
    ["a number that is a word", `[{"id":alice}]`],
    ["brackets that do not match", `]]}}[{"name":"alice"}]`],
    ["a value in place of bytes", `[{"key":"alice","value":"alice"}]`],
    ["bytes that are none", `[{"key":["alice"],"value":[["alice"]]}]`],
    ["an escaped name", `[{"id":1,"name":"\\u0061lice"}]`],
  ])("%s does not show what it was", (_what, text) => {
    for (let end = 0; end <= text.length; end += 1) {
      expect(rewritten(text.slice(0, end))).not.toContain("alice");
    }
  });

  test("any bytes come to an end, and no long word of them stays", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(rewritten(`${text}supersecret`)).not.toContain("supersecret");
      }),
    );
  });

  test("a million brackets are passed", () => {
    expect(rewritten("[".repeat(1_000_000)).length).toBeLessThan(1000);
  });
});

test("what somebody wrote between records keeps no address", () => {
  const copy = rewritten(
    '[{"id":1},\n// pod 192.168.7.9 is it\n... 10.11.12.13:8080, fd12:3456::5\n{"id":2}]',
  );
  expect(copy).not.toMatch(/192\.168|10\.11\.12|fd12|3456/);
  expect(copy).toMatch(/"id":1.*"id":2/s);
});
