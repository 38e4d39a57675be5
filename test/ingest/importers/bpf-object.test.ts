/** Compiled objects and raw BTF as inputs: claimed by content, and whatever is wrong with them is told with its place. */
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../src/base/diagnostic.ts";
import { fromBytes } from "../../../src/ingest/byte-source.ts";
import { type Ingested, ingest } from "../../../src/ingest/ingest.ts";
import type { ObjectFile } from "../../../src/model/object-file.ts";
import { KERNEL_STRUCTS } from "../../../src/model/struct-profiles/index.ts";
import { component } from "../../support/component.ts";
import { read } from "../../support/project-files.ts";
import { fixture, readReal } from "../read.ts";
import { rawBtf } from "./raw-btf.ts";

const OBJECT = fixture("bpf-object/map-attributes.el.o");
const E_MACHINE = 18;
const X86_64 = 62;

async function readBytes(bytes: Uint8Array, file = "unknown"): Promise<Ingested> {
  return ingest([fromBytes(file, bytes)], { component: await component() });
}

function objectsOf({ snapshots }: Ingested): readonly ObjectFile[] {
  return snapshots.flatMap((it) => it.objects);
}

function changed(bytes: Uint8Array, at: number, to: (byte: number) => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = to(copy[at] ?? 0);
  return copy;
}

describe("claimed by content, whatever the name", () => {
  test.each([
    ["map-attributes.el.o", "elf", "little", 13, 1],
    ["map-attributes.eb.o", "elf", "big", 13, 1],
    ["map-in-map.el.o", "elf", "little", 6, 2],
    ["legacy-maps.eb.o", "elf", "big", 3, 2],
    ["map-attributes.el.btf", "btf", "little", 8, 0],
    ["map-attributes.eb.btf", "btf", "big", 8, 0],
  ])("%s", async (name, format, byteOrder, maps, programs) => {
    const { snapshot } = await readReal(fixture(`bpf-object/${name}`), "unknown");
    expect(snapshot.sources).toMatchObject([{ file: "unknown", format: "bpf-object" }]);
    expect(snapshot.objects).toMatchObject([{ file: "unknown", format, byteOrder }]);
    expect(snapshot.objects[0]?.maps).toHaveLength(maps);
    expect(snapshot.objects[0]?.programs).toHaveLength(programs);
  });

  test("the file's name says only what libbpf calls its sections of variables", async () => {
    const { snapshot } = await readReal(OBJECT, "archive.tar!bpf/kmesh.bpf.o");
    const names = snapshot.objects[0]?.maps.map((it) => it.kernelName);
    expect(names).toContain("kmesh.rodata");
    expect(names).toContain("prefixes_pinned");
  });
});

describe("what is wrong is told with file, offset and what to do, and the rest is read", () => {
  test("no BTF: legacy maps are read with their programs", async () => {
    const read = await readBytes(fixture("bpf-object/legacy-maps.el.o"), "legacy.o");
    expect(read.diagnostics).toEqual([
      {
        level: "info",
        code: "no-types",
        file: "legacy.o",
        offset: 0,
        message: "the object has no BTF: what its keys and values are made of is not known",
        hint: expect.stringContaining("clang -g"),
      },
    ]);
    const maps = objectsOf(read)[0]?.maps.map((it) => [it.name, it.origin, it.programs]);
    expect(maps).toEqual([
      ["flows", "legacy", ["classify"]],
      ["counters", "legacy", ["classify"]],
      ["prefixes", "legacy", ["drop_prefix"]],
    ]);
  });

  test("another machine: its types are read", async () => {
    const read = await readBytes(changed(OBJECT, E_MACHINE, () => X86_64));
    expect(read.diagnostics).toContainEqual(
      expect.objectContaining({
        level: "data-loss",
        offset: E_MACHINE,
        path: "e_machine",
        message: expect.stringMatching(/^machine 62 is not BPF \(247\)/),
        hint: expect.stringContaining("-target bpf"),
      }),
    );
    expect(objectsOf(read)[0]).toMatchObject({ typeCount: 115, programs: [] });
  });

  test("another machine without types: nothing can be told", async () => {
    const bytes = changed(fixture("bpf-object/legacy-maps.el.o"), E_MACHINE, () => X86_64);
    const read = await readBytes(bytes);
    expect(objectsOf(read)).toEqual([]);
    expect(read.diagnostics).toMatchObject([
      { level: "data-loss", code: "wrong-format", file: "unknown", offset: E_MACHINE },
    ]);
    expect(read.diagnostics[0]?.hint).toContain("clang");
  });

  test.each([
    ["its version", 2, 9, /^version 9, only 1 is known/],
    ["its magic", 0, 0, /^00 eb is not BTF's/],
  ])(
    "BTF whose header is damaged in %s: sections of variables are read",
    async (_, at, to, message) => {
      const read = await readBytes(changed(OBJECT, btfOffset() + at, () => to));
      const own = read.diagnostics.find((it) => it.path?.startsWith("btf_header"));
      expect(own).toMatchObject({ file: "unknown", offset: btfOffset() + at, code: "malformed" });
      expect(own?.message).toMatch(message);
      expect(read.diagnostics.map((it) => it.code)).not.toContain("no-types");
      const origins = objectsOf(read)[0]?.maps.map((it) => it.origin) ?? [];
      expect(new Set(origins)).toEqual(new Set(["data-section"]));
      expect(objectsOf(read)[0]?.programs.map((it) => it.name)).toEqual(["sample"]);
    },
  );

  test("a size that the object does not tell is none, and that is said", async () => {
    const read = await readBytes(withoutKeyType());
    const flows = objectsOf(read)[0]?.maps.find((it) => it.name === "flows");
    expect(flows?.definition).toMatchObject({ keySize: Number.NaN, valueSize: 64 });
    expect(read.diagnostics).toContainEqual(
      expect.objectContaining({ path: ".maps.flows.key", message: "type 0 (void) has no size" }),
    );
  });

  test("text and nothing at all are no objects", async () => {
    for (const bytes of [new TextEncoder().encode("struct flow {};\n"), new Uint8Array()]) {
      const read = await readBytes(bytes);
      expect(objectsOf(read)).toEqual([]);
      expect(read.diagnostics).toMatchObject([{ file: "unknown", offset: 0 }]);
    }
  });
});

describe("damage anywhere is never an error of ours", () => {
  const files = [
    "map-attributes.el.o",
    "map-in-map.eb.o",
    "legacy-maps-btf.el.o",
    "map-attributes.eb.btf",
  ];

  test.each(files)("%s, cut at every 97th byte, says that it is cut", async (name) => {
    const whole = fixture(`bpf-object/${name}`);
    let told = 0;
    for (let end = 0; end < whole.length; end += 97) {
      const read = await readBytes(whole.slice(0, end));
      expect(read.diagnostics, `cut at ${end}`).not.toEqual([]);
      expect(read.diagnostics.flatMap((it) => problemsOf(it, end))).toEqual([]);
      told += objectsOf(read).length;
    }
    // Types stand before the section headers, so that some cuts leave them whole; names end raw BTF.
    if (name.endsWith(".o")) expect(told).toBeGreaterThan(0);
  });

  test.each(files)("%s, one byte turned around at every 89th, is read or refused", async (name) => {
    const whole = fixture(`bpf-object/${name}`);
    let told = 0;
    for (let at = 0; at < whole.length; at += 89) {
      const read = await readBytes(changed(whole, at, (byte) => byte ^ 0xff));
      expect(read.diagnostics.flatMap((it) => problemsOf(it, whole.length))).toEqual([]);
      if (objectsOf(read).length === 0) expect(read.diagnostics).not.toEqual([]);
      told += objectsOf(read).length;
    }
    expect(told).toBeGreaterThan(0);
  });
});

/** What a diagnostic lacks. */
function problemsOf({ file, offset, message, hint, level }: Diagnostic, bytes: number): string[] {
  return [
    ...(file === "unknown" ? [] : [`it is of ${file}`]),
    ...(offset === undefined || offset < 0 || offset > bytes ? [`offset ${offset}`] : []),
    ...(message === "" || message.endsWith(".") ? [`message ${message}`] : []),
    ...(level === "data-loss" && hint === undefined ? [`no hint for ${message}`] : []),
  ];
}

describe("raw BTF", () => {
  const { structSizes } = JSON.parse(read("fixtures/ground-truth/6.18.json"));

  test.each(["little", "big"] as const)(
    "of a kernel, %s-endian, gives its struct sizes",
    async (order) => {
      const bytes = rawBtf({ ...structSizes, task_struct: 9408 }, order);
      const { snapshot, diagnostics } = await readReal(bytes, "vmlinux");
      const known = Object.entries(structSizes).filter(([name]) => KERNEL_STRUCTS.includes(name));
      expect(snapshot.structSizes).toEqual({ sizes: Object.fromEntries(known), source: "vmlinux" });
      expect(known.length).toBeGreaterThan(30);
      expect(diagnostics).toEqual([]);
    },
  );

  test("of a program or a module, which has no struct bpf_map, gives none", async () => {
    const { snapshot } = await readReal(rawBtf({ bpf_array: 320 }, "little"));
    expect(snapshot.structSizes).toBeUndefined();
  });
});

/** Where `.BTF` of the object begins: the only place that has BTF's magic, version and length of the header. */
function btfOffset(): number {
  const header = [0x9f, 0xeb, 1, 0, 24, 0, 0, 0, 0, 0, 0, 0];
  return find(header);
}

/** The object with the key of `flows` declared as `void *`: the first pointer to the struct packed_key. */
function withoutKeyType(): Uint8Array {
  const POINTER_TO_6 = [0, 0, 0, 0, 0, 0, 0, 2, 6, 0, 0, 0];
  return changed(OBJECT, find(POINTER_TO_6) + 8, () => 0);
}

function find(pattern: readonly number[]): number {
  const at = OBJECT.findIndex((_byte, start) =>
    pattern.every((byte, i) => OBJECT[start + i] === byte),
  );
  if (at < 0) throw new Error(`${pattern} is not in the object`);
  return at;
}
