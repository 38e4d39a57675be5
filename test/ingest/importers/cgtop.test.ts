/** Known answers: systemd-cgtop 252 with and without -r over the same groups, and rows of a report. */
import { describe, expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

const MIB = 1024 * 1024;
const POD = "/kubepods/burstable/pod7c9e6679-7425-40de-944b-e07fc1f90ae7";

describe("figures with one digit", async () => {
  const short = await readOne(fixture("cgtop/batch.txt"));
  const exact = new Map(
    (await readOne(fixture("cgtop/raw.txt"))).cgroupUsage.map((it) => [it.path, it.memory]),
  );

  test("all eight groups are read", () => {
    expect(short.sources[0]?.format).toBe("cgtop");
    expect(short.cgroupUsage).toHaveLength(8);
    expect(exact.size).toBe(8);
  });

  test.each(short.cgroupUsage.map((it) => [it.path, it] as const))(
    "%s: what -r shows is within the bounds",
    (path, { memory }) => {
      const bytes = exact.get(path)?.value as number;
      expect(memory?.least).toBeLessThanOrEqual(bytes);
      expect(memory?.most).toBeGreaterThanOrEqual(bytes);
    },
  );

  test("the tool cuts and does not round: 19,783,680 bytes are 18.867 MiB, shown as 18.8M", () => {
    const monitor = short.cgroupUsage.find((it) => it.path.endsWith("kata-monitor.service"));
    expect(exact.get(monitor?.path ?? "")?.value).toBe(19_783_680);
    expect(monitor?.memory).toEqual({
      value: Math.round(18.8 * MIB),
      least: Math.ceil(18.8 * MIB),
      most: Math.ceil(18.9 * MIB) - 1,
    });
  });
});

test("with --cpu=time the column has words, and no share is made of it", async () => {
  const { cgroupUsage } = await readOne(fixture("cgtop/cpu-time.txt"));
  expect(cgroupUsage).toHaveLength(5);
  expect(cgroupUsage.every((it) => it.cpuPercent === undefined && it.memory)).toBe(true);
  const { cgroupUsage: old } = await readOne(fixture("cgtop/path-header-time.txt"));
  expect(old.map((it) => [it.path, it.tasks, it.memory?.value])).toEqual([
    ["/", 12, 3 * 1024 * MIB],
    ["/user.slice", 3, 512],
  ]);
});

test("a group given as an argument has two slashes, which are one", async () => {
  const { cgroupUsage } = await readOne(fixture("cgtop/cpu-time.txt"));
  expect(cgroupUsage[0]?.path).toBe("/kubepods");
});

test("of several refreshes the last row of a group stands", async () => {
  const { cgroupUsage, sources } = await readOne(fixture("cgtop/two-refreshes.txt"));
  expect(cgroupUsage).toHaveLength(5);
  expect(sources[0]?.diagnostics).toMatchObject([{ level: "info", code: "ambiguous" }]);
});

test("paths that a terminal cut are kept as they are, and that is said", async () => {
  const { cgroupUsage, sources } = await readOne(fixture("cgtop/terminal.txt"));
  expect(cgroupUsage.map((it) => it.isCut)).toEqual([false, false, true, true, true]);
  expect(sources[0]?.diagnostics).toMatchObject([{ code: "partial-capture", path: "line 4" }]);
});

describe("a grep that the paste cut", async () => {
  const { cgroupUsage, sources } = await readOne(fixture("cgtop/grepped-cut.txt"));

  test("columns after memory may be missing", () => {
    expect(cgroupUsage[1]).toMatchObject({ tasks: 1, memory: { value: Math.round(21.8 * MIB) } });
  });

  test("CPU is of one CPU, to half of its last digit", () => {
    expect(cgroupUsage[2]?.cpuPercent).toEqual({ value: 3.4, least: 3.35, most: 3.45 });
  });

  test("a row without its figures is reported with its place", () => {
    expect(cgroupUsage).toHaveLength(3);
    expect(sources[0]?.diagnostics).toMatchObject([
      { level: "data-loss", code: "skipped-record", path: "line 4" },
    ]);
  });
});

test("what has a path in front and other columns is no row", async () => {
  const df = "/dev/sda1 102400 20480 81920 20% /\n/dev/sdb1 1 2 3 4% /mnt\n";
  expect((await readOne(df)).cgroupUsage).toEqual([]);
});

test("a dash is no figure, and not 0", async () => {
  const { cgroupUsage } = await readOne(`${POD}  1  -  -  -  -\n`);
  expect(cgroupUsage[0]).not.toHaveProperty("memory");
});

/** The rows of the tool, one of them garbled, as they stand in a file and in a report's fence. */
describe.each([
  ["a file", (rows: string) => rows, 0],
  ["a report", (rows: string) => `## On the node\n\n\`\`\`\n${rows}\`\`\`\n\nThat was all.\n`, 3],
])("garbled rows in %s", (_where, around, linesAbove) => {
  const rows = new TextDecoder().decode(fixture("cgtop/batch.txt")).split("\n");

  test.each([0, 3, 7])("row %i without a slash and its columns is told", async (at) => {
    const text = rows.with(at, "kata_ovXXhead -- 67.1M").join("\n");
    const { cgroupUsage, sources } = await readOne(around(text));
    expect(cgroupUsage).toHaveLength(7);
    expect(sources[0]?.diagnostics).toMatchObject([
      { code: "skipped-record", path: `line ${at + 1 + linesAbove}`, hint: expect.anything() },
    ]);
  });

  test("also where nothing of the row is left, but not words between two tables", async () => {
    const text = [
      rows[0],
      "@@##",
      rows[1],
      "",
      "and the other of our nodes took 12 rows",
      "",
      rows[2],
      "",
    ];
    const { cgroupUsage, sources } = await readOne(around(text.join("\n")));
    expect(cgroupUsage).toHaveLength(3);
    expect(sources[0]?.diagnostics.map((it) => it.path)).toEqual([`line ${2 + linesAbove}`]);
  });
});

test("groups that are shown without their first slash are those with it", async () => {
  const text = [
    "Control Group                            Tasks   %CPU   Memory  Input/s Output/s",
    "/                                         1310   12.4     6.4G        -        -",
    "system.slice                               120    2.2   900.1M        -        -",
    "system.slice/kubelet.service                22    0.7   101.9M        -        -",
    "kubepods/besteffort/pod84e5718c-aa98        3      -    10.0M        -        -",
  ].join("\n");
  const { cgroupUsage, sources } = await readOne(`${text}\n`);
  expect(sources[0]?.diagnostics).toEqual([]);
  expect(cgroupUsage.map(({ path }) => path)).toEqual([
    "/",
    "/system.slice",
    "/system.slice/kubelet.service",
    "/kubepods/besteffort/pod84e5718c-aa98",
  ]);
});
