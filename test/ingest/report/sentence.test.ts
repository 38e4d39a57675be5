import { describe, expect, test } from "vitest";
import { beginsWithWords, isSentence } from "../../../src/ingest/report/sentence.ts";
import { filesUnder } from "../../support/project-files.ts";
import { fixture, readReal } from "../read.ts";

const SENTENCES = [
  "Then I scaled to 100 services and got this:",
  "The map 13: hash is the one that matters here.",
  "So kata shows nothing at all.",
  "whereas after the restart",
  "and of the other map",
  "After the restart.  Nothing else was changed.",
  "It doesn't shrink (never did).",
  "**Note** that `kmesh` isn't running here",
  "扩容到一百个服务之后的内存占用",
  "My nodes:",
];

const ROWS = [
  "980m   64Mi",
  "test-runc   0m   2M?i",
  "kmesh-system kmesh-57rbp daemon 35m",
  "system.slice   120   2.2   900.1M   -   -",
  "CONTAINER NAME CPU % MEM DISK INODES",
  "\tkey 4B  value 8B  max_entries 1000",
  "owner jited",
  "frozen",
  "12: hash  name foo  flags",
  "?? q#1 ~~",
];

test.each(SENTENCES)("a sentence: %s", (line) => expect(isSentence(line)).toBe(true));
test.each(ROWS)("none: %s", (line) => expect(isSentence(line)).toBe(false));

test("no row of a tool is a sentence, nor with its blanks put together", () => {
  const files = filesUnder("fixtures").filter((it) =>
    /(?:cgtop|crictl|kubectl-top|memory-stat|bpffs-list)\/.*\.txt$|(?:map|prog)-show\.txt$/.test(
      it,
    ),
  );
  expect(files.length).toBeGreaterThan(15);
  for (const path of files) {
    const text = new TextDecoder().decode(fixture(path.replace("fixtures/", "")));
    for (const line of text.split("\n")) {
      expect(isSentence(line), line).toBe(false);
      expect(isSentence(line.replace(/\s+/g, " ")), line).toBe(false);
    }
  }
});

test("a text begins with words where they stand above a blank line", () => {
  expect(beginsWithWords("Hi\n\n    12: hash")).toBe(true);
  expect(beginsWithWords("\r\nHi all,\r\n\r\n    12: hash")).toBe(true);
  expect(beginsWithWords("ozen\n13: hash")).toBe(false);
  expect(beginsWithWords("0x1f\n\n13: hash")).toBe(false);
});

describe("between the outputs of a report", () => {
  const map = (id: number, entries: number) =>
    `${id}: hash  name foo  flags 0x0\n\tkey 4B  value 8B  max_entries ${entries}  memlock ${81 * entries}B\n`;
  const program = (id: number) =>
    `${id}: sched_cls  name foo  tag 0123456789abcde${id}\n\txlated 64B  jited 55B  memlock 4096B\n`;
  const pods = (name: string, memory: string) =>
    `NAME                CPU(cores)   MEMORY(bytes)\n${name}           0m           ${memory}\n`;
  const group = (memory: string) =>
    `/kubepods/burstable                  280    8.8     ${memory}        -        -\n`;
  const container = (memory: string) =>
    `CONTAINER           NAME                CPU %               MEM                 DISK                INODES\na3f70e49d6c15       kmesh           0.52                ${memory}             61.44kB             17\n`;
  const around = {
    "a fence": (text: string) => `Hi\n\n\`\`\`\n${text}\`\`\`\n`,
    "a text": (text: string) => text,
    "a quote": (text: string) => text.replace(/^/gm, "> "),
  };
  const outputs: Readonly<Record<string, readonly [string, string]>> = {
    maps: [map(1, 10), map(2, 20)],
    programs: [program(1), program(2)],
    pods: [pods("test-kata", "1Mi"), pods("test-runc", "2Mi")],
    "control groups": [group("1.9G"), group("1.5G")],
    containers: [container("131.2MB"), container("64.1MB")],
  };

  test.each(
    Object.keys(outputs).flatMap((what) =>
      Object.keys(around).map((where) => [what, where] as const),
    ),
  )("%s in %s: nothing is lost where a sentence stands", async (what, where) => {
    const [first, second] = outputs[what] ?? ["", ""];
    const write = around[where as keyof typeof around];
    const rows = ({
      maps,
      programs,
      podUsage,
      cgroupUsage,
      containers,
    }: Awaited<ReturnType<typeof readReal>>["snapshot"]) => [
      maps.rows,
      programs.length,
      podUsage.length,
      cgroupUsage.length,
      containers.length,
    ];
    const whole = await readReal(write(`${first}\n${second}`));
    for (const sentence of SENTENCES) {
      for (const text of [`${first}${sentence}\n${second}`, `${first}${second}${sentence}\n`]) {
        const { snapshot, diagnostics } = await readReal(write(text));
        expect(
          diagnostics.filter((it) => it.level === "data-loss"),
          text,
        ).toEqual([]);
        expect(rows(snapshot), text).toEqual(rows(whole.snapshot));
      }
    }
  });

  test("one list below another is of another time", async () => {
    const text = `${map(1, 10)}Then I scaled to 100 services and got this:\n${map(1, 20)}`;
    await expect(readReal(text)).rejects.toThrow("2 snapshots");
  });

  test("words above an indented list are no line of it", async () => {
    const { snapshot, diagnostics } = await readReal(
      `Hi\n\n${`${map(1, 10)}${map(2, 20)}`.replace(/^(?=.)/gm, "    ")}`,
    );
    expect([...snapshot.maps.id]).toEqual([1, 2]);
    expect(diagnostics).toEqual([]);
  });
});
