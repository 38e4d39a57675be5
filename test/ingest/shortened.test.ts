/** JSON of tools that somebody shortened by hand before pasting it: all that is left is read, and each gap is told once. */
import { describe, expect, test } from "vitest";
import { outlineJson } from "../../src/ingest/json-outline.ts";
import { bytesOf, fixture, readReal } from "./read.ts";

type Json = Readonly<Record<string, unknown>>;
const decode = (path: string) => new TextDecoder().decode(fixture(path));
const records = (path: string) => JSON.parse(decode(path)) as Json[];
const MAPS = records("capture-6.1/before/map-show-pinned.json").slice(0, 6);
const DUMP = records("capture-6.1/before/map-dump-dns_cache.json").slice(0, 6);
const line = (it: Json) => JSON.stringify(it);

describe.each([
  ["dots", ",\n...\n"],
  ["one character of dots", ",\n…,\n"],
  ["a remark", "\n// 200 more\n"],
  ["dots between commas", ", ..., "],
  ["a remark in brackets", ",\n<snip>\n"],
  ["a remark before a record", ",\n/* snip */"],
  ["a number before a record", ",\n// 200 more "],
  ["a word before a record", ",\netc. "],
  ["dots between blank lines", ",\n\n...\n\n"],
  ["a remark above a blank line", ",\n// 200 more\n\n"],
])("%s in place of records", (_what, gap) => {
  const shorten = (all: readonly Json[]) =>
    `[${all.slice(0, 2).map(line).join(",\n")}${gap}${all.slice(-2).map(line).join(",\n")}]\n`;
  const kept = (all: readonly Json[]) => [...all.slice(0, 2), ...all.slice(-2)];

  test.each([
    ["a file", (text: string) => text],
    ["a report", (text: string) => `It grows:\n\n\`\`\`json\n${text}\`\`\`\n\nWhy?\n`],
  ])("a list of maps in %s", async (_where, around) => {
    const text = around(shorten(MAPS));
    const { snapshot, diagnostics } = await readReal(bytesOf(text));
    expect([...snapshot.maps.id]).toEqual(kept(MAPS).map(({ id }) => id));
    expect(diagnostics).toMatchObject([{ level: "data-loss", code: "skipped-record" }]);
    const { offset = 0, message } = diagnostics[0] ?? {};
    const word = gap.replaceAll(",", "").trim();
    const there = new TextDecoder().decode(bytesOf(text).subarray(offset));
    expect(there.slice(0, word.length)).toBe(word);
    expect(message).toContain(`\`${word}\``);
  });

  test("a dump is a lower bound", async () => {
    const { snapshot, diagnostics } = await readReal(bytesOf(shorten(DUMP)));
    expect(snapshot.dumps).toMatchObject([{ elements: 4, complete: false }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["skipped-record"]);
  });

  test("a dump in a report is one, of the map that its command names", async () => {
    const text = `Hi\n\n\`\`\`\n$ bpftool -j map dump id 12\n${shorten(DUMP)}\`\`\`\n`;
    const { snapshot, diagnostics } = await readReal(bytesOf(text));
    expect(snapshot.dumps).toMatchObject([{ mapId: 12, elements: 4, complete: false }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["skipped-record"]);
  });
});

test.each(["...", "// 200 more", "<snip>"])("%s between records that jq wrote", async (marker) => {
  const lines = MAPS.map(({ id, name, bytes_memlock }) => line({ id, name, bytes_memlock }));
  const text = [...lines.slice(0, 2), marker, ...lines.slice(-2)].join("\n");
  const { snapshot, diagnostics } = await readReal(bytesOf(`Hi\n\n\`\`\`\n${text}\n\`\`\`\n`));
  expect([...snapshot.maps.id]).toEqual(
    [...MAPS.slice(0, 2), ...MAPS.slice(-2)].map(({ id }) => id),
  );
  expect(diagnostics.map(({ code }) => code).sort()).toEqual(["ambiguous", "skipped-record"]);
});

test("a dump that is cut goes not on behind words, in another dump", async () => {
  const cut = `[${DUMP.slice(0, 3).map(line).join(",\n")},\n`;
  const other = `[${DUMP.slice(3).map(line).join(",\n")}]\n`;
  const { snapshot, diagnostics } = await readReal(
    bytesOf(`Hi\n\n${cut}\nand of the other one\n\n${other}`),
  );
  expect(snapshot.dumps.map(({ elements, complete }) => [elements, complete])).toEqual([
    [3, false],
    [3, true],
  ]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["truncated"]);
});

test("commas that are missing, or one too many, cost nothing", async () => {
  const text = `[${MAPS.map(line).join("\n")},]`;
  const { snapshot, diagnostics } = await readReal(bytesOf(text));
  expect([...snapshot.maps.id]).toEqual(MAPS.map(({ id }) => id));
  expect(new Set(diagnostics.map(({ code, level }) => `${level} ${code}`))).toEqual(
    new Set(["warning repaired"]),
  );
  expect(diagnostics[0]?.offset).toBe(1 + line(MAPS[0] as Json).length + 1);
  expect(diagnostics).toHaveLength(MAPS.length);
});

describe.each(["...", "…", "// 200 more", "<snip>", "[truncated]", "[… 37 more …]", "(37 more)"])(
  "%s on a line of its own",
  (word) => {
    const place = (text: string) => bytesOf(text.slice(0, text.indexOf(word))).length;

    test.each(["\n", "\n\n"])("between records one a line", async (between) => {
      const [first, second, third] = MAPS.map(line);
      const text = `${first}\n${second}${between}${word}${between}${third}\n`;
      const { snapshot, diagnostics } = await readReal(bytesOf(text));
      expect([...snapshot.maps.id]).toEqual(MAPS.slice(0, 3).map(({ id }) => id));
      expect(diagnostics).toMatchObject([{ code: "skipped-record", offset: place(text) }]);
      expect(diagnostics[0]?.message).toContain(`\`${word}\``);
    });

    test("between records of a list", async () => {
      const [first, second, third, fourth] = MAPS.map(line);
      const text = `[${first},${second},\n${word}\n${third},${fourth}]`;
      const { snapshot, diagnostics } = await readReal(bytesOf(text));
      expect([...snapshot.maps.id]).toEqual(MAPS.slice(0, 4).map(({ id }) => id));
      expect(diagnostics).toMatchObject([{ code: "skipped-record", offset: place(text) }]);
      expect(diagnostics[0]?.message).toContain(`\`${word}\``);
    });

    test("before a list whose beginning is cut off", async () => {
      const text = `${word}\n${`[${MAPS.map(line)}]`.slice(20)}`;
      const { snapshot, diagnostics } = await readReal(bytesOf(text));
      expect([...snapshot.maps.id]).toEqual(MAPS.slice(1).map(({ id }) => id));
      expect(diagnostics[0]).toMatchObject({ level: "data-loss", offset: 0 });
    });
  },
);

test("what is no such line parts one output from another", async () => {
  const program = '{"id":3,"type":"xdp","name":"p","tag":"a04f5eef06a7f555","bytes_xlated":8}';
  for (const between of ["It grows:", "after", "$ bpftool -j map show", "<details>", "[root@a ~]"])
    expect(outlineJson(`{"id":1}\n${between}\n{"id":2}\n`)?.thenText).toBe(true);
  expect(outlineJson(`${line(MAPS[0] as Json)}\n...\n${program}\n`)?.thenText).toBe(true);
  expect(outlineJson('{"id":1}\n...\n{"id":2}\n')?.thenText).toBe(false);
});

test("of two outputs in one file the second is read wherever the first is cut", async () => {
  const first = `[${MAPS.slice(0, 2).map(line)}]`;
  const second = `[${MAPS.slice(2).map(line)}]\n`;
  for (let end = line(MAPS[0] as Json).length + 2; end < first.length; end += 1) {
    const { snapshot, diagnostics } = await readReal(bytesOf(`${first.slice(0, end)}\n${second}`));
    const ids = [...snapshot.maps.id].filter((id) => id !== MAPS[1]?.id);
    expect(ids, first.slice(0, end)).toEqual([MAPS[0], ...MAPS.slice(2)].map((it) => it?.id));
    expect(diagnostics.map(({ code }) => code)).toContain("truncated");
  }
});
