/** Dumps by types, as `bpftool map dump` gives them without `-j`; in captures they are held against their JSON. */
import { describe, expect, test } from "vitest";
import { fixture, readReal, readTexts } from "./read.ts";

const HASH = "bpftool-map-dump/types-hash.txt";
const PER_CPU = "bpftool-map-dump/types-percpu-array.txt";
const textOf = (path: string) => new TextDecoder().decode(fixture(path));
const read = async (text: string | Uint8Array, file?: string) => {
  const { snapshot, diagnostics } = await readReal(text, file);
  return { dump: snapshot.dumps[0], dumps: snapshot.dumps, diagnostics };
};
const list = (...elements: readonly string[]) => `[{${elements.join("},{")}}]\n`;

describe("what real maps give", () => {
  test("structs, enumerators, pointers, bit fields and text count as their bytes do", async () => {
    const { dump } = await read(fixture(HASH));
    const { dump: bytes } = await read(fixture("bpftool-map-dump/types-hash.json"));
    const { elements, distinctKeys, nonZeroValues, complete } = bytes ?? raise();
    expect(dump).toMatchObject({ elements, distinctKeys, nonZeroValues, complete });
    expect(dump).toMatchObject({ elements: 5, distinctKeysExact: true, complete: true });
  });

  test("each CPU's value: one slot is set, on both CPUs", async () => {
    const { dump } = await read(fixture(PER_CPU));
    expect(dump).toMatchObject({ elements: 2, nonZeroValues: 1, possibleCpus: 2 });
    expect(dump?.cpuSpread).toEqual({ nonZeroByCpu: [1, 1], elementsByCpus: [1, 0, 1] });
  });

  test("maps of one name say their ids", async () => {
    const { dumps } = await read(fixture("bpftool-map-dump/types-two-maps.txt"));
    const named = { name: { value: "counters", basis: "reported" }, type: "array", complete: true };
    expect(dumps).toMatchObject([
      { mapId: 153635, elements: 4, nonZeroValues: 1, ...named },
      { mapId: 153643, elements: 2, nonZeroValues: 0, ...named },
    ]);
  });
});

test.each([HASH, PER_CPU])("%s, cut at any byte, keeps the elements before", async (path) => {
  const text = textOf(path);
  // An element ends where a brace stands in its own column.
  const ends = [...text.matchAll(/^ {4}\}/gm)].map((it) => it.index + it[0].length);
  for (let at = text.search(/"values?":/) + 10; at < text.trimEnd().length; at += 1) {
    const { dump, diagnostics } = await read(text.slice(0, at));
    const elements = ends.filter((end) => end <= at).length;
    expect([at, dump?.elements, dump?.complete]).toEqual([at, elements, false]);
    expect(diagnostics.map((it) => it.code)).toContain("truncated");
  }
});

describe("what the form leaves open", () => {
  test.each([
    ['"value": 0', 0],
    ['"value": {"a": 0x0,"b": [0,0\n],"p": (nil),"on": false}', 0],
    ['"value": {"a": 0,"name": ""}', Number.NaN],
    ['"value": {"a": 0,"name": "10.0.0.1"}', 1],
    ['"value": {"a": 0,"p": 0xffff888100001000}', 1],
    ['"value": {"state": "ST_NEW","n": 3}', 1],
    ['"value": "ST_NEW"', Number.NaN],
    ['"value": {"n": 0,"what": word}', Number.NaN],
    ['"values": [{"cpu": 0,"value": "ST_NEW"},{"cpu": 1,"value": 7}]', 1],
    ['"values": [{"cpu": 0,"value": "ST_NEW"},{"cpu": 1,"value": 0}]', Number.NaN],
  ])("%s: %d values are not zero", async (value, nonZeroValues) => {
    const { dump } = await read(list(`"key": 1,${value}`));
    expect(dump).toMatchObject({ elements: 1, nonZeroValues });
    expect(dump?.cpuSpread).toBeUndefined();
  });

  test("a number that came twice is one key; two structs that look the same may differ between members", async () => {
    const number = await read(list('"key": 1,"value": 5', '"key": 1,"value": 5'));
    expect(number.dump).toMatchObject({ elements: 2, distinctKeys: 1, distinctKeysExact: true });
    const same = '"key": {"a": 1},"value": 5';
    const { dump } = await read(list(same, same));
    expect(dump).toMatchObject({ elements: 2, distinctKeys: 1, distinctKeysExact: false });
  });

  test("keys of the same numbers in other members are not the same", async () => {
    const { dump } = await read(
      list('"key": {"a": [1],"b": 2},"value": 5', '"key": {"a": 1,"b": [2]},"value": 5'),
    );
    expect(dump).toMatchObject({ distinctKeys: 2, distinctKeysExact: true });
  });

  test("global data has no key: one element is one entry", async () => {
    const { dump } = await read('[{\n"value": {\n".data": [{\n"glob_a": 7\n}\n]\n}\n}\n]\n');
    expect(dump).toMatchObject({ elements: 1, distinctKeys: 1, distinctKeysExact: true });
  });
});

test("elements that could not be read stand between the others as plain text", async () => {
  const typed = (key: number) => `{\n"key": ${key},\n"value": 5\n}`;
  const text =
    `[${typed(1)}key: 02 00 00 00  value: <no entry>\n` +
    "key:\n03 00 00 00\nvalue:\nRequired key not available\n" +
    `key: 04 00 00 00  value: <no entry>\n,${typed(5)}\n]\n`;
  const { dump } = await read(text);
  const report = await read(`# Dump\n\n\`\`\`\n${text}\`\`\`\n\nThat is all.\n`);
  expect(report.dump?.errors).toEqual(dump?.errors);
  expect(report.dump).toMatchObject({ elements: 3, unreadable: 1, complete: true });
  expect(dump).toMatchObject({ elements: 3, unreadable: 1, nonZeroValues: 2, complete: true });
  expect(dump?.errors).toEqual([
    // Those without an entry were gone when their values were asked for.
    { message: "Required key not available", count: 1 },
  ]);
  expect(dump).toMatchObject({ distinctKeys: 3, distinctKeysExact: false });
});

test("one entry, as of a lookup, is no dump", async () => {
  const { snapshots, diagnostics } = await readTexts({ "one.txt": '{"key": 1,"value": 2}\n' });
  expect(snapshots).toEqual([]);
  expect(diagnostics).toMatchObject([{ code: "wrong-format" }]);
});

describe("which map it is of", () => {
  test("the command before it in a report says it", async () => {
    const text = textOf(HASH);
    const report = `Look:\n\n\`\`\`\n# bpftool map dump id 17\n${text}\n\`\`\`\n\nand\n\n    $ sudo bpftool map dump name pcpu\n${textOf(PER_CPU).replace(/^/gm, "    ")}\n\nThanks.\n`;
    const { snapshots } = await readTexts({ "report.md": report });
    expect(snapshots[0]?.dumps).toMatchObject([
      { mapId: 17, elements: 5, complete: true },
      { name: { value: "pcpu", basis: "reported" }, elements: 2, possibleCpus: 2 },
    ]);
  });

  test("beside its bytes, the bytes are what counts", async () => {
    const { snapshots } = await readTexts({
      "map-dump-conns.txt": fixture(HASH),
      "map-dump-conns.json": fixture("bpftool-map-dump/types-hash.json"),
    });
    expect(snapshots).toHaveLength(1);
    expect(snapshots[0]?.dumps).toMatchObject([{ elements: 5, keySize: 8, valueSize: 88 }]);
  });
});

function raise(): never {
  throw new Error("no dump");
}

describe("what was taken out by hand is told, and nothing is counted from the rest", () => {
  const perCpu = textOf(PER_CPU);

  test("values of CPUs", async () => {
    const at = perCpu.indexOf('"cpu": 1');
    const from = perCpu.lastIndexOf("{", at);
    const text = `${perCpu.slice(0, from)}\u2026 2 more ${perCpu.slice(perCpu.indexOf("\n        ]", at))}`;
    const { dump, diagnostics } = await read(text);
    expect(dump).toMatchObject({ elements: 2, complete: false });
    expect(dump?.possibleCpus).toBeUndefined();
    expect(diagnostics.find((it) => it.level === "data-loss")).toMatchObject({
      code: "skipped-record",
      offset: from,
      message: expect.stringMatching(/^values of CPUs are missing here/),
    });
  });

  test("elements", async () => {
    const text = textOf(HASH);
    const at = text.indexOf("},{") + 2;
    const { dump, diagnostics } = await read(`${text.slice(0, at)}\u2026 7 more ${text.slice(at)}`);
    expect(dump).toMatchObject({ elements: 5, complete: false });
    expect(diagnostics.find((it) => it.level === "data-loss")).toMatchObject({
      code: "skipped-record",
      offset: at,
      message:
        "`\u2026 7 more` stands where an element is expected; the elements it stands for are missing",
    });
  });
});

test("constants that no type describes show nothing, which is not zero", async () => {
  const { dump } = await read(
    '[{\n        "value": {\n            ".rodata": []\n        }\n    }\n]\n',
  );
  expect(dump).toMatchObject({ elements: 1, nonZeroValues: Number.NaN, complete: true });
});
