import { describe, expect, test } from "vitest";
import { bytesOf, fixture, readReal } from "../read.ts";
import { textAndJson } from "../text-and-json.ts";

const show = (path: string) => readReal(fixture(`bpftool-map-show/${path}`));
const codes = ({ diagnostics }: Awaited<ReturnType<typeof readReal>>) =>
  diagnostics.map(({ level, code, offset }) => [level, code, offset]);
const at = (path: string, text: string) =>
  new TextDecoder().decode(fixture(`bpftool-map-show/${path}`)).indexOf(text);

describe("traps of the JSON", () => {
  test("one map is a bare object", async () => {
    const { snapshot, diagnostics } = await show("bare-object.json");
    expect([...snapshot.maps.id]).toEqual([7]);
    expect(diagnostics).toEqual([]);
  });

  test("a map without a name has none", async () => {
    const { maps } = (await show("unnamed.json")).snapshot;
    expect([...maps.name].map((it) => maps.names[it])).toEqual([
      "outer_map",
      ...Array(4).fill(undefined),
    ]);
    expect(maps.memlockBytes.reduce((sum, it) => sum + it, 0)).toBe(8_388_608 + 4 * 4096);
  });

  test("an error that ends the list: the maps before it are kept", async () => {
    const path = "error-in-array.json";
    const read = await show(path);
    expect([...read.snapshot.maps.id]).toEqual([1, 2]);
    expect(read.diagnostics).toMatchObject([{ level: "warning", code: "tool-error" }]);
    expect(read.diagnostics[0]?.message).toContain("Operation not permitted");
    expect(read.diagnostics[0]?.offset).toBeGreaterThan(at(path, '{"error"'));
  });

  test("an error before the list: two roots are read", async () => {
    const read = await show("two-roots.json");
    expect([...read.snapshot.maps.id]).toEqual([1]);
    expect(read.diagnostics.map(({ code }) => code)).toContain("tool-error");
  });

  test("the escape of an apostrophe is repaired", async () => {
    const read = await show("apostrophe-escape.json");
    expect(read.snapshot.holders).toEqual([
      { mapId: 1, pids: [{ pid: 7, comm: "it's" }], pins: ["/sys/fs/bpf/it's"] },
    ]);
    expect(read.diagnostics.map(({ level, code }) => [level, code])).toEqual([
      ["warning", "repaired"],
      ["warning", "repaired"],
    ]);
  });

  test("negative flags are unsigned, and a memlock cut to 32 bits is left out", async () => {
    const path = "negative-flags-and-memlock.json";
    const read = await show(path);
    expect([...read.snapshot.maps.flags]).toEqual([2 ** 31, 1, 1]);
    expect([...read.snapshot.maps.memlockBytes]).toEqual([4096, Number.NaN, 4096]);
    expect(codes(read)).toEqual([
      ["warning", "repaired", at(path, "-2147483648")],
      ["data-loss", "malformed", at(path, "-4096")],
    ]);
  });

  test("an integer past 2^53 is left out and quoted", async () => {
    const read = await show("memlock-past-2-53.json");
    expect([...read.snapshot.maps.memlockBytes]).toEqual([Number.NaN, 4096]);
    expect(read.diagnostics).toMatchObject([{ level: "data-loss", code: "inexact-integer" }]);
    expect(read.diagnostics[0]?.message).toContain("9007199254740993");
  });

  test("a type without a name is its number", async () => {
    const { maps } = (await show("unknown-type-number.json")).snapshot;
    expect([...maps.type].map((it) => maps.typeNames[it])).toEqual(["34", "hash"]);
  });

  test("cut inside a map: the maps before it are kept", async () => {
    const path = "cut.json";
    const read = await show(path);
    expect([...read.snapshot.maps.id]).toEqual([1, 2, 3, 4]);
    expect(codes(read)).toEqual([
      ["data-loss", "truncated", fixture(`bpftool-map-show/${path}`).length],
    ]);
    expect(read.diagnostics[0]?.hint).toContain("bpftool -j map show");
  });
});

const NUMBERS = ["keySize", "valueSize", "maxEntries", "flags", "memlockBytes", "btfId"] as const;

describe("plain text says what the JSON of the same moment says", () => {
  const { pairs } = textAndJson("map-show");

  test.each(pairs)("$text", async ({ text, json }) => {
    const rows = async (path: string) => {
      const { maps } = (await readReal(fixture(path))).snapshot;
      const row = (at: number) => [
        maps.typeNames[maps.type[at] as number],
        maps.names[maps.name[at] as number],
        ...NUMBERS.map((column) => maps[column][at]),
      ];
      return new Map(Array.from(maps.id, (id, at) => [id, row(at)]));
    };
    const [ofText, ofJson] = [await rows(text), await rows(json)];
    // The kernel frees maps late: some may be gone from the second list.
    const inBoth = [...ofText.keys()].filter((id) => ofJson.has(id));
    expect(inBoth.length).toBeGreaterThan(0.9 * ofJson.size);
    for (const id of inBoth) expect(ofText.get(id), `map ${id}`).toEqual(ofJson.get(id));
  });
});

describe("plain text", () => {
  test("a list that breaks off inside a number leaves that map out", async () => {
    const text =
      "12: hash  name a  flags 0x0\n\tkey 4B  value 8B  max_entries 16  memlock 4096B\n" +
      "13: hash  name b  flags 0x0\n\tkey 4B  value 8B  max_entries 20";
    const { snapshot, diagnostics } = await readReal(bytesOf(text));
    expect([...snapshot.maps.id]).toEqual([12]);
    expect(diagnostics).toMatchObject([{ level: "data-loss", code: "skipped-record" }]);
  });

  test("with its blanks collapsed, pins, holders, and a type without a name", async () => {
    const text = [
      "12: type 34 name new_map flags 0x80000000",
      "key 4B value 8B max_entries 16 memlock 4096B",
      "pinned /sys/fs/bpf/new map",
      "btf_id 7 frozen",
      "pids systemd(1), my agent(220)",
      "13: array flags 0x0",
      "key 4B value 1300B max_entries 1",
      "",
    ].join("\n");
    const { snapshot, diagnostics } = await readReal(bytesOf(text));
    const { maps } = snapshot;
    expect(maps.typeNames).toEqual(["34", "array"]);
    expect([...maps.flags]).toEqual([2 ** 31, 0]);
    expect([...maps.memlockBytes]).toEqual([4096, Number.NaN]);
    expect([...maps.frozen]).toEqual([1, Number.NaN]);
    expect([...maps.btfId]).toEqual([7, Number.NaN]);
    expect(snapshot.holders).toEqual([
      {
        mapId: 12,
        pids: [
          { pid: 1, comm: "systemd" },
          { pid: 220, comm: "my agent" },
        ],
        pins: ["/sys/fs/bpf/new map"],
      },
    ]);
    expect(diagnostics).toEqual([]);
  });

  test("a map without its sizes is skipped, with its place", async () => {
    const text =
      "1: hash  name a  flags 0x0\n\tkey 4B  value 8B  max_entries 1\n2: hash  name b  flags 0x0\n";
    const { snapshot, diagnostics } = await readReal(bytesOf(text));
    expect([...snapshot.maps.id]).toEqual([1]);
    expect(diagnostics).toMatchObject([
      { code: "skipped-record", offset: text.indexOf("2: hash"), path: "line 3" },
    ]);
  });
});

test("a listing that stands twice in one file is counted once, and that is said", async () => {
  const list = JSON.stringify([
    { id: 1, type: "array", flags: 0, bytes_key: 4, bytes_value: 4, max_entries: 1 },
    { id: 2, type: "array", flags: 0, bytes_key: 4, bytes_value: 4, max_entries: 1 },
  ]);
  const { snapshot, diagnostics } = await readReal(`${list}\n${list}\n`);
  expect([...snapshot.maps.id]).toEqual([1, 2]);
  expect(diagnostics.map(({ code }) => code)).toContain("duplicate-input");
});

describe("plain text with damage", () => {
  const LIST = [
    "12: hash  name a  flags 0x0",
    "\tkey 4B  value 8B  max_entries 16  memlock 4096B",
    "13: array  name b  flags 0x400",
    "\tkey 4B  value 999B  max_entries 20  memlock 20480B",
    "\tpids agent(220)",
    "14: array  name c  flags 0x0",
    "\tkey 4B  value 4B  max_entries 1  memlock 4096B",
  ];
  const edited = async (edit: (lines: string[]) => void) => {
    const lines = [...LIST];
    edit(lines);
    const { snapshot, diagnostics } = await readReal(bytesOf(`${lines.join("\n")}\n`));
    const { id, valueSize } = snapshot.maps;
    return {
      values: Object.fromEntries(Array.from(id, (it, row) => [it, valueSize[row]])),
      holders: snapshot.holders,
      notes: diagnostics.map(({ code, path }) => `${code} ${path}`),
    };
  };

  test("where the first line of a map is lost, its details go to no other map", async () => {
    for (const first of ["@@@", undefined]) {
      const read = await edited((lines) => lines.splice(2, 1, ...(first ? [first] : [])));
      expect(read.values).toEqual({ 12: 8, 14: 4 });
      expect(read.holders).toEqual([]);
      expect(read.notes).toContain(`skipped-record line ${first ? 4 : 3}`);
    }
  });

  test("a first line that breaks off leaves that map out, with a word", async () => {
    const read = await edited((lines) => lines.splice(2, 1, "13: array  name "));
    expect(read.values).toEqual({ 12: 8, 14: 4 });
    expect(read.notes).toEqual(["skipped-record line 3"]);
  });

  test("lines that were broken in two are read as one, with a word", async () => {
    const read = await edited((lines) =>
      lines.splice(
        2,
        2,
        "13: array  name b",
        "flags 0x400",
        "\tkey 4B  value 999B  max_entries",
        "20",
      ),
    );
    expect(read.values).toEqual({ 12: 8, 13: 999, 14: 4 });
    expect(read.holders).toEqual([{ mapId: 13, pids: [{ pid: 220, comm: "agent" }], pins: [] }]);
    expect(read.notes).toEqual(["repaired line 4"]);
  });

  test("an error below the list says that it may be partial, in a report too", async () => {
    const text = `${LIST.join("\n")}\nError: can't get next map: Operation not permitted\n`;
    for (const around of [text, `It is large:\n\n\`\`\`\n${text}\`\`\`\n`]) {
      const { snapshot, diagnostics } = await readReal(bytesOf(around));
      expect([...snapshot.maps.id]).toEqual([12, 13, 14]);
      expect(diagnostics).toMatchObject([{ level: "warning", code: "tool-error" }]);
      expect(diagnostics[0]?.message).toContain("Operation not permitted");
    }
  });

  test("what was left out between maps is told", async () => {
    const read = await edited((lines) => lines.splice(5, 0, "..."));
    expect(read.values).toEqual({ 12: 8, 13: 999, 14: 4 });
    expect(read.notes).toEqual(["skipped-record line 6"]);
  });
});
