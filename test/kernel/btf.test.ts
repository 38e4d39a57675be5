/** The running kernel's own types, and the maps that it has of every committed object that it loads. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { expect, test } from "vitest";
import { layoutOf } from "../../src/btf/layout.ts";
import { mapTypeName } from "../../src/btf/map-type-name.ts";
import { renderC } from "../../src/btf/render-c.ts";
import { OBJECT_FOLDER, OBJECT_NAMES, objectBytes, parser } from "../support/bpf-objects.ts";
import { asBpftool, parseBpftoolTypes } from "../support/bpftool-types.ts";
import { CLANG, compiled, placesOf, structNames } from "../support/compile-types.ts";
import { parsePahole, parsePaholeTotals } from "../support/pahole.ts";
import { ROOT } from "../support/project-files.ts";
import { describeLive } from "./live-kernel.ts";

const VMLINUX = "/sys/kernel/btf/vmlinux";
const PINS = "/sys/fs/bpf/mapscope-btf-test";
const MMAPABLE = 1 << 10;
const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { encoding: "utf8", maxBuffer: 2 ** 30, stdio: "pipe" });

const { parseBtf, parseObject } = await parser();

describeLive(
  "the kernel's types",
  () => {
    test("are those that bpftool prints, every field of every type", () => {
      const btf = parseBtf(readFileSync(VMLINUX));
      const expected = parseBpftoolTypes(run("bpftool", "-j", "btf", "dump", "file", VMLINUX));
      expect(btf.idCount - 1).toBe(expected.length);
      const different = expected.filter(
        (it, row) => JSON.stringify(it) !== JSON.stringify(asBpftool(btf.type(row + 1) ?? never())),
      );
      expect(different.slice(0, 5)).toEqual([]);
      expect(expected.length).toBeGreaterThan(50_000);
    }, 120_000);

    test("have the sizes, holes and padding that pahole sums up, every struct", () => {
      const btf = parseBtf(readFileSync(VMLINUX));
      const structs = parsePaholeTotals(run("pahole", "-F", "btf", VMLINUX));
      const idsOf = (name: string) => btf.findIds(name).filter((id) => btf.kind(id) === "struct");
      // Of those that share a name nobody can tell which one pahole means.
      const own = structs.filter((it) => idsOf(it.name).length === 1);
      const ours = own.map(({ name }) => {
        const layout = layoutOf(btf, idsOf(name)[0] ?? -1, { mostMembers: 1_000_000 });
        const sum = (isTrailing: boolean) =>
          (layout?.holes ?? [])
            .filter((it) => it.depth === 0 && it.isTrailing === isTrailing)
            .reduce((bits, it) => bits + it.bitSize, 0);
        return { name, size: layout?.size, holes: sum(false), padding: sum(true) };
      });
      const rows = own.map((it) => JSON.stringify(it));
      expect(ours.map((it) => JSON.stringify(it)).filter((it, row) => it !== rows[row])).toEqual(
        [],
      );
      expect(own.length).toBeGreaterThan(5000);
    }, 60_000);

    test("have each hole before a member that pahole prints", () => {
      const btf = parseBtf(readFileSync(VMLINUX));
      const names = ["task_struct", "sk_buff", "bpf_map", "bpf_htab", "net_device", "tcp_sock"];
      for (const struct of parsePahole(
        run("pahole", "-F", "btf", "-C", names.join(","), VMLINUX),
      )) {
        const layout = layoutOf(btf, btf.find(struct.name, "struct")?.id ?? -1);
        const own = layout?.holes.filter((it) => it.depth === 0 && !it.isTrailing);
        const told = struct.holes.filter((it) => it.depth === 0);
        expect(
          own?.map((it) => it.bitSize),
          struct.name,
        ).toEqual(told.map((it) => it.bits));
      }
    });

    test.skipIf(CLANG === undefined)(
      "written as C and compiled have every member where it was",
      () => {
        const btf = parseBtf(readFileSync(VMLINUX));
        // Each machine has its own va_list.
        const names = structNames(btf).filter((it) => it !== "warn_args" && it !== "__va_list_tag");
        const text = renderC(btf);
        for (let from = 0; from < names.length; from += 1000) {
          const part = names.slice(from, from + 1000);
          const again = compiled(text, part, { parseBtf });
          const moved = part.filter(
            (it) => JSON.stringify(placesOf(btf, it)) !== JSON.stringify(placesOf(again, it)),
          );
          expect(moved).toEqual([]);
        }
        expect(names.length).toBeGreaterThan(5000);
      },
      600_000,
    );

    test("of modules go on from those of the kernel", () => {
      const base = parseBtf(readFileSync(VMLINUX));
      const modules = run("ls", "/sys/kernel/btf")
        .split("\n")
        .filter((it) => !/^(vmlinux)?$/.test(it));
      for (const name of modules.slice(0, 3)) {
        const file = `/sys/kernel/btf/${name}`;
        const split = parseBtf(readFileSync(file), { base });
        const dump = run("bpftool", "-j", "-B", VMLINUX, "btf", "dump", "file", file);
        expect(Array.from(split.types(), asBpftool), name).toEqual(parseBpftoolTypes(dump));
      }
      expect(base.idCount).toBeGreaterThan(50_000);
    }, 60_000);
  },
  () => (existsSync(VMLINUX) ? undefined : `there is no ${VMLINUX}`),
);

describeLive("the committed objects, loaded with bpftool", () => {
  const loaded: string[] = [];

  test.each(OBJECT_NAMES.filter((it) => it.endsWith(".el")))("%s", (name) => {
    const object = parseObject(objectBytes(name), { file: `${name}.o` });
    const refused = load(name);
    if (refused !== undefined) {
      // What cannot be loaded must be for a reason that is known here.
      expect(refused).toMatch(expectedRefusal(name));
      return;
    }
    loaded.push(name);
    const ids = programMaps();
    const live = (JSON.parse(run("bpftool", "-j", "map", "show")) as LiveMap[]).filter((it) =>
      ids.has(it.id),
    );
    // A program holds the maps it refers to: those that none uses are gone when loading ends.
    // Constants libbpf binds to every program, so that they are shown with it (`bpf_prog_bind_map()`).
    const isUsed = (at: number) => object.programs.some((it) => it.maps.includes(at));
    const used = object.maps.filter(({ name }, at) => isUsed(at) || name === ".rodata");
    const own = used.map((map) => ({
      name: map.kernelName,
      type: mapTypeName(map.type),
      bytes_key: map.keySize,
      bytes_value: map.valueSize,
      max_entries: map.type === RINGBUF ? Math.max(4096, map.maxEntries) : map.maxEntries,
      // libbpf before 1.1 adds it.
      flags: map.flags | map.optionalFlags,
    }));
    const seen = live.map(({ name, type, bytes_key, bytes_value, max_entries, flags }) => ({
      name,
      type,
      bytes_key,
      bytes_value,
      max_entries,
      flags: own.some((it) => it.name === name && it.flags !== flags) ? flags | MMAPABLE : flags,
    }));
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    unload();
    // libbpf pins these beside the programs' folder, by their whole names.
    for (const { name, pinning } of object.maps) {
      if (pinning === 1) rmSync(`/sys/fs/bpf/${name}`, { force: true });
    }
    expect(seen.sort(byName)).toEqual(own.sort(byName));
  });

  test("enough of them could be loaded to mean something", () => {
    expect(loaded.length).toBeGreaterThan(5);
  });
});

interface LiveMap {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly bytes_key: number;
  readonly bytes_value: number;
  readonly max_entries: number;
  readonly flags: number;
}

/** `BPF_MAP_TYPE_RINGBUF` */
const RINGBUF = 27;

/** The first message of libbpf when it refuses; nothing when it loads. */
function load(name: string): string | undefined {
  unload();
  try {
    run("bpftool", "prog", "loadall", `${ROOT}${OBJECT_FOLDER}/${name}.o`, PINS);
    return undefined;
  } catch (error) {
    return String((error as { stderr?: string }).stderr ?? error);
  }
}

function unload(): void {
  rmSync(PINS, { recursive: true, force: true });
}

/** Ids of the maps that the pinned programs hold. */
function programMaps(): ReadonlySet<number> {
  const names = run("ls", PINS).split("\n").filter(Boolean);
  const lists = names.map(
    (it) =>
      JSON.parse(run("bpftool", "-j", "prog", "show", "pinned", `${PINS}/${it}`)).map_ids ?? [],
  );
  return new Set(lists.flat() as number[]);
}

/** What libbpf, or the kernel's verifier, says of the objects that are not for loading as they are. */
function expectedRefusal(name: string): RegExp {
  if (name.startsWith("legacy-maps")) return /legacy map definitions|missing BTF|unsupported|Error/;
  if (name.startsWith("loader-choices")) return /unsupported map linkage static/;
  if (name.includes("-all-zlib.")) return /crosses section boundary/;
  if (/-(zlib|zstd)\./.test(name)) return /BTF/;
  if (name.startsWith("refused-inner-maps")) return /multi-level inner maps not supported/;
  if (name.startsWith("types-32")) return /not a 64-bit ELF object/;
  if (name.startsWith("linked-two")) return /extern|shared_counts|tally/;
  if (name.startsWith("rare-declarations")) return /struct_ops|kconfig|arena|some_ops|map|tp_btf/;
  // Its outer map has no inner map in the object: the daemon gives it one.
  if (name.startsWith("kmesh-v0.5.0")) return /map 'outer_map': failed to create/;
  return /no refusal is expected/;
}

function never(): never {
  throw new Error("a type is missing");
}
