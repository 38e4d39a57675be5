/** Objects as the component reads them, against what llvm-readelf, bpftool and the kernel say of the same files. */
import { existsSync, readFileSync } from "node:fs";
import { release as osRelease } from "node:os";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/input-error.ts";
import { component } from "../support/component.ts";
import { exists, filesUnder, read, readBytes } from "../support/project-files.ts";

const { mapListScanner, parseObject, programListScanner, structSizes } = await component();

const FOLDER = "fixtures/bpf-object";
const objects = filesUnder(FOLDER).filter((file) => /^[^/]+\/[^/]+\/[^/]+\.o$/.test(file));
const parse = (file: string) => parseObject(readBytes(file), file);

function expected(file: string, tool: string) {
  const name = file.slice(FOLDER.length + 1).replace(/\.(o|btf)$/, "");
  return JSON.parse(gunzipSync(readBytes(`${FOLDER}/expected/${name}.${tool}.json.gz`)).toString());
}

interface ReadelfSymbol {
  Symbol: {
    Name: { Name: string };
    Size: number;
    Type: { Name: string };
    Section: { Name: string };
  };
}

describe.each(objects)("%s", (file) => {
  test("has the programs that llvm-readelf finds, each of that size", () => {
    const [{ Symbols }] = expected(file, "readelf") as [{ Symbols: ReadelfSymbol[] }];
    const functions = Symbols.map((it) => it.Symbol).filter(
      (it) => it.Type.Name === "Function" && it.Section.Name !== ".text",
    );
    const programs = parse(file).programs.map((it) => [it.name, it.section, it.instructions]);
    expect(programs.sort()).toEqual(
      functions.map((it) => [it.Name.Name, it.Section.Name, it.Size / 8]).sort(),
    );
    // That of ARM has types alone.
    expect(programs.length > 0).toBe(!file.includes("types-32"));
  });

  const twin = file.replace(/\.(el|eb)\.o$/, (_, order) => (order === "el" ? ".eb.o" : ".el.o"));
  // What bpftool links has this machine's byte order.
  test.runIf(exists(twin))("is read alike in the other byte order", () => {
    const { byteOrder, ...facts } = parse(file);
    const { byteOrder: other, ...twinFacts } = parse(twin);
    expect([byteOrder, other].sort()).toEqual(["big", "little"]);
    expect(withoutPlaces(facts)).toEqual(withoutPlaces(twinFacts));
  });
});

/** Instructions, and the path of the source, differ with the byte order for good reasons. */
function withoutPlaces({ maps, programs }: Pick<ReturnType<typeof parse>, "maps" | "programs">) {
  return {
    maps: maps.map(({ kernelName, ...map }) => map),
    programs: programs.map(({ instructions, loadedInstructions, ...program }) => program),
  };
}

describe("types", () => {
  const files = objects.filter((file) => !/\/legacy-maps\.e|-(zlib|zstd)\./.test(file));

  test.each(files)("structs of %s have the sizes that bpftool prints", (file) => {
    const { types } = expected(file, "btf") as {
      types: { kind: string; name: string; size: number }[];
    };
    const structs = types.filter((it) => it.kind === "STRUCT" && it.name !== "(anon)");
    const names = structs.map((it) => it.name);
    expect([...structSizes(readBytes(file), names)]).toEqual(structs.map((it) => it.size));
    expect(parse(file).types?.starts.length).toBe(types.length);
  });

  test("a name that is not there has no size", () => {
    const raw = readBytes(`${FOLDER}/map-attributes.el.btf`);
    expect([...structSizes(raw, ["flow", "no_such_struct"])]).toEqual([64, Number.NaN]);
  });

  test("raw BTF is read by itself", () => {
    expect(parse(`${FOLDER}/map-attributes.eb.btf`)).toMatchObject({
      format: "btf",
      byteOrder: "big",
      programs: [],
    });
  });
});

describe("against the kernel", () => {
  const capture = "fixtures/capture-6.18-objects/after";
  const live = mapsOf(`${capture}/map-show.json`);
  const loaded = objects.filter((file) => /kmesh-v0\.5\.0-(?!dual-engine).*\.el\.o$/.test(file));

  test.each(loaded)("%s: every map is as it was when loaded", (file) => {
    const { maps } = parse(file);
    for (const { name, kernelName, keySize, valueSize, maxEntries, type, ...map } of maps) {
      // Names are cut to 15 bytes, so several maps may share one.
      const alike = live.filter((map) => map.name === kernelName);
      // libbpf before 1.1 makes every data section mappable; the one that loaded these is of that time.
      const flags = map.flags | (map.origin === "data-section" ? MMAPABLE : 0);
      // What the loader decides: the size of a ring buffer, the CPUs of a perf event array.
      const isFixed = maxEntries > 0 && type !== RINGBUF;
      expect(alike, name).toContainEqual(
        expect.objectContaining({ keySize, valueSize, flags, ...(isFixed && { maxEntries }) }),
      );
    }
    expect(maps.length).toBeGreaterThan(3);
  });

  test.each(loaded)("%s: programs use the maps that the kernel lists for them", (file) => {
    using scanner = programListScanner();
    scanner.push(readBytes(`${capture}/prog-show.json`));
    const programs = new Map(scanner.finish().programs.map((it) => [`${it.type} ${it.name}`, it]));
    const nameOf = new Map(live.map(({ id, name }) => [id, name]));
    const object = parse(file);
    const compared = object.programs.flatMap((program) => {
      const own = programs.get(`${program.type} ${program.name}`);
      return own === undefined ? [] : [{ program, own }];
    });
    for (const { program, own } of compared) {
      const used = program.maps.map((index) => object.maps[index]?.kernelName).sort();
      expect(used, program.name).toEqual(own.mapIds.map((id) => nameOf.get(id)).sort());
    }
    expect(compared.length).toBe(object.programs.length);
  });
});

/** `BPF_MAP_TYPE_RINGBUF` and `BPF_F_MMAPABLE` */
const RINGBUF = 27;
const MMAPABLE = 1 << 10;

function mapsOf(file: string) {
  using scanner = mapListScanner();
  scanner.push(readBytes(file));
  const list = scanner.finish();
  return Array.from({ length: list.rows }, (_, at) => ({
    id: list.id[at] ?? -1,
    name: list.names[list.name[at] ?? -1] ?? "",
    keySize: list.keySize[at],
    valueSize: list.valueSize[at],
    maxEntries: list.maxEntries[at],
    flags: list.flags[at],
  }));
}

describe("what is no whole object", () => {
  test.each([
    ["nothing", new Uint8Array()],
    ["text", new TextEncoder().encode("no object")],
    ["another machine's", x86()],
  ])("%s is an input error with its file", (_, bytes) => {
    expect(() => parseObject(bytes, "thing.o")).toThrow(InputError);
    expect(() => parseObject(bytes, "thing.o")).toThrow(
      expect.objectContaining({ place: expect.objectContaining({ file: "thing.o" }) }),
    );
  });

  test("cut anywhere, or with any byte changed, it is a value or an input error", () => {
    const bytes = readBytes(`${FOLDER}/map-attributes.el.o`);
    const harm = fc.record({
      cut: fc.nat(bytes.length),
      at: fc.nat(bytes.length - 1),
      to: fc.nat(255),
    });
    fc.assert(
      fc.property(harm, ({ cut, at, to }) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = to;
        for (const damaged of [bytes.subarray(0, cut), changed]) {
          try {
            expect(parseObject(damaged, "damaged.o").maps).toBeInstanceOf(Array);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The same object, but for machine 62, without sections. */
function x86(): Uint8Array {
  const bytes = Uint8Array.from(readBytes(`${FOLDER}/legacy-maps.el.o`));
  bytes[18] = 62;
  return bytes;
}

const VMLINUX = "/sys/kernel/btf/vmlinux";
const captured = "fixtures/capture-6.18";
const release = read(`${captured}/uname.txt`).split(" ")[1];
const why = !existsSync(VMLINUX)
  ? `there is no ${VMLINUX}`
  : osRelease() !== release
    ? `this kernel is ${osRelease()}, the capture's was ${release}`
    : undefined;

describe(`the kernel's own BTF${why === undefined ? "" : ` (skipped: ${why})`}`, () => {
  test.skipIf(why !== undefined)("has the sizes that bpftool printed of the same kernel", () => {
    const sizes: Record<string, number> = JSON.parse(read(`${captured}/struct-sizes.json`));
    const names = Object.keys(sizes);
    expect(names).toContain("bpf_htab");
    const found = structSizes(readFileSync(VMLINUX), names);
    expect(Object.fromEntries(names.map((name, at) => [name, found[at]]))).toEqual(sizes);
  });
});
