import { describe, expect, test } from "vitest";
import { hostInHeading, hostInPrompt } from "../../../src/ingest/report/host-name.ts";
import { readTexts } from "../read.ts";

const map = (id: number, memlock: number, name = `map_${id}`) => ({
  id,
  type: "hash",
  name,
  flags: 0,
  bytes_key: 4,
  bytes_value: 8,
  max_entries: 16,
  bytes_memlock: memlock,
  frozen: 0,
});
const list = (...maps: readonly object[]) => `\`\`\`\n${JSON.stringify(maps)}\n\`\`\`\n`;
const dump = (entries: number) =>
  `\`\`\`\n# bpftool -j map dump id 1\n${JSON.stringify(
    Array.from({ length: entries }, (_, at) => ({
      key: [`0x0${at}`, "0x00", "0x00", "0x00"],
      value: Array(8).fill("0x01"),
    })),
  )}\n\`\`\`\n`;

async function looks(report: string) {
  const { snapshots, diagnostics } = await readTexts({ "report.md": report });
  return {
    maps: Object.fromEntries(
      snapshots.map(({ label, maps }) => [
        label,
        Array.from(maps.id, (id, row) => `${id}: ${maps.memlockBytes[row]}`).join(", "),
      ]),
    ),
    places: snapshots.map(({ place }) => place),
    dumps: snapshots.map(({ dumps }) => dumps.map(({ elements }) => elements)),
    events: snapshots.map(({ scaleEvents }) => scaleEvents.length),
    notes: diagnostics.map(({ code }) => code),
  };
}

describe("lists in one report", () => {
  test("a map that returns with another memlock is of another time", async () => {
    const read = await looks(
      `Report\n${list(map(1, 4096), map(2, 4096))}later\n${list(map(1, 8192))}`,
    );
    expect(read.maps).toEqual({ "line 3": "1: 4096, 2: 4096", "line 7": "1: 8192" });
    expect(read.places).toEqual([undefined, undefined]);
    expect(read.notes).toEqual(["ambiguous"]);
  });

  test("headings that are no time name the looks, also where one stands twice", async () => {
    const read = await looks(
      `## 100 services\n${list(map(1, 4096))}## 1000 services\n${list(map(1, 8192))}## 1000 services\n${list(map(1, 12288))}`,
    );
    expect(read.maps).toEqual({
      "100 services": "1: 4096",
      "1000 services, line 7": "1: 8192",
      "1000 services, line 11": "1: 12288",
    });
  });

  test("headings that name hosts keep them apart, whatever their lists say", async () => {
    const read = await looks(
      `## node-1\n${list(map(1, 4096))}### more\n${list(map(2, 4096))}## Node: red\n${list(map(1, 4096))}`,
    );
    expect(read.maps).toEqual({ "node-1": "1: 4096, 2: 4096", red: "1: 4096" });
    expect(read.places).toEqual(["node-1", "red"]);
  });

  test("prompts of two hosts keep two lists apart that agree as far as they go", async () => {
    const shell = (host: string, ...maps: readonly object[]) =>
      `[root@${host} ~]# bpftool -j map show\n${JSON.stringify(maps)}\n`;
    const read = await looks(
      `Two nodes:\n\`\`\`\n${shell("a-1", map(1, 4096))}${shell("a-2", map(1, 4096), map(2, 4096))}\`\`\`\n`,
    );
    expect(read.maps).toEqual({ "a-1": "1: 4096", "a-2": "1: 4096, 2: 4096" });
    const same = await looks(
      `One node:\n\`\`\`\n${shell("a-1", map(1, 4096))}${shell("pod-7", map(1, 4096))}\`\`\`\n`,
    );
    expect(same.maps).toEqual({ snapshot: "1: 4096" });
  });

  test("before and after have looks of their own", async () => {
    const read = await looks(
      `## before\n${list(map(1, 1))}${list(map(1, 2))}## after\n${list(map(1, 3))}`,
    );
    expect(Object.values(read.maps)).toEqual(["1: 1", "1: 2", "1: 3"]);
  });

  test("a list that is pasted twice, and parts of one list, are one look", async () => {
    for (const second of [list(map(1, 4096)), list(map(2, 4096))]) {
      const read = await looks(`a\n${list(map(1, 4096))}b\n${second}`);
      expect(Object.keys(read.maps)).toEqual(["snapshot"]);
      expect(read.notes).toEqual([]);
    }
  });

  test("a dump goes to the list above it, a log to all", async () => {
    const read = await looks(
      `a\n${list(map(1, 1))}${dump(3)}b\n${list(map(1, 2))}${dump(4)}\ncollect_outter_map_scaleup_slots:32767-32768-32767\n`,
    );
    expect(read.dumps).toEqual([[3], [4]]);
    expect(read.events).toEqual([1, 1]);
  });
});

test.each([
  ["## node-1", "node-1"],
  ["### Node worker-2:", "worker-2"],
  ["## host A", "A"],
  ["## 节点：red", "red"],
  ["## on node 10.0.0.7", "10.0.0.7"],
  ["## Node resources", undefined],
  ["## Server setup", undefined],
  ["## 1000 services", undefined],
  ["# node-exporter", undefined],
])("the host of the heading %s is %s", (heading, host) => {
  expect(hostInHeading(heading)).toBe(host);
});

test.each([
  ["[root@node-1 ~]# bpftool map", "node-1"],
  ["root@kmesh-57rbp:/# bpftool map", "kmesh-57rbp"],
  ["[root@localhost kmesh]# ls", undefined],
  ["$ bpftool map", undefined],
])("the host of the prompt %s is %s", (line, host) => {
  expect(hostInPrompt(line)).toBe(host);
});

describe("commands of bpftool in a report", () => {
  const read = async (lines: readonly string[]) => {
    const { snapshots, diagnostics } = await readTexts({ "report.md": lines.join("\n") });
    return {
      dumps: snapshots.flatMap(({ dumps }) => dumps.map((it) => [it.name?.value, it.elements])),
      notes: diagnostics.map(({ code, path }) => (path === undefined ? code : `${code} ${path}`)),
    };
  };

  test("an empty list below a dump of a map is an empty map; elsewhere it is nothing", async () => {
    const command = "# bpftool -j map dump name foo";
    expect(await read(["It is empty:", "```", command, "[]", "```", ""])).toEqual({
      dumps: [["foo", 0]],
      notes: ["ambiguous"],
    });
    expect((await read(["Nothing:", "```", "[]", "```", ""])).dumps).toEqual([]);
  });

  test.each([
    "-bash: bpftool: command not found",
    "Error: can't get next map: Operation not permitted",
    "Error: bpf obj get (/sys/fs/bpf): Permission denied",
  ])("one that failed is told: %s", async (said) => {
    const { notes } = await read(["Look:", "```", "$ sudo bpftool map show", said, "```", ""]);
    expect(notes).toContain("tool-error line 4");
  });

  test("words after an output are no failure of the command", async () => {
    const { notes } = await read([
      "$ bpftool map show",
      "1: hash  name a  flags 0x0",
      "\tkey 4B  value 8B  max_entries 16  memlock 4096B",
      "",
      "The daemon says Permission denied",
    ]);
    expect(notes).toEqual([]);
  });
});

describe("outputs in HTML", () => {
  const shown = JSON.stringify([map(1, 4096)]);
  const titled = (title: string, memlock: number) =>
    `<details><summary>${title}</summary><pre>${JSON.stringify([map(1, memlock)])}</pre></details>\n`;

  test("nothing is lost where tags stand on the lines of the output", async () => {
    const text = "1: hash  name a  flags 0x0\n\tkey 4B  value 8B  max_entries 16  memlock 4096B";
    for (const output of [text, shown]) {
      for (const report of [
        `<details><summary>maps</summary><pre>${output}</pre></details>\n`,
        `Look: <pre><code>${output}</code></pre> That is all.\n`,
        `<pre>${output}</pre>\n`,
      ]) {
        const read = await looks(report);
        expect(read.maps, report).toEqual({ snapshot: "1: 4096" });
        expect(read.notes, report).toEqual([]);
      }
    }
  });

  test("columns begin where they begin", async () => {
    const table = [
      "PROGID  TYPE     NAME  PID  COMM  RUNTIME  RUNCOUNT  MAPMEMORY  MAPCOUNT",
      "7       SockOps        11   a b   0s       0         4KiB       1",
    ].join("\n");
    const { snapshots } = await readTexts({ "report.md": `<pre>${table}</pre>\n` });
    expect(snapshots[0]?.programUsage).toMatchObject([
      { programId: 7, comm: "a b", mapMemoryBytes: 4096 },
    ]);
  });

  test("titles are words of time, or name hosts", async () => {
    const times = await looks(titled("Before", 1) + titled("<b>after</b> scaling", 2));
    expect(times.maps).toEqual({ before: "1: 1", after: "1: 2" });
    const hosts = await looks(titled("node-1", 1) + titled("node-2", 1));
    expect(hosts.maps).toEqual({ "node-1": "1: 1", "node-2": "1: 1" });
  });

  test("lines are those of the file", async () => {
    const { diagnostics } = await readTexts({
      "report.md":
        "<details><summary>maps</summary><pre>1: hash  name a  flags 0x0\n\tkey 4B  value 8B  max_entries 16  memlock 1B\n@@@\n2: hash  name a  flags 0x0\n\tkey 4B  value 8B  max_entries 16  memlock 1B\n</pre></details>\n",
    });
    expect(diagnostics.map(({ path }) => path)).toEqual(["line 3"]);
  });
});
