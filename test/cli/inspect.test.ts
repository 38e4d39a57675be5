/** `mapscope inspect`: formats, exit statuses, and what becomes of inputs that are no objects. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspectionSchema } from "../../src/analyze/inspection.ts";
import { filesUnder, readBytes } from "../support/project-files.ts";
import { runCli } from "../support/run-cli.ts";

const FOLDER = "fixtures/bpf-object";
const OBJECT = `${FOLDER}/map-attributes.el.o`;
const DUMP = "fixtures/capture-6.18/before/map-show.json";

let made: string;

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), "mapscope-inspect-"));
  const whole = readBytes(OBJECT);
  writeFileSync(join(made, "cut.o"), whole.subarray(0, 6000));
  writeFileSync(join(made, "stub.o"), whole.subarray(0, 100));
  writeFileSync(join(made, "empty.o"), "");
  writeFileSync(join(made, "source.c"), "int main(void) { return 0; }\n");
});

afterAll(() => rmSync(made, { recursive: true }));

async function inspected(...argv: readonly string[]) {
  const { stdout, ...rest } = await runCli(["inspect", ...argv, "--format", "json"]);
  return { ...rest, result: inspectionSchema.parse(JSON.parse(stdout)) };
}

test("raw BTF is said to be that, without types as well", async () => {
  const header = new Uint8Array(25);
  // struct btf_header, 24 bytes: magic, version 1, hdr_len, and a table of names that has the empty one.
  header.set([0x9f, 0xeb, 1, 0, 24]);
  header[20] = 1;
  const file = join(made, "none.btf");
  writeFileSync(file, header);
  const none = await runCli(["inspect", file]);
  expect({ status: none.status, stderr: none.stderr }).toEqual({ status: 0, stderr: "" });
  expect(none.stdout).toContain("raw BTF, little-endian, 0 BTF types\n");
  expect(none.stdout).not.toContain("no BTF");
  const some = await runCli(["inspect", `${FOLDER}/map-attributes.el.btf`]);
  expect(some.stdout).toMatch(/raw BTF, little-endian, \d+ BTF types\n/);
});

describe("json", () => {
  test.each(filesUnder(FOLDER).filter((it) => /\.(o|btf)$/.test(it)))(
    "of %s is what the schema says, and no key is lost",
    async (file) => {
      const { status, stdout, stderr } = await runCli(["inspect", file, "--format", "json"]);
      const result = JSON.parse(stdout);
      expect(inspectionSchema.parse(result)).toEqual(result);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    },
  );

  test("totals are the sums of what the maps have", async () => {
    const { result } = await inspected(OBJECT, `${FOLDER}/map-in-map.el.o`);
    const maps = result.objects.flatMap((it) => it.maps);
    const sum = maps.reduce((bytes, it) => bytes + (it.preallocatedBytes?.value ?? 0), 0);
    expect(result.totals).toMatchObject({ objects: 2, maps: 19 });
    expect(result.totals.preallocatedBytes?.value).toBe(sum);
  });

  test("the host is what was asked for; without, it is assumed and said to be", async () => {
    const assumed = await inspected(OBJECT);
    expect(assumed.result.host).toMatchObject({
      kernelRelease: { value: "6.18", basis: "assumed" },
      possibleCpus: { value: 8, basis: "assumed" },
    });
    const given = await inspected(OBJECT, "--kernel", "6.1.19", "--possible-cpus", "3");
    expect(given.result.host).toMatchObject({
      kernelRelease: { value: "6.1.19", basis: "reported" },
      possibleCpus: { value: 3, basis: "reported" },
      accounting: { value: "rounded-entries" },
    });
  });

  test("the padding of a per-CPU value is there once for each CPU", async () => {
    const padding = async (cpus: string) => {
      const { result } = await inspected(OBJECT, "--possible-cpus", cpus);
      return Object.fromEntries(result.objects[0]?.maps.map((it) => [it.name, it.padding]) ?? []);
    };
    const [two, four] = [await padding("2"), await padding("4")];
    // struct flow of bpf/map-attributes.bpf.c has 20 bytes without use; `mapped` holds three of them.
    expect(two).toMatchObject({
      flows: { bytesPerEntry: 20, bytesWhenFull: 20_000 },
      mapped: { bytesPerEntry: 60, bytesWhenFull: 600 },
    });
    expect(two).toEqual(four);
    expect(two.one_per_cpu).toBeUndefined();
  });
});

describe("text", () => {
  test("names maps, programs and the host, and fits 80 columns", async () => {
    const { status, stdout, stderr } = await runCli(["inspect", OBJECT]);
    expect(stdout).toMatch(/^1 object, 13 maps: [\d.]+ KiB preallocated when loaded\n/);
    expect(stdout).toMatch(
      /kernel 6\.18, 8 possible CPUs \(assumed: give --kernel and\s+--possible-cpus\)/,
    );
    expect(stdout).toMatch(/\nprefixes_pinned_by_name +lpm_trie /);
    expect(stdout).toMatch(/the kernel shows it as prefixes_pinned; pinned\s+by-name/);
    expect(stdout).toMatch(
      /\nsample +socket_filter +socket +104 +10 +bpf\/map-attributes\.bpf\.c:\d+\n/,
    );
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("asks only for what was not given", async () => {
    const line = async (...argv: string[]) =>
      (await runCli(["inspect", OBJECT, ...argv])).stdout.split("\n")[1];
    expect(await line("--kernel", "6.1")).toBe(
      "costed for kernel 6.1, 8 possible CPUs (assumed: give --possible-cpus)",
    );
    expect(await line("--kernel", "6.1", "--possible-cpus", "4")).toBe(
      "costed for kernel 6.1, 4 possible CPUs",
    );
  });

  test("--layout shows members where pahole has them, and holes", async () => {
    const { stdout } = await runCli(["inspect", OBJECT, "--layout"]);
    const layout = stdout.slice(stdout.indexOf("flows: value, struct flow, 64 B"));
    const rows = layout
      .split("\n")
      .slice(2, 18)
      .map((line) => line.trim().split(/ +/).slice(0, 3).join(" "));
    // pahole -C flow: bit fields as byte:bit.
    expect(rows).toEqual([
      "0 1 protocol",
      "1 3 (hole)",
      "4 4 source",
      "8 16 destination",
      "8 4 v4",
      "8 16 v6",
      "24 0:3 flags",
      "24:3 0:5 hops",
      "25 3 (hole)",
      "28 4 state",
      "32 16 mark",
      "32 1 class",
      "33 7 (hole)",
      "40 8 since",
      "48 8 owner",
      "56 1 tail",
    ]);
  });

  test("markdown has a heading for each object", async () => {
    const { stdout } = await runCli([
      "inspect",
      OBJECT,
      `${FOLDER}/map-in-map.el.o`,
      "--format",
      "markdown",
    ]);
    expect(stdout).toContain("map-attributes.el.o");
    expect(stdout).toMatch(/^\| map +\| type/m);
    expect(stdout.match(/^#+ .*map-in-map\.el\.o$/gm)).not.toBeNull();
  });
});

describe("inputs that are no objects", () => {
  test("beside an object they are told, and it ends with 0", async () => {
    const { status, result } = await inspected(OBJECT, DUMP, join(made, "source.c"), "none.o");
    expect(result.objects.map((it) => it.file)).toEqual([OBJECT]);
    expect(result.diagnostics.map(({ file, level }) => [file, level])).toEqual(
      expect.arrayContaining([
        [DUMP, "warning"],
        [join(made, "source.c"), "info"],
        ["none.o", "data-loss"],
      ]),
    );
    const dump = result.diagnostics.find((it) => it.file === DUMP);
    expect(dump?.message).toBe("it is bpftool-map-show, not a compiled BPF object");
    expect(status).toBe(0);
  });

  test.each([
    [
      "a dump",
      () => DUMP,
      /before\/map-show\.json: it is bpftool-map-show, not a compiled BPF object\n {2}Read it with `mapscope analyze /,
    ],
    ["a source", () => join(made, "source.c"), /source\.c, byte 0: the text can be read/],
    ["an empty file", () => join(made, "empty.o"), /empty\.o, byte 0: the input has no bytes/],
    [
      "the first bytes of an object",
      () => join(made, "stub.o"),
      /stub\.o, byte 40, e_shoff: .* end at byte \d+, the input at 100\n {2}\S/,
    ],
    ["a file that is not there", () => "none.o", /none\.o: there is no such file/],
  ])("alone, %s ends with 3", async (_, path, message) => {
    const { status, stdout, stderr } = await runCli(["inspect", path()]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/no object could be read\n$/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  });

  test("an archive stands for the objects in it, and the rest of it needs no word", async () => {
    const { status, stderr, result } = await inspected("fixtures/gzip/tetragon-bugtool.tar.gz");
    expect(result.objects.map(({ file }) => file.replace(/^.*!/, ""))).toEqual([
      "tetragon-bugtool-20260110101500/lib/map-in-map.o",
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("of a cut object the types are told, with the place where it ends", async () => {
    const { status, result } = await inspected(join(made, "cut.o"));
    const [object] = result.objects;
    expect(object?.maps.map((it) => it.name)).toContain("prefixes_pinned_by_name");
    expect(object?.programs).toEqual([]);
    expect(object?.diagnostics[0]).toMatchObject({
      level: "data-loss",
      code: "truncated",
      offset: 40,
    });
    expect(status).toBe(0);
  });
});

describe("wrong use ends with 2 and says which rule it breaks", () => {
  test.each([
    ["no object", [], /no object was given\n {2}For example: mapscope inspect prog\.bpf\.o/],
    [
      "a bad format",
      [OBJECT, "--format", "jsn"],
      /--format jsn: must be one of .*did you mean json\?/,
    ],
    [
      "no CPUs",
      [OBJECT, "--possible-cpus", "0"],
      /--possible-cpus 0: must be a whole number from 1/,
    ],
    [
      "a kernel without a version",
      [OBJECT, "--kernel", "new"],
      /--kernel new: must begin with a version/,
    ],
    [
      "types that are no kernel's",
      [OBJECT, "--kernel-btf", `${FOLDER}/map-attributes.el.btf`],
      /--kernel-btf .*: it has no struct bpf_map\n {2}It must be a kernel's BTF/,
    ],
    [
      "types that are no BTF",
      [OBJECT, "--kernel-btf", "package.json"],
      /--kernel-btf package\.json, byte 0/,
    ],
  ])("%s", async (_, argv, message) => {
    const { status, stdout, stderr } = await runCli(["inspect", ...argv]);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });
});

test("help has examples and the exit statuses", async () => {
  const { status, stdout } = await runCli(["inspect", "--help"]);
  expect(stdout).toContain("$ mapscope inspect prog.bpf.o");
  expect(stdout).toContain("Exit status: 0 done, 2 wrong use, 3 no object could be read.");
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  expect(status).toBe(0);
});
