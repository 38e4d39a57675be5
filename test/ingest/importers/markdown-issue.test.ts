import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, fixture, inChunks, readOne, readSources, readTexts } from "../read.ts";

const REPORT = "issue-945/report.md";

/** Kmesh issue 945: the figures are those that its author pasted. */
describe("the report of issue 945", async () => {
  const report = fixture(REPORT);
  const { snapshots, diagnostics } = await readTexts({ [REPORT]: report });
  const [before, after] = snapshots;

  test("is two snapshots, before and after", () => {
    expect(snapshots.map(({ label }) => label)).toEqual(["before", "after"]);
  });

  test.each([
    ["before", 65_532, 268_419_072],
    ["after", 131_066, 536_846_336],
  ])("%s: 20 rows, of which the maps without a name are %i of %i bytes", (label, maps, bytes) => {
    const { summaries } = snapshots.find((it) => it.label === label) ?? {};
    expect(summaries).toHaveLength(20);
    expect(summaries?.at(-1)).toMatchObject({ name: null, maps, memlockBytes: bytes });
    expect(summaries?.[0]).toMatchObject({ name: "kmesh_events", maps: 2, memlockBytes: 0 });
  });

  test("rows name the line they stand on", () => {
    const lines = new TextDecoder().decode(report).split("\n");
    for (const row of [...(before?.summaries ?? []), ...(after?.summaries ?? [])]) {
      const line = Number(/ line (\d+)$/.exec(row.source)?.[1]);
      expect(lines[line - 1]).toBe("{");
      expect(lines[line]).toBe(`"name": ${JSON.stringify(row.name)},`);
    }
  });

  test("what stands outside of before and after belongs to both", () => {
    expect(before?.scaleEvents).toEqual(after?.scaleEvents);
    expect(before?.programUsage).toEqual(after?.programUsage);
    expect(before?.host).toEqual(after?.host);
  });

  test("the gadget's table has 20 programs on two nodes", () => {
    const usage = before?.programUsage ?? [];
    expect(usage).toHaveLength(20);
    expect(new Set(usage.map(({ node }) => node))).toEqual(
      new Set(["ambient-worker", "ambient-control-plane"]),
    );
    expect(usage[0]).toMatchObject({
      node: "ambient-worker",
      programId: 409,
      type: "CGroupSockA…",
      name: "cgroup_conn…",
      pid: 1_061_919,
      comm: "kmesh-daemon",
      runtimeNs: 8356,
      runCount: 4,
      mapMemoryBytes: 308 * 1024,
      mapCount: 6,
    });
  });

  test("the log tells how the inner maps scaled", () => {
    const decisions = before?.scaleEvents
      .filter(({ used }) => used !== undefined)
      .map(({ kind, used, claimed }) => [kind, used, claimed]);
    expect(decisions).toEqual([
      ["scale-up-needed", 0, 0],
      ["scale-up-needed", 22_956, 32_768],
      ["scale-in-possible", 19_659, 65_536],
      ["scale-in-possible", 17_180, 57_344],
      ["scale-in-possible", 14_737, 49_152],
      ["scale-in-possible", 12_282, 40_960],
      ["scale-up-needed", 22_954, 32_768],
    ]);
    const collected = before?.scaleEvents
      .filter(({ collected }) => collected !== undefined)
      .map(({ kind, scanned, collected, lastSlot }) => [kind, scanned, collected, lastSlot]);
    expect(collected).toEqual([
      ["scale-up-collected", 32_767, 32_768, 32_767],
      ["scale-up-collected", 65_534, 32_768, 65_534],
      ["scale-in-collected", 57_343, 8192, 57_343],
      ["scale-in-collected", 49_151, 8192, 49_151],
      ["scale-in-collected", 40_959, 8192, 40_959],
      ["scale-in-collected", 24_739, 8192, 24_739],
      ["scale-up-collected", 65_533, 32_768, 65_533],
    ]);
    const last = before?.scaleEvents.at(-1);
    expect(last).toMatchObject({ notBefore: "2024-10-14T11:10:35Z" });
    expect(last).not.toHaveProperty("at");
  });

  test("the host is told by the log and by the reporter", () => {
    expect(before?.host.map(({ fact, value, basis }) => [fact, value, basis])).toEqual([
      ["kernelRelease", "6.1.19-7.0.0.17.oe2303.x86_64", "reported"],
      ["kmeshMode", "ads", "reported"],
      ["kmeshVersion", "0.5", "reported"],
      ["possibleCpus", 8, "assumed"],
    ]);
    expect(before?.host.at(-1)?.source).toBe(`${REPORT} line 8`);
  });

  test("the source is the report, and only the table's length is worth a remark", () => {
    expect(before?.sources).toEqual([
      { file: REPORT, format: "markdown-issue", bytes: report.length, diagnostics },
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["partial-capture"]);
  });

  test("chunk borders mean nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(report.length), { maxLength: 8 }), async (cuts) => {
        const read = await readSources([inChunks(REPORT, report, cuts)]);
        expect(read).toEqual({ snapshots, saved: [], diagnostics });
      }),
      { numRuns: 15 },
    );
  });

  /** Where a row of a sum ends, in bytes. */
  const text = new TextDecoder("latin1").decode(report);
  const rowEnds = [...text.matchAll(/"maps": \d+\n\}/g)].map((it) => it.index + it[0].length);

  test("cut anywhere, every row before the cut is kept", async () => {
    for (let cut = 0; cut < report.length; cut += 197) {
      const read = await readTexts({ [REPORT]: report.slice(0, cut) });
      const rows = new Set(read.snapshots.flatMap((it) => it.summaries));
      expect(rows.size, `cut at ${cut}`).toBe(rowEnds.filter((end) => end <= cut).length);
      const inRow = rowEnds.some((end, index) => {
        const start = text.lastIndexOf("{", end);
        return cut > start + 1 && cut < end && index >= 0;
      });
      if (inRow) expect(read.diagnostics.map(({ code }) => code)).toContain("truncated");
    }
  });

  test("with any byte damaged, every row before it is kept", async () => {
    for (let at = 5; at < report.length; at += 211) {
      const damaged = report.slice();
      damaged[at] = (damaged[at] as number) ^ (1 << (at % 8));
      const { snapshots: read } = await readTexts({ [REPORT]: damaged });
      const rows = new Set(read.flatMap((it) => it.summaries)).size;
      const before = rowEnds.filter((end) => end <= at).length;
      expect(rows, `byte ${at}`).toBeGreaterThanOrEqual(before);
      // The damage costs the row it is in, or, in a bracket, none or one more.
      expect(rows, `byte ${at}`).toBeGreaterThanOrEqual(rowEnds.length - 2);
    }
  });
});

describe("headings, fences and quotes", async () => {
  const path = "markdown-issue/headings-and-fences.md";
  const { snapshots } = await readTexts({ [path]: fixture(path) });

  test("headings open sections", () => {
    expect(snapshots.map(({ label }) => label)).toEqual(["before", "after"]);
    expect(snapshots.map(({ summaries }) => summaries.length)).toEqual([2, 1]);
  });

  test("a heading of the same depth ends a section: the log belongs to both", () => {
    for (const { scaleEvents } of snapshots) {
      expect(scaleEvents.map(({ lastSlot, used }) => lastSlot ?? used)).toEqual([22_954, 65_533]);
    }
  });

  test("host facts are read from a list", () => {
    expect(snapshots[0]?.host.map(({ fact, value }) => [fact, value])).toEqual([
      ["possibleCpus", 16],
      ["kernelRelease", "6.6.30"],
    ]);
  });
});

const ROW = '[{"name":"a","total_bytes_memlock":4096,"maps":1}]';

describe("sections", () => {
  test.each([
    ["a line", `before:\n${ROW}\nafter:\n${ROW}`, ["before", "after"]],
    ["bold words", `**Before**\n${ROW}\n\n**After scaling:**\n${ROW}`, ["before", "after"]],
    [
      "several headings of one kind",
      `## After 500 services\n${ROW}\n## After 1000 services\n${ROW}`,
      ["after 500 services", "after 1000 services"],
    ],
    ["a sentence", `After that I ran the following:\n${ROW}`, ["snapshot"]],
    ["both words", `## Before and after\n${ROW}`, ["snapshot"]],
    [
      "a heading over words only",
      `## Before you start\nKernel: 6.6\n## Sums\n${ROW}`,
      ["snapshot"],
    ],
  ])("%s", async (_what, text, labels) => {
    const { snapshots } = await readTexts({ "report.md": text });
    expect(snapshots.map(({ label }) => label)).toEqual(labels);
  });

  test("prose after its blocks ends what a line opened", async () => {
    const log = "The remaining resources are sufficient(1/40960) and scale-in is required.";
    const text = `before:\n${ROW}\nafter:\n${ROW}\nThis is the log.\n${log}\n`;
    const { snapshots } = await readTexts({ "report.md": text });
    expect(snapshots.map(({ scaleEvents }) => scaleEvents.length)).toEqual([1, 1]);
  });
});

describe("offsets", () => {
  test("a problem inside a block points into the report", async () => {
    const text = `Some words.\n\n\`\`\`json\n[{"name":"a","total_bytes_memlock":1,"maps":"x"},\n{"name":"b","total_bytes_memlock":1,"maps":1}]\n\`\`\`\n`;
    const { diagnostics } = await readTexts({ "report.md": text });
    expect(diagnostics.map(({ code, offset }) => [code, offset])).toEqual([
      ["skipped-record", text.indexOf('{"name":"a"')],
    ]);
  });

  test("a quoted block keeps its offsets", async () => {
    const text = `> \`\`\`\n> [{"name":"a","total_bytes_memlock":1,"maps":1},\n> {"name":"é","total_byt\n> \`\`\`\n`;
    const { snapshots, diagnostics } = await readTexts({ "report.md": text });
    expect(snapshots[0]?.summaries.map(({ name }) => name)).toEqual(["a"]);
    const [problem] = diagnostics;
    expect(problem).toMatchObject({ code: "truncated", offset: text.indexOf('{"name":"é"') });
  });
});

describe("host facts in prose", () => {
  test.each([
    ["- CPU: 8", [["possibleCpus", 8]]],
    ["| CPU | 16 |", [["possibleCpus", 16]]],
    ["| 节点 | 8U16G |", [["possibleCpus", 8]]],
    ["| 内核          | 5.10     |", [["kernelRelease", "5.10"]]],
    ["Kernel version: 5.15.0-91-generic", [["kernelRelease", "5.15.0-91-generic"]]],
    ["- Kmesh version: release 0.5", [["kmeshVersion", "0.5"]]],
    ["Kmesh v1.1.0", [["kmeshVersion", "1.1.0"]]],
    [
      "| Kmesh | 0.4 内核原生模式 |",
      [
        ["kmeshVersion", "0.4"],
        ["kmeshMode", "kernel-native"],
      ],
    ],
    ["Kmesh eBPF took 12.99% of a core", []],
    ["the pod has 1C2G", []],
    ["- Istio: 1.19", []],
    ["CPU: 1250m", []],
  ])("%s", async (line, claims) => {
    const { host } = await readOne(`# Report\n\n${line}\n`);
    expect(host.map(({ fact, value }) => [fact, value])).toEqual(claims);
  });
});

test("text that is not UTF-8 is read", async () => {
  const words = Uint8Array.from([0xbf, 0xc9, 0xb9, 0xdb, 0x0a]);
  const log = bytesOf(
    "Remaining resources are insufficient(7/10), and capacity expansion is required.\n",
  );
  const { scaleEvents } = await readOne(Uint8Array.from([...words, ...words, ...log]));
  expect(scaleEvents).toMatchObject([{ used: 7, claimed: 10 }]);
});
