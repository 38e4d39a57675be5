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
