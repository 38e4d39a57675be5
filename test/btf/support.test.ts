/** docs/btf-support.md: each line names a fixture that is there, and what it says of mapscope holds for that fixture. */
import { describe, expect, test } from "vitest";
import { coreRelocations, sourceLines } from "../../src/btf/bpf-object.ts";
import { decode } from "../../src/btf/decode.ts";
import { layoutOf } from "../../src/btf/layout.ts";
import { mapTypeName } from "../../src/btf/map-type-name.ts";
import { renderC } from "../../src/btf/render-c.ts";
import { pointerBytes, sizeOf } from "../../src/btf/size.ts";
import { KINDS } from "../../src/btf/type.ts";
import { parser } from "../support/bpf-objects.ts";
import { BtfBuilder } from "../support/build-btf.ts";
import { buildElf } from "../support/build-elf.ts";
import { exists, read, readBytes } from "../support/project-files.ts";

const { parseBtf, parseObject } = await parser();
const page = read("docs/btf-support.md");

const rows = page
  .split("\n")
  .filter((line) => /^\| /.test(line) && !/^\| (Kind|Feature) /.test(line))
  .map((line) => {
    const cells = line
      .slice(1, -1)
      .split("|")
      .map((it) => it.trim());
    const fixture = /^`([^`]+)`/.exec(cells.at(-1) ?? "")?.[1] ?? "";
    return { feature: cells[0] ?? "", claim: cells[1] ?? "", fixture };
  });

const bytesOf = (fixture: string) => readBytes(`fixtures/bpf-object/${fixture}`);
const objectOf = (fixture: string) => parseObject(bytesOf(fixture), { file: fixture });
const typesOf = (fixture: string) => parseBtf(bytesOf(fixture));
const mapOf = (fixture: string, name: string) =>
  objectOf(fixture).maps.find((it) => it.name === name);

/** By feature: what must hold of its fixture. */
const CHECKS: Record<string, (fixture: string) => void> = {
  "both byte orders": (fixture) => expect(objectOf(fixture).byteOrder).toBe("big"),
  "raw BTF, without ELF": (fixture) => expect(objectOf(fixture).format).toBe("btf"),
  "split BTF on a base": (fixture) => {
    const base = typesOf(fixture);
    const split = parseBtf(new BtfBuilder("little", "").int("", 4).finish(), { base });
    expect([split.firstId, split.type(base.idCount)?.kind]).toEqual([base.idCount, "int"]);
    expect(split.find("sample")).toEqual(base.find("sample"));
  },
  "counts of 24 bits, kinds of 7 bits, layouts of kinds in the header (2026)": (fixture) => {
    const { idCount } = typesOf(fixture);
    const wide = parseBtf(withLayouts());
    // 70,000 members, and a type of kind 100 that only the file's own table says the size of.
    expect([wide.kind(1), wide.kind(2)]).toEqual(["unknown", "int"]);
    expect(wide.problems).toEqual([]);
    expect(idCount).toBeGreaterThan(1);
  },
  "`.BTF.ext`: functions, lines, CO-RE relocations": (fixture) => {
    const object = objectOf(fixture);
    const lines = [...sourceLines(object)];
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.every((it) => it.section === "socket" && it.line > 0)).toBe(true);
    expect(object.ext?.functions.type.length).toBe(1);
    expect([...coreRelocations(object)]).toEqual([]);
  },
  "`.BTF` compressed with zlib": (fixture) => expect(objectOf(fixture).problems).toEqual([]),
  "`.BTF` compressed with zstd": (fixture) => {
    const message = objectOf(fixture).problems.find((it) => it.path === ".BTF")?.message;
    expect(message).toMatch(/zstd.*llvm-objcopy/);
    expect(() => typesOf(fixture)).toThrow(/zstd/);
  },
  "split BTF without its base": (fixture) => {
    const { stringsLength } = typesOf(fixture);
    const split = new BtfBuilder("little", "", stringsLength).int("own", 4).finish();
    expect(parseBtf(split).problems.map((it) => it.message)).toEqual([
      expect.stringMatching(/split BTF/),
    ]);
    expect(parseBtf(split).name(1)).toBe("");
  },
  "`.BTF.base`, the base that a module brings along (2024)": (fixture) => {
    const base = bytesOf(fixture);
    const { idCount, stringsLength } = parseBtf(base);
    const own = new BtfBuilder("little", "", stringsLength).int("own", 4).finish();
    const module = parseBtf(buildElf({ ".BTF": own, ".BTF.base": base }));
    expect([module.firstId, module.find("own")?.id]).toEqual([idCount, idCount]);
    expect(module.find("flow", "struct")).toEqual(parseBtf(base).find("flow", "struct"));
  },
  "BTF in ELF files of 32 bits": (fixture) => {
    expect(sizeOf(typesOf(fixture), idOf(fixture, "entry"))).toBe(40);
    expect(pointerBytes(typesOf(fixture))).toBe(4);
  },
  "names, types or records of `.BTF.ext` that are cut": (fixture) => {
    const cut = parseBtf(bytesOf(fixture).subarray(0, 3000));
    expect(cut.idCount).toBeGreaterThan(100);
    expect(cut.problems.map((it) => it.code)).toContain("truncated");
  },
  "maps in `.maps`: numbers and types as pointers": (fixture) =>
    expect(mapOf(fixture, "flows")).toMatchObject({ keySize: 11, valueSize: 64, maxEntries: 1000 }),
  "`map_extra` as `__ulong`": (fixture) =>
    expect(mapOf(fixture, "arena")?.mapExtra).toBe(1n << 44n),
  "inner maps of `values`, slots that the object fills": (fixture) =>
    expect(mapOf(fixture, "filled")).toMatchObject({
      inner: { maxEntries: 128 },
      slots: [
        { index: 0, name: "rows_a" },
        { index: 5, name: "rows_b" },
      ],
    }),
  "inner maps that have inner maps or are pinned; `values` of a hash, or of a length": (fixture) =>
    expect(objectOf(fixture).maps.map((it) => it.refusal)).toEqual([
      expect.stringMatching(/inner maps itself/),
      expect.stringMatching(/pinned/),
      expect.stringMatching(/holds neither maps nor programs/),
      expect.stringMatching(/an array of 2/),
    ]),
  "programs of a `prog_array` in `values`": (fixture) =>
    expect(mapOf(fixture, "jumps")?.slots).toEqual([
      { index: 1, name: "count_row", isProgram: true },
    ]),
  "legacy `maps` section": (fixture) =>
    expect(objectOf(fixture).maps.map((it) => it.origin)).toEqual(["legacy", "legacy", "legacy"]),
  "static map": (fixture) => expect(mapOf(fixture, "hidden_counts")?.refusal).toMatch(/static/),
  "`.rodata`, `.data`, `.bss` as maps": (fixture) =>
    expect(namesOf(fixture)).toEqual(expect.arrayContaining([".rodata", ".data", ".bss"])),
  "`.rodata.*`, `.data.*`": (fixture) =>
    expect(namesOf(fixture)).toEqual(expect.arrayContaining([".rodata.primes", ".data.table"])),
  "`.bss.*`": (fixture) => expect(mapOf(fixture, ".bss.variant")?.refusal).toMatch(/libbpf/),
  "`.kconfig`": (fixture) => expect(mapOf(fixture, ".kconfig")?.valueSize).toBe(12),
  "`.struct_ops`, `.struct_ops.link`": (fixture) =>
    expect(mapOf(fixture, "linked")?.structOps).toMatchObject({ name: "some_ops", functions: 2 }),
  "globals of an arena": (fixture) => {
    const { maps, programs } = objectOf(fixture);
    const uses = programs.find((it) => it.name === "shared_section_1")?.maps ?? [];
    expect(uses.map((it) => mapTypeName(maps[it]?.type ?? 0))).toEqual(["arena"]);
  },
  "code and variables compressed with zlib": (fixture) => {
    const { maps, problems } = objectOf(fixture);
    expect(maps.map((it) => it.valueSize)).toEqual(
      objectOf("map-attributes.el.o").maps.map((it) => it.valueSize),
    );
    expect(problems.filter((it) => /compressed to/.test(it.message))).toHaveLength(5);
  },
  "several programs in a section": (fixture) => {
    const shared = objectOf(fixture).programs.filter((it) => it.section === "tp_btf/first");
    expect(shared).toHaveLength(2);
  },
  "program type by section name; one that is not known": (fixture) => {
    const bytes = Uint8Array.from(bytesOf(fixture));
    const text = Buffer.from(bytes.buffer).toString("latin1");
    expect(objectOf(fixture).programs[0]?.type).toBe("sched_cls");
    for (const [at, letter] of [...text.matchAll(/classifier/g)].map((it) => [it.index, 0x71])) {
      bytes[at as number] = letter as number;
    }
    expect(parseObject(bytes).programs[0]?.type).toBe("unspec");
  },
  "functions of other sections, followed for their maps": (fixture) => {
    const { maps, programs } = objectOf(fixture);
    const [first] = programs;
    expect(first?.maps.map((it) => maps[it]?.name)).toContain("counters");
    expect(first?.loadedInstructions).toBeGreaterThan(first?.instructions ?? 0);
  },
  "linked of several files": (fixture) => {
    const { maps, programs } = objectOf(fixture);
    expect([maps.length, programs.length]).toEqual([4, 3]);
  },
  "maps that no program uses": (fixture) => {
    const { maps, programs } = objectOf(fixture);
    const unused = maps.filter((_, at) => !programs.some((it) => it.maps.includes(at)));
    expect(unused.map((it) => it.name)).toEqual(["never_used"]);
  },
  "source line of a program": (fixture) =>
    expect(objectOf(fixture).programs[0]?.source?.file).toBe("bpf/map-attributes.bpf.c"),
  "holes and padding": (fixture) =>
    expect(layoutOf(typesOf(fixture), idOf(fixture, "holes"))?.holes).toHaveLength(4),
  "decoding values: enumerators by name, bit fields, 128 bits": (fixture) =>
    expect(decode(typesOf(fixture), idOf(fixture, "sample"), new Uint8Array(256))).toMatchObject({
      verdict: "PASS",
      low: 0,
      huge: 0n,
    }),
  "decoding flags by name, signed bit fields, floats": (fixture) =>
    expect(
      decode(typesOf(fixture), idOf(fixture, "sample"), new Uint8Array(256).fill(0xff)),
    ).toMatchObject({ negative: -1, ratio: "NaN" }),
  "C that compiles to the same layout": (fixture) =>
    expect(renderC(typesOf(fixture))).toContain("struct sample {"),
};

function namesOf(fixture: string): string[] {
  return objectOf(fixture).maps.map((it) => it.name);
}

function idOf(fixture: string, name: string): number {
  return typesOf(fixture).find(name, "struct")?.id ?? -1;
}

/** A file with `layout_off` and `layout_len`, a type of kind 100 with 70,000 items, and an integer. */
function withLayouts(): Uint8Array {
  const items = 70_000;
  const types = 12 + 4 * items + 16;
  const layouts = 101 * 4;
  const bytes = new Uint8Array(32 + types + 1 + 3 + layouts);
  const view = new DataView(bytes.buffer);
  const word = (at: number, value: number) => view.setUint32(at, value, true);
  view.setUint16(0, 0xeb9f, true);
  bytes[2] = 1;
  for (const [index, value] of [32, 0, types, types, 1, types + 4, layouts].entries()) {
    word(4 + 4 * index, value);
  }
  word(32 + 4, 100 * 2 ** 24 + items);
  const int = 32 + 12 + 4 * items;
  word(int + 4, 2 ** 24);
  word(int + 8, 4);
  word(int + 12, 32);
  bytes[32 + types + 4 + 100 * 4 + 1] = 4;
  return bytes;
}

describe("docs/btf-support.md", () => {
  test.each(rows)("$feature: $fixture", ({ feature, claim, fixture }) => {
    expect(exists(`fixtures/bpf-object/${fixture}`)).toBe(true);
    expect(claim).not.toBe("");
    const kind = /^\d+ ([A-Z_0-9]+)$/.exec(feature)?.[1]?.toLowerCase();
    if (kind === undefined) CHECKS[feature]?.(fixture);
    else expect(Array.from(typesOf(fixture).types(), (it) => it.kind)).toContain(kind);
    expect(kind !== undefined || feature in CHECKS).toBe(true);
  });

  test("has every kind, and a line for every check", () => {
    const features = rows.map((it) => it.feature);
    const kinds = KINDS.slice(1).map((kind, at) => `${at + 1} ${kind.toUpperCase()}`);
    expect(features.slice(0, kinds.length)).toEqual(kinds);
    expect(Object.keys(CHECKS).filter((it) => !features.includes(it))).toEqual([]);
  });
});
