/** `inspect` on every committed object, against what bpftool and llvm-readelf say of the same file. */
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { inspect } from "../../src/analyze/inspect.ts";
import {
  type InspectedMap,
  type InspectedObject,
  type Inspection,
  inspectionSchema,
} from "../../src/analyze/inspection.ts";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { resolveHost } from "../../src/model/infer-host.ts";
import { BtfFacts, type DeclaredMap, MAP_TYPE_NAMES } from "../support/btf-facts.ts";
import { component } from "../support/component.ts";
import { ElfFacts } from "../support/elf-facts.ts";
import { exists, filesUnder, read, readBytes } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const FOLDER = "fixtures/bpf-object";
/** Objects of which the tools say too little or something else; test/btf and the parser's own tests read those. */
const SPECIAL = /loader-choices|rare-declarations|refused-|linked-two|types-32|-(zlib|zstd)\./;
const files = filesUnder(FOLDER).filter((it) => /\.(o|btf)$/.test(it) && !SPECIAL.test(it));
const objects = files.filter((it) => it.endsWith(".o"));

/** BPF_F_RDONLY_PROG and BPF_F_MMAPABLE of include/uapi/linux/bpf.h. */
const READ_ONLY = 0x80;
const MAPPABLE = 0x400;

let inspection: Inspection;

beforeAll(async () => {
  const { stdout } = await runCli(["inspect", ...files, "--format", "json"]);
  inspection = JSON.parse(stdout);
});

function inspected(file: string): InspectedObject {
  const found = inspection.objects.find((it) => it.file === file);
  if (found === undefined) throw new Error(`${file} was not inspected`);
  return found;
}

/** What a tool printed of an object; raw BTF is the types of the object beside it. */
function saved(file: string, tool: "btf" | "readelf") {
  const name = file.slice(FOLDER.length + 1).replace(/\.(o|btf)$/, "");
  const path = `${FOLDER}/expected/${name}.${tool}.json.gz`;
  return exists(path) ? JSON.parse(gunzipSync(readBytes(path)).toString()) : undefined;
}

const btfOf = (file: string) => new BtfFacts(saved(file, "btf")?.types ?? []);
const elfOf = (file: string) => new ElfFacts(saved(file, "readelf")[0], readBytes(file));

/** The attributes alone, which the kernel is given. */
function attributes(map: InspectedMap): Partial<DeclaredMap> {
  const { name, type, keySize, valueSize, maxEntries, flags, mapExtra, pinning, inner } = map;
  return JSON.parse(
    JSON.stringify({ name, type, keySize, valueSize, maxEntries, flags, mapExtra, pinning, inner }),
  );
}

const byName = (a: { name?: string }, b: { name?: string }) =>
  (a.name ?? "") < (b.name ?? "") ? -1 : 1;

const mapsOf = (file: string, origin: InspectedMap["origin"]) =>
  inspected(file)
    .maps.filter((it) => it.origin === origin)
    .map(attributes)
    .sort(byName);

test("all of them are read, in the order given, and the result is what its schema says", () => {
  expect(inspection.objects.map((it) => it.file)).toEqual(files);
  expect(inspectionSchema.parse(inspection)).toEqual(inspection);
  expect(files.length).toBeGreaterThan(25);
});

describe.each(files)("%s", (file) => {
  test("has the maps that `.maps` declares, by its types", () => {
    expect(mapsOf(file, "btf")).toEqual(btfOf(file).maps().sort(byName));
  });

  test("has as many types as bpftool lists", () => {
    expect(inspected(file).typeCount).toBe(btfOf(file).count);
  });

  test("has layouts with bpftool's members, where every bit is a member's or a hole's", () => {
    const layouts = inspected(file).maps.flatMap(({ name, origin, ...map }) => {
      const key = { name, what: "key", bytes: map.keySize, layout: map.keyLayout } as const;
      const value = { name, what: "value", bytes: map.valueSize, layout: map.valueLayout } as const;
      return origin === "btf" ? [key, value] : [];
    });
    const found = layouts.flatMap(({ layout, ...it }) =>
      layout === undefined ? [] : [{ ...it, ...shapeOf(layout) }],
    );
    const expected = found.map(({ name, what, bytes, elements, isStruct }) => ({
      ...{ name, what, bytes, elements, isStruct },
      size: bytes,
      members: btfOf(file).members(name, what),
      coveredBits: isStruct ? ((bytes ?? 0) * 8) / elements : 0,
    }));
    expect(found).toEqual(expected);
    expect(found.length > 0).toBe(!file.includes("legacy"));
  });
});

/** Of a struct's own members and holes; those of a union lie on each other. */
function shapeOf({ size, elements, members, holes }: NonNullable<InspectedMap["keyLayout"]>) {
  const own = members.filter((it) => it.depth === 0);
  const bits = [...own, ...holes.filter((it) => it.depth === 0)].map((it) => it.bitSize);
  return {
    size,
    elements,
    isStruct: own.length > 0,
    members: own.map((it) => [it.name, it.bitOffset]),
    coveredBits: bits.reduce((sum, it) => sum + it, 0),
  };
}

describe.each(objects)("%s", (file) => {
  test("has the byte order and the license that stand in it", () => {
    const { isLittle, license } = elfOf(file);
    expect(inspected(file)).toMatchObject({
      format: "elf",
      byteOrder: isLittle ? "little" : "big",
      license,
    });
  });

  test("has an array for each section of variables, as large as llvm-readelf says", () => {
    const [elf, btf] = [elfOf(file), btfOf(file)];
    const expected = elf.variableSections.map(({ name, bytes }) => ({
      name,
      type: "array",
      keySize: 4,
      valueSize: bytes,
      maxEntries: 1,
      flags:
        (name.startsWith(".rodata") ? READ_ONLY : 0) |
        // map_is_mmapable() of libbpf.c: a variable that others may see.
        (btf.variables(name).some((it) => it.linkage !== "static" && !elf.isHidden(it.name))
          ? MAPPABLE
          : 0),
    }));
    expect(mapsOf(file, "data-section")).toEqual(expected.sort(byName));
  });

  test("has the maps of the `maps` section, with the numbers that stand there", () => {
    const expected = elfOf(file).legacyMaps.map(([name, numbers]) => {
      const [type = 0, keySize, valueSize, maxEntries, flags] = numbers;
      return { name, type: MAP_TYPE_NAMES[type], keySize, valueSize, maxEntries, flags };
    });
    expect(mapsOf(file, "legacy")).toEqual(expected.sort(byName));
  });

  test("has the programs of llvm-readelf's symbols, each with what its relocations and calls use", () => {
    const elf = elfOf(file);
    const expected = elf.programs.map(({ name, section, bytes }) => {
      const used = elf.used(section, name);
      return {
        name,
        section,
        instructions: bytes / 8,
        loadedInstructions: used.bytes / 8,
        maps: used.maps,
      };
    });
    const found = inspected(file).programs.map((it) => ({
      name: it.name,
      section: it.section,
      instructions: it.instructions,
      loadedInstructions: it.loadedInstructions,
      maps: [...it.maps].sort(),
    }));
    expect(found.sort(byName)).toEqual(expected.sort(byName));
    expect(found.length).toBeGreaterThan(0);
  });

  test("names for each map the programs that name the map", () => {
    const { maps, programs } = inspected(file);
    for (const map of maps) {
      const users = programs.filter((it) => it.maps.includes(map.name)).map((it) => it.name);
      expect(map.programs, map.name).toEqual(users);
    }
  });
});

test("the same source is inspected alike in both byte orders", () => {
  // What bpftool links has this machine's byte order.
  const little = files.filter((it) => it.includes(".el.") && !it.includes("linked.el"));
  for (const file of little) {
    const [{ byteOrder, ...one }, { byteOrder: other, ...two }] = [
      inspected(file),
      inspected(file.replace(".el.", ".eb.")),
    ];
    expect([byteOrder, other]).toEqual(["little", "big"]);
    expect(neutral(two), file).toEqual(neutral(one));
  }
  expect(little.length * 2).toBe(files.length - 1);
});

/** Without names of files, and without instructions, of which a compiler may choose others. */
function neutral(object: Omit<InspectedObject, "byteOrder">): unknown {
  return JSON.parse(
    JSON.stringify(object, (key, value) =>
      ["file", "instructions", "loadedInstructions"].includes(key) ? undefined : value,
    ),
  );
}

test("slots that the object fills are those of its source, bpf/map-in-map.bpf.c", () => {
  const slots = inspected(`${FOLDER}/map-in-map.eb.o`).maps.flatMap((it) =>
    it.slots === undefined ? [] : [[it.name, it.slots]],
  );
  expect(slots).toEqual([
    [
      "filled",
      [
        { index: 0, name: "rows_a" },
        { index: 5, name: "rows_b" },
      ],
    ],
    ["jumps", [{ index: 1, name: "count_row" }]],
  ]);
});

/** Program types as the kernel listed them once these objects were loaded. */
test("a program's type is the kernel's", () => {
  const live = JSON.parse(read("fixtures/capture-6.18-objects/after/prog-show.json"));
  const types = new Map<string, Set<string>>();
  for (const { name, type } of live) types.set(name, (types.get(name) ?? new Set()).add(type));
  let compared = 0;
  for (const file of objects.filter((it) => it.includes("kmesh-v0.5.0"))) {
    for (const program of inspected(file).programs) {
      if (!types.has(program.name)) continue;
      compared += 1;
      expect([...(types.get(program.name) ?? [])], program.name).toContain(program.type);
    }
  }
  expect(compared).toBeGreaterThan(10);
});

test("whatever is wrong with an object, what is said of it is what the schema says", async () => {
  const whole = readBytes(`${FOLDER}/map-attributes.el.o`);
  const host = resolveHost([], [], { kernel: "6.18", possibleCpus: 4 });
  let inspections = 0;
  for (let at = 0; at < whole.length; at += 43) {
    const bytes = Uint8Array.from(whole);
    bytes[at] = 255 - (bytes[at] ?? 0);
    const read = await ingest([fromBytes("damaged.o", bytes)], { component: await component() });
    const damaged = read.snapshots.flatMap((it) => it.objects);
    const given = damaged.map((it) => ({ ...it, diagnostics: read.diagnostics }));
    const result = inspect(given, { toolVersion: "0.0.0", host, diagnostics: [] });
    expect(inspectionSchema.parse(result), `byte ${at}`).toEqual(result);
    inspections += given.length;
  }
  expect(inspections).toBeGreaterThan(100);
});

describe("what a map would cost", () => {
  test("is what kernel 6.18 reported once the objects were loaded, of maps that do not grow", async () => {
    const capture = "fixtures/capture-6.18-objects";
    const { costed } = await costedFor(
      objects.filter((it) => /kmesh-v0\.5\.0-.*\.el\.o$/.test(it)),
      ["--kernel", "6.18", "--possible-cpus", "2"],
      ["--struct-sizes", `${capture}/struct-sizes.json`],
    );
    const fixed = new Set(["array", "percpu_array", "prog_array", "array_of_maps", "ringbuf"]);
    const live = JSON.parse(read(`${capture}/after/map-show.json`)) as LiveMap[];
    const reported = costed
      // Whether a section of variables can be mapped, and so takes pages, is the loader's choice.
      .filter(
        (it) =>
          it.origin !== "data-section" && fixed.has(it.type) && live.some((map) => isOf(map, it)),
      )
      .map((it) => ({ name: it.name, bytes: live.find((map) => isOf(map, it))?.bytes_memlock }));
    const modeled = costed.filter((it) => reported.some(({ name }) => name === it.name));
    expect(modeled.map(({ name, memlockBytes }) => ({ name, bytes: memlockBytes?.value }))).toEqual(
      reported,
    );
    expect(reported.length).toBeGreaterThan(8);
  });

  test("counts what the loader makes of max_entries, as a row of the measured kernel has it", async () => {
    const { structSizes, rows } = JSON.parse(read("fixtures/ground-truth/6.18.json"));
    const measured = rows.find(
      (it: { type: string; maxEntries: number }) =>
        it.type === "perf_event_array" && it.maxEntries > 1,
    );
    const { costed } = await costedFor(
      [`${FOLDER}/map-attributes.el.o`],
      ["--kernel", "6.18", "--possible-cpus", String(measured.maxEntries)],
    );
    const events = costed.find((it) => it.name === "events");
    expect(events).toMatchObject({ maxEntries: 0, memlockBytes: { value: measured.memlock } });
    expect(structSizes.bpf_array + 8 * measured.maxEntries).toBe(measured.memlock);
  });

  test("is not told for a kernel that would refuse the map, but why", async () => {
    const { costed } = await costedFor([`${FOLDER}/map-attributes.el.o`], ["--kernel", "5.10"]);
    const seen = costed.find((it) => it.name === "seen");
    expect(seen?.preallocatedBytes).toBeUndefined();
    expect(seen?.unknown?.preallocatedBytes).toMatch(
      /bloom_filter exists since 5\.16, not in 5\.10/,
    );
  });
});

interface LiveMap {
  readonly name?: string;
  readonly type: string;
  readonly bytes_memlock: number;
  readonly bytes_value: number;
}

function isOf(live: LiveMap, { kernelName, type, valueSize }: InspectedMap): boolean {
  return live.name === kernelName && live.type === type && live.bytes_value === valueSize;
}

async function costedFor(paths: readonly string[], ...options: readonly string[][]) {
  const argv = ["inspect", ...paths, ...options.flat(), "--format", "json"];
  const { stdout } = await runCli(argv);
  const result = JSON.parse(stdout) as Inspection;
  return { result, costed: result.objects.flatMap((it) => it.maps) };
}

test.each(files.filter((it) => it.endsWith(".btf")))(
  "%s: types of each kind are those that bpftool lists",
  (file) => {
    const types: readonly { kind: string; name: string; size: number }[] = saved(file, "btf").types;
    const count = (kind: string) => types.filter((it) => it.kind === kind.toUpperCase()).length;
    const { kinds = [], structs = [] } = inspected(file).types ?? {};
    expect(kinds.reduce((sum, it) => sum + it.count, 0)).toBe(types.length);
    expect(kinds).toEqual(kinds.map(({ kind }) => ({ kind, count: count(kind) })));
    const named = types.filter((it) => it.kind === "STRUCT" && it.name !== "(anon)");
    expect(structs.length).toBe(Math.min(12, named.length));
    for (const { name, bytes } of structs) {
      expect(named.find((it) => it.name === name)?.size, name).toBe(bytes);
    }
  },
);
