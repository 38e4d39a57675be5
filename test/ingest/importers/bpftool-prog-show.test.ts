import { describe, expect, test } from "vitest";
import { bytesOf, fixture, readReal } from "../read.ts";
import { textAndJson } from "../text-and-json.ts";

test("an error that ends the list: the programs before it are kept", async () => {
  const { snapshot, diagnostics } = await readReal(
    fixture("bpftool-prog-show/error-in-array.json"),
  );
  expect(snapshot.programs).toMatchObject([
    { id: 1, type: "sock_ops", name: "sockops_prog", mapIds: [2, 3], memlockBytes: 4096 },
  ]);
  expect(diagnostics).toMatchObject([{ level: "warning", code: "tool-error" }]);
});

describe("plain text says what the JSON of the same moment says", () => {
  test.each(textAndJson("prog-show").pairs)("$text", async ({ text, json }) => {
    const programs = async (path: string) => (await readReal(fixture(path))).snapshot.programs;
    expect(await programs(text)).toEqual(await programs(json));
    expect((await programs(text)).length).toBeGreaterThan(0);
  });
});

test("plain text: a program that is not jited, without maps, with holders", async () => {
  const text =
    "7: type 40  tag 0011223344556677\n\txlated 64B  not jited  memlock 4096B\n\tpids agent(220)\n";
  const { snapshot } = await readReal(bytesOf(text));
  expect(snapshot.programs).toEqual([
    {
      id: 7,
      type: "40",
      tag: "0011223344556677",
      bytesXlated: 64,
      memlockBytes: 4096,
      mapIds: [],
      pids: [{ pid: 220, comm: "agent" }],
    },
  ]);
});

describe("plain text with damage", () => {
  const LIST = [
    "7: sock_ops  name first  tag 0011223344556677  gpl",
    "\txlated 64B  jited 60B  memlock 4096B  map_ids 1,2",
    "8: sock_ops  name second  tag 8899aabbccddeeff  gpl",
    "\txlated 96B  jited 90B  memlock 4096B  map_ids 3,4,5",
  ];
  const read = async (lines: readonly string[]) => {
    const { snapshot, diagnostics } = await readReal(bytesOf(`${lines.join("\n")}\n`));
    return {
      maps: snapshot.programs.map(({ id, mapIds }) => [id, ...mapIds]),
      notes: diagnostics.map(({ code, path }) => `${code} ${path}`),
    };
  };

  test("where the first line of a program is lost, its maps go to no other program", async () => {
    expect(await read([...LIST.slice(0, 2), ...LIST.slice(3)])).toEqual({
      maps: [[7, 1, 2]],
      notes: ["skipped-record line 3"],
    });
  });

  test("a first line that breaks off leaves that program out", async () => {
    expect(await read([...LIST.slice(0, 2), "8: sock_ops  name sec", ...LIST.slice(3)])).toEqual({
      maps: [[7, 1, 2]],
      notes: ["skipped-record line 3"],
    });
  });

  test("ids of maps that go on on the next line are read", async () => {
    const broken = [...LIST.slice(0, 3), LIST[3]?.slice(0, -3) ?? "", "4,5"];
    expect(await read(broken)).toEqual({
      maps: [
        [7, 1, 2],
        [8, 3, 4, 5],
      ],
      notes: ["repaired line 5"],
    });
  });
});
