import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildSnapshot } from "../../../src/analyze/build.ts";
import { fromBytes } from "../../../src/ingest/byte-source.ts";
import { ingest } from "../../../src/ingest/ingest.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { component } from "../../support/component.ts";
import { bytesOf, fixture, readReal } from "../read.ts";
import { textAndJson } from "../text-and-json.ts";

const PER_CPU = "capture-6.1/before/map-dump-conn_stats.json";

const dumpOf = async (path: string, file?: string) => {
  const { snapshot, diagnostics } = await readReal(fixture(path), file);
  return { dump: snapshot.dumps[0], diagnostics };
};

describe("traps of the JSON", () => {
  test("a value that could not be read is an entry all the same", async () => {
    const text = new TextDecoder()
      .decode(fixture("bpftool-map-dump/unreadable-value.json"))
      .replace("No such file or directory", "Operation not permitted");
    const { snapshot, diagnostics } = await readReal(text);
    expect(snapshot.dumps[0]).toMatchObject({
      elements: 2,
      distinctKeys: 2,
      unreadable: 1,
      complete: true,
    });
    expect(diagnostics).toMatchObject([{ level: "warning", code: "tool-error" }]);
  });

  test("a key that was gone when its value was asked for is no entry", async () => {
    const { dump, diagnostics } = await dumpOf("bpftool-map-dump/unreadable-value.json");
    expect(dump).toMatchObject({ elements: 1, distinctKeys: 1, unreadable: 0, complete: true });
    expect(diagnostics).toEqual([]);
  });

  test("a key that came twice is one entry", async () => {
    const { dump } = await dumpOf("bpftool-map-dump/repeated-key.json");
    expect(dump).toMatchObject({ elements: 4, distinctKeys: 3, distinctKeysExact: true });
  });

  test("cut inside a value: the entries before it are counted", async () => {
    const { dump, diagnostics } = await dumpOf("bpftool-map-dump/cut.json");
    expect(dump).toMatchObject({ elements: 3, complete: false });
    expect(diagnostics).toMatchObject([{ level: "data-loss", code: "truncated" }]);
  });

  test("a per-CPU dump of which values are missing tells no number of CPUs", async () => {
    const whole = JSON.parse(new TextDecoder().decode(fixture(PER_CPU))) as {
      key: string[];
      values: { cpu: number; value: string[] }[];
    }[];
    const cpus = whole[0]?.values.length;
    const elements = whole.length;
    expect((await dumpOf(PER_CPU)).dump).toMatchObject({ elements, possibleCpus: cpus });
    const text = JSON.stringify(whole);
    for (const [what, damaged, known] of [
      ["dots for the last", text.replace(/,\{"cpu":1.*?\]\}/, ", ..."), false],
      ["a gap", text.replace(/,\{"cpu":1.*?\]\}/, ""), false],
      ["another CPU", text.replace('"cpu":1', '"cpu":7'), false],
      ["no comma", text.replaceAll(',{"cpu":1', '{"cpu":1'), true],
    ] as const) {
      const { snapshot, diagnostics } = await readReal(damaged);
      expect(snapshot.dumps, what).toMatchObject([{ elements, complete: known }]);
      expect(snapshot.dumps[0]?.possibleCpus, what).toBe(known ? cpus : undefined);
      expect(snapshot.dumps[0]?.cpuSpread === undefined, what).toBe(!known);
      const [first] = diagnostics;
      expect(first, what).toMatchObject({ code: known ? "repaired" : "malformed" });
      expect(first?.offset, what).toBeGreaterThan(0);
    }
  });

  test("what a dump that lost an element says of other entries is not whole either", async () => {
    const slot = (key: number, value: string) =>
      `{"key":["0x0${key}","0x00","0x00","0x00"],"value":[${value}]}`;
    const good = '"0x05","0x00","0x00","0x00"';
    const read = (text: string) => readReal(text, "map-dump-outer.json");
    const { snapshot: whole } = await read(`[${slot(1, good)},${slot(2, good)}]`);
    expect(whole.values).toMatchObject([{ entries: 2, complete: true }]);
    for (const gap of [slot(2, '"0x05","...","0x00","0x00"'), "..."]) {
      const { snapshot } = await read(`[${slot(1, good)},${gap},${slot(3, good)}]`);
      expect(snapshot.dumps).toMatchObject([{ elements: 2, complete: false }]);
      expect(snapshot.values).toMatchObject([{ complete: false }]);
    }
  });

  test("an empty list is a map without entries, and it is said that it may not be", async () => {
    const { snapshot, diagnostics } = await readReal("[]\n");
    expect(snapshot.dumps).toMatchObject([{ elements: 0, complete: true }]);
    expect(diagnostics).toMatchObject([{ level: "info", code: "ambiguous" }]);
  });
});

describe("a file's name may say which map it is", () => {
  test.each([
    ["map-dump-kmesh_frontend.json", "kmesh_frontend"],
    ["run/kmesh_frontend.json", "kmesh_frontend"],
    ["bugtool.tar!cmd/bpftool-map-dump-pinned-km_service.json", "km_service"],
    ["map-dump-jobs.json", "jobs"],
    ["dump.json", undefined],
    ["maps.json", undefined],
    ["unknown", undefined],
    ["-", undefined],
    ["17.json", undefined],
    ["my dump.json", undefined],
  ])("%s: %s", async (file, name) => {
    const { dump } = await dumpOf("bpftool-map-dump/repeated-key.json", file);
    expect(dump?.name).toEqual(name && { value: name, basis: "assumed" });
  });

  test("a name in the dump itself is stronger", async () => {
    const text = '[{"id":3,"type":"hash","name":"real","flags":0,"elements":[]}]';
    const { snapshot } = await readReal(text, "map-dump-other_name.json");
    expect(snapshot.dumps[0]).toMatchObject({
      mapId: 3,
      name: { value: "real", basis: "reported" },
    });
  });
});

/** The text form of the JSON that `entry` makes for each number, as bpftool's print_entry_plain() writes it. */
function asText(entries: readonly { key: number[]; values: number[][] }[], isPerCpu: boolean) {
  const row = (bytes: number[]) =>
    `${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ")}`;
  const values = (all: number[][]) =>
    all.map(
      (it, cpu) =>
        `value${isPerCpu ? ` (CPU ${String(cpu).padStart(2, "0")})` : ""}:\n${row(it)}\n`,
    );
  const entry = (it: { key: number[]; values: number[][] }) =>
    `key:\n${row(it.key)}\n${values(it.values).join("")}`;
  return `${entries.map(entry).join("")}Found ${entries.length} elements\n`;
}

function asJson(entries: readonly { key: number[]; values: number[][] }[], isPerCpu: boolean) {
  const bytes = (all: number[]) => all.map((byte) => `0x${byte.toString(16).padStart(2, "0")}`);
  return JSON.stringify(
    entries.map(({ key, values }) => ({
      key: bytes(key),
      ...(isPerCpu
        ? { values: values.map((it, cpu) => ({ cpu, value: bytes(it) })) }
        : { value: bytes(values[0] ?? []) }),
    })),
  );
}

describe("any entries tell the same in both forms", () => {
  const byte = fc.oneof(fc.constant(0), fc.nat(255));
  const entries = (size: number, cpus: number) =>
    fc.array(
      fc.record({
        key: fc.array(byte, { minLength: 4, maxLength: 4 }),
        values: fc.array(fc.array(byte, { minLength: size, maxLength: size }), {
          minLength: cpus,
          maxLength: cpus,
        }),
      }),
      { minLength: 1, maxLength: 120 },
    );
  test.each([
    ["one value", 37, 1, false],
    ["a value for each CPU", 9, 3, true],
  ])("%s", async (_, size, cpus, isPerCpu) => {
    await fc.assert(
      fc.asyncProperty(entries(size, cpus), async (list) => {
        const read = async (text: string) => {
          const { file: _file, ...dump } = (await readReal(text)).snapshot.dumps[0] ?? raise(text);
          return dump;
        };
        const json = await read(asJson(list, isPerCpu));
        expect(await read(asText(list, isPerCpu))).toEqual(json);
        const used = list.flatMap((it) =>
          it.values.map((all) => all.findLastIndex((it) => it > 0) + 1),
        );
        const lengths = new Map<number, number>();
        for (const bytes of used) lengths.set(bytes, (lengths.get(bytes) ?? 0) + 1);
        expect(new Map(json.valueLengths?.map((it) => [it.bytes, it.values]))).toEqual(lengths);
        expect(json.sample?.length).toBeGreaterThanOrEqual(Math.min(16, list.length));
        for (const { index, key, value } of json.sample ?? []) {
          expect([...key]).toEqual(list[index]?.key);
          expect([...value]).toEqual(list[index]?.values.flat());
        }
      }),
      { numRuns: 30 },
    );
  });
});

test("what was said in place of values is counted by message", async () => {
  const json = await dumpOf("bpftool-map-dump/slots-xskmap.json");
  expect(json.dump?.errors).toEqual([{ message: "Operation not supported", count: 4 }]);
  const text = "key: 01 00  value: 05 00\nkey: 02 00  value: <cannot read>\nFound 1 element\n";
  const { snapshot } = await readReal(bytesOf(text));
  expect(snapshot.dumps[0]?.errors).toEqual([{ message: "cannot read", count: 1 }]);
});

function raise(what: string): never {
  throw new Error(`no dump in ${what}`);
}

const { pairs } = textAndJson("map-dump");
const showsTypes = ({ text }: { text: string }) => fixture(text)[0] === "[".charCodeAt(0);

describe("plain text counts what the JSON of the same moment counts", () => {
  test.each(pairs.filter((it) => !showsTypes(it)))("$text", async ({ text, json }) => {
    const counts = async (path: string) => {
      const { dump } = await dumpOf(path);
      const { file: _file, name: _name, valueU32s: _values, ...counts } = dump ?? raise(path);
      // What bpftool puts in words in one form and leaves out in the other.
      return counts.innerMapIds === undefined ? counts : { innerMapIds: counts.innerMapIds };
    };
    expect(await counts(text)).toEqual(await counts(json));
  });
});

describe("by types, the dump counts what the JSON of the same moment counts", () => {
  test.each(pairs.filter(showsTypes))("$text", async ({ text, json }) => {
    const typed = await dumpOf(text);
    const { dump: bytes } = await dumpOf(json);
    const { elements, distinctKeys, unreadable, complete, possibleCpus } = bytes ?? raise(json);
    expect(typed.dump).toMatchObject({ elements, distinctKeys, unreadable, complete });
    expect(typed.dump).toMatchObject({ distinctKeysExact: true });
    expect(typed.dump?.possibleCpus).toBe(possibleCpus);
    expect([bytes?.nonZeroValues, Number.NaN]).toContainEqual(typed.dump?.nonZeroValues);
    expect([bytes?.cpuSpread, undefined]).toContainEqual(typed.dump?.cpuSpread);
    expect(typed.dump).toMatchObject({ keySize: Number.NaN, valueSize: Number.NaN });
    expect(typed.dump?.valueLengths).toBeUndefined();
    expect(typed.dump?.sample).toBeUndefined();
    expect(typed.diagnostics).toMatchObject([{ level: "info", code: "ambiguous" }]);
  });
});

describe("plain text", () => {
  test("inner maps, a slot without an entry, one that cannot be read", async () => {
    const text =
      "key: 00 00 00 00  inner_map_id: 139\nkey: 01 00 00 00  value: <no entry>\n" +
      "key: 02 00 00 00  value: <cannot read>\nFound 3 elements\n";
    const { snapshot } = await readReal(bytesOf(text));
    expect(snapshot.dumps[0]).toMatchObject({ elements: 2, unreadable: 1, keySize: 4 });
    expect([...(snapshot.dumps[0]?.innerMapIds ?? [])]).toEqual([139]);
  });

  test("the id of an inner map stands on a line of its own where the key is long", async () => {
    const text =
      "key:\nfc 00 00 00 00 00 00 00  00 00 00 00 00 00 00 05\n27 16 06 00\n" +
      "inner_map_id:\n139 \nFound 1 element\n";
    const { snapshot, diagnostics } = await readReal(bytesOf(text));
    expect(snapshot.dumps[0]).toMatchObject({ elements: 1, nonZeroValues: 1, keySize: 20 });
    expect([...(snapshot.dumps[0]?.innerMapIds ?? [])]).toEqual([139]);
    expect(diagnostics).toEqual([]);
  });

  test("without its last line a dump is not complete", async () => {
    const text = "key: 00 00 00 00  value: 01 00 00 00\nkey: 01 00 00 00  value: 00 00 00 00\n";
    const { snapshot, diagnostics } = await readReal(bytesOf(text));
    expect(snapshot.dumps[0]).toMatchObject({ elements: 2, nonZeroValues: 1, complete: false });
    expect(diagnostics).toMatchObject([{ level: "data-loss", code: "truncated" }]);
  });
});

test("values of 4 bytes are numbers: of a map of maps they are ids, of what a report names not they may be anything", async () => {
  const text = "key: 01 00 00 00  value: 72 02 00 00\nFound 1 element\n";
  const numbersOf = async (content: string) =>
    (await readReal(content)).snapshot.dumps[0]?.valueU32s;
  expect(await numbersOf(text)).toEqual(Uint32Array.of(626));
  const named = `It grows:\n\n\`\`\`\n$ bpftool map dump name outer_map\n${text}\`\`\`\n`;
  expect(await numbersOf(named)).toEqual(Uint32Array.of(626));
  expect(await numbersOf(`It grows:\n\n\`\`\`\n${text}\`\`\`\n`)).toBeUndefined();
});

describe("plain text with damage", () => {
  const LINES = [
    "key:",
    "01 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00",
    "02 00",
    "value:",
    "05 00 00 00 00 00 00 00",
    "key:",
    "03 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00",
    "04 00",
    "value:",
    "06 00 00 00 00 00 00 00",
    "Found 2 elements",
  ];
  const read = async (lines: readonly string[]) => {
    const { snapshot, diagnostics } = await readReal(bytesOf(`${lines.join("\n")}\n`));
    return {
      elements: snapshot.dumps[0]?.elements,
      notes: diagnostics.map(({ level, code, path }) => [level, code, path]),
    };
  };

  test("whole, it has nothing to say", async () => {
    expect(await read(LINES)).toEqual({ elements: 2, notes: [] });
  });

  test.each([
    ["a row of a key is lost", LINES.filter((_, at) => at !== 7)],
    ["a row of a value is cut", LINES.with(9, "06 00 00")],
    ["a row of a value is garbled", LINES.with(9, "06 00 ?? 00 00 00 00 00")],
  ])("%s: the element counts, and that is told", async (_what, lines) => {
    expect(await read(lines)).toEqual({
      elements: 2,
      notes: [["data-loss", "malformed", "line 6"]],
    });
  });
});

/** Maps made on a 6.18 kernel; of the devmap and the cpumap one slot is filled, of the others nobody is told. */
describe.each(["json", "txt"])("slots that hold objects, as %s", (form) => {
  test.each(["devmap", "cpumap"])("%s: an empty slot is no error", async (type) => {
    const { dump, diagnostics } = await dumpOf(`bpftool-map-dump/slots-${type}.${form}`);
    expect(dump).toMatchObject({ elements: 1, distinctKeys: 1, nonZeroValues: 1, unreadable: 0 });
    expect(dump?.complete).toBe(true);
    expect(dump).not.toHaveProperty("errors");
    expect(diagnostics).toEqual([]);
  });

  test.each([
    ["sockmap", "No space left on device", "values have 8 bytes"],
    ["xskmap", "Operation not supported", "shows no values"],
  ])("%s: what the kernel shows to nobody is not asked of root", async (type, said, hint) => {
    const { dump, diagnostics } = await dumpOf(`bpftool-map-dump/slots-${type}.${form}`);
    expect(dump).toMatchObject({ elements: 4, unreadable: 4, complete: true });
    expect(diagnostics).toMatchObject([
      {
        code: "tool-error",
        message: `bpftool reported for 4 entries: ${said}`,
        hint: expect.stringContaining(hint),
      },
    ]);
  });

  test("filled slots are counted where they are told, and otherwise unknown, not 0", async () => {
    const inputs = ["devmap", "cpumap", "sockmap", "xskmap"].map((type) =>
      fromBytes(`map-dump-e_${type}.${form}`, fixture(`bpftool-map-dump/slots-${type}.${form}`)),
    );
    const maps = fromBytes("maps.json", fixture("bpftool-map-show/slots-maps.json"));
    const { snapshots } = await ingest([maps, ...inputs], { component: await component() });
    const { snapshot } = buildSnapshot(snapshots[0] as Snapshot, {});
    const of = (type: string) => snapshot.families.find((it) => it.name === `e_${type}`);
    expect(of("devmap")?.nonZeroSlots).toMatchObject({ value: 1, basis: "counted" });
    expect(of("cpumap")?.nonZeroSlots).toMatchObject({ value: 1, basis: "counted" });
    // What a 6.4 or later kernel reports tells it all the same.
    expect(of("xskmap")?.nonZeroSlots).toMatchObject({ value: 0, basis: "inferred" });
    expect(of("sockmap")?.nonZeroSlots).toBeUndefined();
    expect(of("sockmap")?.unknown).toMatchObject({
      nonZeroSlots: expect.stringContaining("in place of 4 values (No space left on device)"),
      usedBytes: "how many slots are filled is not known: its dump does not tell",
    });
  });
});

test("an entry that only root may read has root for a hint; the same kind is told once", async () => {
  const entry = (key: number) =>
    `{"key":["0x0${key}"],"value":{"error":"Operation not permitted"}}`;
  const { diagnostics } = await readReal(`[${[1, 2, 3].map(entry).join()}]`);
  expect(diagnostics).toMatchObject([
    {
      message: "bpftool reported for 3 entries: Operation not permitted",
      path: "$[0].value",
      hint: expect.stringContaining("root"),
    },
  ]);
});
