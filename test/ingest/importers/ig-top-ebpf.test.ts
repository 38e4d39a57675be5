import { describe, expect, test } from "vitest";
import type { ProgramUsage } from "../../../src/model/snapshot.ts";
import { fixture, readOne, readTexts } from "../read.ts";

const KIB = 1024;
const MIB = 1024 * KIB;

describe("the table of issue 945: blanks collapsed, header and cells cut", async () => {
  const { programUsage, sources } = await readOne(fixture("ig-top-ebpf/collapsed-cut-header.txt"));

  test("every row is read", () => {
    expect(sources[0]?.format).toBe("ig-top-ebpf");
    expect(programUsage).toHaveLength(20);
  });

  /** Sums of the maps' nominal sizes in bytes, which the tool printed with four digits. */
  test.each([
    ["cgroup_conn…", 308 * KIB, 6],
    ["sockops_prog", 8.18 * MIB, 8],
    ["cluster_man…", 133.1 * MIB, 9],
    ["filter_chai…", 8.078 * MIB, 7],
    ["filter_mana…", 8.074 * MIB, 6],
    ["route_confi…", 11.95 * MIB, 8],
    ["connect_ret", 0, 0],
  ])("%s has %d bytes in %i maps", (name, bytes, maps) => {
    const rows = programUsage.filter((it) => it.name === name);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      expect(row.mapMemoryBytes).toBe(Math.round(bytes));
      expect(row.mapCount).toBe(maps);
    }
  });

  test.each([
    ["cgroup_conn…", 0.05 * KIB],
    ["cluster_man…", 0.05 * MIB],
    ["sockops_prog", 0.0005 * MIB],
    ["connect_ret", 0],
  ])("%s is exact to %d bytes, half of the last digit", (name, error) => {
    const row = programUsage.find((it) => it.name === name);
    expect(row?.mapMemoryErrorBytes).toBe(Math.ceil(error));
  });

  test("it is said that the tool stops at 20 rows", () => {
    expect(sources[0]?.diagnostics).toMatchObject([{ level: "info", code: "partial-capture" }]);
  });
});

describe("with its columns", async () => {
  const { programUsage: rows } = await readOne(fixture("ig-top-ebpf/columns-k8s.txt"));

  test("a row may lack name, pid and command", () => {
    expect(rows[1]).toMatchObject({ node: "worker-1", programId: 77, type: "CGroupDevice" });
    expect(rows[1]).not.toHaveProperty("name");
    expect(rows[1]).not.toHaveProperty("pid");
    expect(rows[1]).not.toHaveProperty("comm");
  });

  test("a command may have a blank, and no name before the pid", () => {
    expect(rows[2]).toMatchObject({ pid: 812, comm: "node agent", runtimeNs: 62.5e9 });
    expect(rows[2]).not.toHaveProperty("name");
  });

  test("a lone word under COMM is the command", () => {
    expect(rows[3]).toMatchObject({ comm: "agent", runtimeNs: 1_265_693 });
    expect(rows[3]).not.toHaveProperty("name");
  });

  test("of several holders the first is kept", () => {
    expect(rows[4]).toMatchObject({ node: "worker-2", pid: 11, comm: "kmesh" });
  });

  test("without a cluster there is no node", async () => {
    const { programUsage } = await readOne(fixture("ig-top-ebpf/columns-ig.txt"));
    expect(programUsage.map(({ node, programId }) => [node, programId])).toEqual([
      [undefined, 406],
      [undefined, 77],
    ]);
  });
});

test("of a table that repeats, the last row of each program stands", async () => {
  const { programUsage, sources } = await readOne(fixture("ig-top-ebpf/two-intervals-old.txt"));
  expect(programUsage.map(({ programId, runCount }) => [programId, runCount])).toEqual([
    [406, 31],
    [409, 1],
  ]);
  expect(programUsage[0]?.mapMemoryBytes).toBe(Math.round(40.953 * MIB));
  expect(sources[0]?.diagnostics).toMatchObject([{ level: "info", code: "ambiguous" }]);
});

const HEADER = "NODE PROGID TYPE NAME PID COMM RUNTIME RUNCOUNT MAPMEMORY MAPCOUNT";

describe("damage", () => {
  test("a damaged row is reported with its place, and the others are kept", async () => {
    const row = "n1 406 SockOps prog 1 kmesh 0s 0 8MiB 8";
    const text = `${HEADER}\n${row}\nn1 407 SockOps prog 1 kmesh 0s 0 8?iB 8\nn1 408${row.slice(6)}\n`;
    const { programUsage, sources } = await readOne(text);
    expect(programUsage.map(({ programId }) => programId)).toEqual([406, 408]);
    expect(sources[0]?.diagnostics).toMatchObject([
      {
        level: "data-loss",
        code: "skipped-record",
        offset: text.indexOf("n1 407"),
        path: "line 3",
      },
    ]);
  });

  test.each(["8.356µs", "8.356μs", "8.356Âµs", "8.356us", "8.356\ufffds"])(
    "%s is 8356 ns, whatever became of the micro sign",
    async (runtime) => {
      const { programUsage } = await readOne(`${HEADER}\nn1 9 SockOps p 1 c ${runtime} 0 0B 0\n`);
      expect(programUsage[0]?.runtimeNs).toBe(8356);
    },
  );

  test("decimal units are of another tool", async () => {
    const { programUsage } = await readOne(
      `${HEADER}\nn1 8 SockOps p 1 c 0s 0 8MiB 1\nn1 9 SockOps p 1 c 0s 0 12 MB 1\n`,
    );
    expect(programUsage.map(({ programId }) => programId)).toEqual([8]);
  });
});

describe("JSON and YAML", () => {
  const told = ({ node, programId, type, name, comm, mapMemoryBytes, mapCount }: ProgramUsage) => [
    node,
    programId,
    type,
    name,
    comm,
    mapMemoryBytes,
    mapCount,
  ];
  const ROWS = [
    ["ambient-worker", 409, "CGroupSockAddr", "cgroup_connect4", "kmesh-daemon", 315_392, 6],
    ["ambient-worker", 395, "RawTracepoint", "connect_ret", undefined, 0, 0],
  ];

  test("an array for each interval: the last row of a program stands, what is left out is 0", async () => {
    const { programUsage, sources } = await readOne(fixture("ig-top-ebpf/intervals.json"));
    expect(programUsage.map(told)).toEqual(ROWS);
    expect(programUsage[0]?.runtimeNs).toBe(0);
    expect(sources[0]?.diagnostics.map((it) => it.code)).toEqual(["ambiguous"]);
  });

  /** The file's two roots are two blocks of a report. */
  test.each([
    ["in a fence", (text: string) => `# Usage\n\n\`\`\`json\n${text}\n\`\`\`\n`],
    ["bare", (text: string) => `# Usage\n\n${text}\n\nThat is all.\n`],
    [
      "a root for each row",
      (text: string) =>
        `# U\n\n${text.replace(/^\[|\]$/gm, "").replace(/\},\{"k8s/g, '}\n{"k8s')}\n`,
    ],
  ])("intervals of a report are counted once: %s", async (_where, around) => {
    const text = new TextDecoder().decode(fixture("ig-top-ebpf/intervals.json")).trim();
    const { programUsage, sources } = await readOne(around(text));
    expect(programUsage.map(told).sort()).toEqual([...ROWS].sort());
    expect(programUsage.find((it) => it.programId === 409)?.runtimeNs).toBe(0);
    expect(sources[0]?.diagnostics).toMatchObject([
      { level: "info", code: "ambiguous", message: expect.stringContaining("stand 2 times") },
    ]);
  });

  test("under headings of two hosts the same ids are other programs", async () => {
    const row = '[{"progid":409,"type":"XDP","mapMemory":4096,"mapCount":1}]';
    const { snapshots } = await readTexts({
      "r.md": `## node-1\n\n${row}\n\n## node-2\n\n${row}\n`,
    });
    expect(snapshots.flatMap((it) => it.programUsage)).toHaveLength(2);
  });

  test("YAML says the same", async () => {
    const { programUsage } = await readOne(fixture("ig-top-ebpf/rows.yaml"));
    expect(programUsage.map(told)).toEqual(ROWS);
    expect(programUsage[0]).toMatchObject({ runtimeNs: 8356, runCount: 4, pid: 1_061_919 });
  });

  test("rows wrapped in stats, with pids and a flat node", async () => {
    const { programUsage } = await readOne(fixture("ig-top-ebpf/wrapped-old.json"));
    expect(programUsage.map(told)).toEqual([
      ["minikube", 3460, "Kprobe", "vfs_write_entry", "gadgettracerman", 42_942_332, 4],
      ["minikube", 60, "CGroupDevice", undefined, "systemd", 0, 0],
    ]);
  });

  test("a cut keeps the rows before it and has its place", async () => {
    const { programUsage, sources } = await readOne(fixture("ig-top-ebpf/pretty-cut.json"));
    expect(programUsage.map((it) => it.programId)).toEqual([399]);
    expect(sources[0]?.diagnostics.map(({ code, offset }) => [code, offset])).toEqual([
      ["truncated", 0],
    ]);
  });
});
