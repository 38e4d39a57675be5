/** `mapscope size`: the measured rows of five kernels through the command line, formats, exit statuses, bad options. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sizing, sizingSchema } from "../../src/analyze/sizing.ts";
import { read, readBytes } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

interface MeasuredRow extends Readonly<Record<string, unknown>> {
  readonly type: string;
  readonly possibleCpus: number;
  readonly memlock: number;
}

interface Measured {
  readonly version: string;
  readonly pageSize: number;
  readonly structSizes: Readonly<Record<string, number>>;
  readonly rows: readonly MeasuredRow[];
}

const KERNELS = ["5.10", "6.1", "6.6", "6.12", "6.18"];
const HASH = ["--type", "hash", "--key-size", "16", "--value-size", "64", "--max-entries", "1024"];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mapscope-size-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

function made(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

async function sized(...argv: readonly string[]): Promise<Sizing> {
  const { status, stdout, stderr } = await runCli(["size", ...argv, "--format", "json"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  // The schema is strict: a key that it lacks is an error.
  return sizingSchema.parse(JSON.parse(stdout));
}

describe.each(KERNELS)("the maps that were measured on %s", (kernel) => {
  const { version, pageSize, structSizes, rows }: Measured = JSON.parse(
    read(`fixtures/ground-truth/${kernel}.json`),
  );
  const cpus = [...new Set(rows.map((it) => it.possibleCpus))];

  test.each(cpus)(
    "have the memlock that the kernel reported with %i possible CPUs",
    async (count) => {
      const own = rows.filter((it) => it.possibleCpus === count);
      const definitions = own.map(({ possibleCpus: _cpus, memlock: _bytes, ...row }) => row);
      const result = await sized(
        ...["--definitions", made(`${kernel}-${count}.json`, definitions)],
        ...["--struct-sizes", made(`${kernel}-structs.json`, structSizes)],
        ...["--kernel", version, "--possible-cpus", String(count), "--page-size", String(pageSize)],
      );
      const different = result.rows.flatMap(({ index, memlockBytes, reason }) =>
        memlockBytes === own[index]?.memlock ? [] : [{ ...own[index], memlockBytes, reason }],
      );
      expect(different).toEqual([]);
      expect(result.rows).toHaveLength(own.length);
      expect(own.length).toBeGreaterThan(0);
    },
  );
});

describe("rows", () => {
  test("there is one for each definition, kernel and number of CPUs, in that order", async () => {
    const { rows } = await sized(
      ...HASH,
      "--kernel",
      "5.10, v6.1.19,6.18",
      "--possible-cpus",
      "4,16,128",
    );
    expect(rows.map((it) => [it.kernel, it.possibleCpus])).toEqual(
      ["5.10", "6.1.19", "6.18"].flatMap((kernel) => [4, 16, 128].map((cpus) => [kernel, cpus])),
    );
  });

  test("what they sum up is in their components", async () => {
    const { rows } = await sized(...HASH, "--map-flags", "1", "--entries", "100");
    for (const { components, entryComponents, ...row } of rows) {
      const sum = (list: typeof components) => list.reduce((bytes, it) => bytes + it.bytes, 0);
      expect(row.preallocatedBytes).toBe(sum(components));
      expect(row.allocatedBytes).toBe(sum(components) + 100 * sum(entryComponents));
    }
  });

  test("cliffs say where a little more costs much more", async () => {
    const { rows } = await sized(...HASH, "--kernel", "6.18", "--possible-cpus", "4");
    expect(rows[0]?.cliffs).toContainEqual(
      expect.objectContaining({ attribute: "max_entries", at: 1025, moreBytes: 16_384 }),
    );
  });

  test("a definition that the kernel refuses has the rule and the errno instead of figures", async () => {
    const definitions = [
      { type: "hash", keySize: 0, valueSize: 8, maxEntries: 10, flags: 0 },
      { type: "array", keySize: 4, valueSize: 8, maxEntries: 10, flags: 0 },
      { type: "no_such_map", keySize: 4, valueSize: 8, maxEntries: 10, flags: 0 },
      { type: "ringbuf", keySize: 0, valueSize: 0, maxEntries: 5000, flags: 0 },
      { type: "hash", keySize: 4, valueSize: 8, maxEntries: 10, flags: 0, entries: 11 },
      { type: "hash", keySize: "4", valueSize: 8, maxEntries: 10 },
      { type: "bloom_filter", keySize: 0, valueSize: 8, maxEntries: 10, flags: 0 },
      7,
    ];
    const file = made("refused.json", definitions);
    const { rows } = await sized("--definitions", file, "--kernel", "5.10", "--possible-cpus", "2");
    expect(rows.map((it) => it.reason)).toEqual([
      expect.stringMatching(/^key size 0 .*\(EINVAL from htab_map_alloc_check\(\)/),
      undefined,
      expect.stringMatching(/^map type no_such_map is not known/),
      expect.stringMatching(/^ring size 5,000 is not a power of two/),
      expect.stringMatching(/^11 entries do not fit into max_entries 10 \(E2BIG/),
      'keySize "4" is not a number',
      expect.stringMatching(/bloom_filter exists since 5\.16, not in 5\.10/),
      expect.stringMatching(/^7 is not an object/),
    ]);
    for (const { reason, memlockBytes, preallocatedBytes } of rows) {
      const figures = [memlockBytes, preallocatedBytes];
      expect(figures.every((it) => it === undefined)).toBe(reason !== undefined);
    }
  });

  test("keys of a definition that mean nothing are told", async () => {
    const row = { type: "array", keySize: 4, valueSize: 8, maxEntries: 10, max_entries: 20 };
    const file = made("unknown-key.json", { rows: [row, row] });
    const { diagnostics, rows } = await sized("--definitions", file, "--possible-cpus", "2");
    expect(diagnostics).toMatchObject([
      { level: "info", code: "unknown-key", file, message: expect.stringContaining("max_entries") },
    ]);
    expect(rows).toHaveLength(2);
  });

  test("the inner map of an outer map is taken from the options", async () => {
    const inner = ["--inner-type", "array", "--inner-key-size", "4", "--inner-value-size", "1300"];
    const outer = ["--type", "array_of_maps", "--key-size", "4", "--value-size", "4"];
    const { rows } = await sized(
      ...[...outer, "--max-entries", "1048576", ...inner, "--inner-max-entries", "1"],
      ...["--kernel", "6.1", "--possible-cpus", "8"],
    );
    // What a 6.1 kernel reported of Kmesh's outer_map: fixtures/capture-6.1-objects.
    expect(rows[0]).toMatchObject({
      memlockBytes: 8_388_608,
      definition: {
        inner: { type: "array", keySize: 4, valueSize: 1300, maxEntries: 1, flags: 0 },
      },
    });
  });
});

describe("a compiled object", () => {
  const object = "fixtures/bpf-object/map-attributes.el.o";
  const host = ["--kernel", "6.18", "--possible-cpus", "8"];

  test("has a row for each of its maps, by name", async () => {
    const { rows } = await sized(object, ...host);
    expect(rows.map((it) => it.name)).toEqual([
      ...["flows", "mapped", "one_per_cpu", "waiting", "seen", "prefixes_pinned_by_name", "events"],
      ...["stacks", ".rodata", ".data", ".data.table", ".rodata.primes", ".bss"],
    ]);
    expect(rows.filter((it) => it.reason !== undefined)).toEqual([]);
  });

  test("costs what inspect says of it", async () => {
    const { rows } = await sized(object, ...host);
    const inspected = await runCli(["inspect", object, ...host, "--format", "json"]);
    const { maps } = JSON.parse(inspected.stdout).objects[0];
    for (const [at, name] of (
      ["memlockBytes", "preallocatedBytes", "residentBytes"] as const
    ).entries()) {
      const figures = maps.map((it: Record<string, { value: number }>) => it[name]?.value);
      expect(
        rows.map((it) => it[name]),
        `${at}`,
      ).toEqual(figures);
    }
  });

  test("a perf_event_array without max_entries gets one entry for each CPU, as libbpf does it", async () => {
    const { rows } = await sized(object, "--kernel", "6.18", "--possible-cpus", "2,8");
    const events = rows.filter((it) => it.name === "events").map((it) => it.memlockBytes);
    const measured = (JSON.parse(read("fixtures/ground-truth/6.18.json")) as Measured).rows;
    const reported = [2, 8].map(
      (entries) =>
        measured.find((it) => it.type === "perf_event_array" && it.maxEntries === entries)?.memlock,
    );
    expect(events).toEqual(reported);
  });

  test("a size that the object does not tell is the reason, not a number", async () => {
    const bytes = Uint8Array.from(readBytes(object));
    // The first pointer to type 6, struct packed_key, is the key of `flows`: now it points to void.
    const at = bytes.findIndex((_byte, start) =>
      [0, 0, 0, 0, 0, 0, 0, 2, 6, 0, 0, 0].every((byte, i) => bytes[start + i] === byte),
    );
    bytes[at + 8] = 0;
    const file = join(folder, "no-key.o");
    writeFileSync(file, bytes);
    const { rows, diagnostics } = await sized(file, ...host);
    expect(rows[0]).toMatchObject({
      name: "flows",
      reason: "the object does not tell the key size",
    });
    expect(rows[0]).not.toHaveProperty("memlockBytes");
    expect(rows[1]).not.toHaveProperty("reason");
    expect(diagnostics.map((it) => it.file)).toEqual([]);
  });
});

describe("text", () => {
  test.each(["terminal", "markdown"])(
    "%s shows kernels, CPUs, components and cliffs",
    async (format) => {
      const { status, stdout } = await runCli(["size", ...HASH, "--format", format]);
      expect(stdout).toMatch(/hash 16\/64\/1024, 0 live entries/);
      expect(stdout).toMatch(/6\.18 .* 128 /);
      expect(stdout).toMatch(/at creation/);
      expect(stdout).toMatch(/from 1,025 entries on/);
      if (format === "terminal") {
        for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
      }
      expect(status).toBe(0);
    },
  );

  test("a refused definition is told with its reason", async () => {
    const { status, stdout } = await runCli(["size", "--type", "hash", "--possible-cpus", "2"]);
    expect(stdout).toMatch(/Refused, or not known\n[\s\S]*max_entries 0/);
    expect(status).toBe(0);
  });
});

test("a map type may be written as in C", async () => {
  const { status, stdout } = await runCli([
    "size",
    "--type",
    "BPF_MAP_TYPE_HASH",
    ...HASH.slice(2),
  ]);
  expect(status).toBe(0);
  expect(stdout).toBe((await runCli(["size", ...HASH])).stdout);
});

describe("wrong use ends with 2 and says which rule it breaks", () => {
  const definitions = () => made("one.json", []);

  test.each([
    [
      "nothing to size",
      () => [],
      /no definition was given\n {2}For example: mapscope size --type hash/,
    ],
    [
      "a map type with a slip in it",
      () => ["--type", "hsh"],
      /--type hsh: there is no such map type\n {2}Did you mean hash\?/,
    ],
    [
      "an inner map type with a slip in it",
      () => ["--type", "array_of_maps", "--inner-type", "BPF_MAP_TYPE_ARAY"],
      /--inner-type BPF_MAP_TYPE_ARAY: there is no such map type\n {2}Did you mean array\?/,
    ],
    [
      "a map type that is like none",
      () => ["--type", "something_else"],
      /there is no such map type\n {2}It must be one of hash, array, /,
    ],
    [
      "two at once",
      () => [...HASH, "prog.o"],
      /objects, --definitions and --type exclude each other/,
    ],
    [
      "a size that is no number",
      () => ["--type", "hash", "--key-size", "four"],
      /--key-size four: must be a number/,
    ],
    [
      "one kernel's BTF for two kernels",
      () => [...HASH, "--kernel", "6.1,6.18", "--kernel-btf", "vmlinux.btf"],
      /--kernel-btf vmlinux.btf: (it holds for one kernel|there is no such file)/,
    ],
    [
      "a struct that no kernel has room for",
      () => [...HASH, "--struct-sizes", made("huge.json", { bpf_htab: 1e15 })],
      /--struct-sizes .*: bpf_htab: /,
    ],
    [
      "no CPUs",
      () => [...HASH, "--possible-cpus", "4,0"],
      /--possible-cpus 0: must be a whole number from 1 to 8192/,
    ],
    [
      "a gap in a list",
      () => [...HASH, "--possible-cpus", "4,,8"],
      /--possible-cpus 4,,8: must be values separated by single commas/,
    ],
    [
      "a kernel without a version",
      () => [...HASH, "--kernel", "6.1,latest"],
      /--kernel latest: must begin with a version/,
    ],
    [
      "an odd page size",
      () => [...HASH, "--page-size", "4095"],
      /--page-size 4095: must be a power of two/,
    ],
    [
      "a bad format",
      () => [...HASH, "--format", "jso"],
      /--format jso: must be one of .*did you mean json\?/,
    ],
    [
      "definitions that are not there",
      () => ["--definitions", "none.json"],
      /--definitions none\.json: there is no such file/,
    ],
    [
      "definitions that are no JSON",
      () => ["--definitions", "README.md"],
      /--definitions README\.md: it is not JSON/,
    ],
    [
      "definitions that are no list",
      () => ["--definitions", made("number.json", 7)],
      /--definitions .*number\.json: .*\n {2}It must be a JSON array/,
    ],
    [
      "struct sizes of another shape",
      () => [...HASH, "--struct-sizes", made("bad.json", { bpf_map: -1 })],
      /--struct-sizes .*bad\.json: bpf_map: must be more than 0 bytes/,
    ],
    [
      "definitions and a type",
      () => [...HASH, "--definitions", definitions()],
      /exclude each other/,
    ],
  ])("%s", async (_, argv, message) => {
    const { status, stdout, stderr } = await runCli(["size", ...argv()]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });
});

test("without anything that can be sized it ends with 3", async () => {
  const { status, stdout, stderr } = await runCli(["size", "none.o", "package.json"]);
  expect(stderr).toMatch(/none\.o: there is no such file/);
  expect(stderr).toMatch(/no input could be read\n$/);
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
});

test("help has examples and the exit statuses, and fits 80 columns", async () => {
  const { status, stdout } = await runCli(["size", "--help"]);
  expect(stdout).toContain("$ mapscope size --definitions maps.json");
  expect(stdout).toContain("Exit status: 0 done, 2 wrong use, 3 no input could be read.");
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  expect(status).toBe(0);
});
