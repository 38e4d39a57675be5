import { describe, expect, test } from "vitest";
import { brokenAt } from "../../src/ingest/unwrap.ts";
import { bytesOf, fixture, inChunks, readReal, readSources, readTexts } from "./read.ts";

const compact = (path: string) =>
  JSON.stringify(JSON.parse(new TextDecoder().decode(fixture(path))));
const broken = (text: string, width: number, end = "\n") =>
  text.match(new RegExp(`.{1,${width}}`, "gs"))?.join(end) ?? "";
const LIST = "capture-6.1/before/map-show-pinned.json";

const facts = ({ maps, holders }: Awaited<ReturnType<typeof readReal>>["snapshot"]) => ({
  ids: [...maps.id],
  names: [...maps.name].map((it) => maps.names[it]),
  memlock: [...maps.memlockBytes],
  flags: [...maps.flags],
  sizes: [...maps.keySize, ...maps.valueSize, ...maps.maxEntries],
  holders,
});

describe("a listing that a terminal broke at its width", () => {
  test.each([40, 80, 132, 237])("%i characters: every map is as it was", async (width) => {
    const text = compact(LIST);
    const whole = await readReal(bytesOf(text));
    for (const end of ["\n", "\r\n"]) {
      const read = await readReal(bytesOf(`${broken(text, width, end)}\n`));
      expect(facts(read.snapshot)).toEqual(facts(whole.snapshot));
      expect(read.diagnostics).toMatchObject([{ level: "warning", code: "repaired" }]);
    }
  });

  test("in a report too", async () => {
    const text = compact(LIST);
    const whole = await readReal(bytesOf(text));
    const report = `It grows:\n\n\`\`\`\n${broken(text, 100)}\n\`\`\`\n\nWhy?\n`;
    const { snapshot, diagnostics } = await readReal(bytesOf(report));
    expect(facts(snapshot)).toEqual(facts(whole.snapshot));
    expect(diagnostics).toMatchObject([{ code: "repaired", offset: report.indexOf("[{") }]);
  });

  test("chunk borders mean nothing", async () => {
    const bytes = bytesOf(broken(compact(LIST), 80, "\r\n"));
    const whole = (await readTexts({ input: bytes })).snapshots;
    for (const step of [1, 79, 80, 81, 82, 1000]) {
      const cuts = Array.from({ length: Math.ceil(bytes.length / step) }, (_, at) => at * step);
      const { snapshots } = await readSources([inChunks("input", bytes, cuts)]);
      expect(snapshots).toEqual(whole);
    }
  });
});

test.each([
  ["pretty-printed JSON", JSON.stringify([{ id: 1, name: "a" }], null, 4)],
  ["an object on each line", `{"id":1,"name":"aaaaaaaa"}\n{"id":2,"name":"bbbbbbbb"}\n`],
  [
    "a line break inside of a string of a short line",
    `[{"id":1,"name":"aaaaaaaaaaaaaaa"},\n{"id":2,"na\nme":""}]`,
  ],
])("%s is not broken", (_what, text) => {
  expect(brokenAt(bytesOf(text))).toBeUndefined();
});
