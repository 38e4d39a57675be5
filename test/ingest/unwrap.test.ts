import { describe, expect, test } from "vitest";
import { breaksIn, Unwrapper } from "../../src/ingest/unwrap.ts";
import { bytesOf, fixture, inChunks, readReal, readSources, readTexts } from "./read.ts";
import { redactFiles } from "./redact/redact-files.ts";

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

describe("broken at one width, then quoted or indented", () => {
  const text = compact(LIST);
  const within = (lead: string, width = 60) =>
    broken(text, width)
      .split("\n")
      .map((line) => `${lead}${line}\n`)
      .join("");
  const indented = (lead: string, body: string) => body.replace(/^(?=.)/gm, lead);

  const forms: readonly (readonly [string, string])[] = [
    ["a quote", within("> ")],
    ["a quote in a quote", within("> > ")],
    ["a quote without blanks", within(">")],
    ["an indented file", within("    ")],
    ["a file indented by a tab", within("\t")],
    ["an indented block", `It grows:\n\n${within("    ")}\nWhy?\n`],
    ["a fence in a quote", `Somebody wrote:\n\n> \`\`\`\n${within("> ")}> \`\`\`\n\nWhy?\n`],
    [
      "a fence in a list",
      `- the maps:\n\n${indented("  ", `\`\`\`\n${within("")}\`\`\`\n`)}\nWhy?\n`,
    ],
  ];

  test.each(forms)("%s: every map is as it was", async (_what, input) => {
    const whole = await readReal(bytesOf(text));
    for (const given of [input, input.replaceAll("\n", "\r\n")]) {
      const { snapshot, diagnostics } = await readReal(bytesOf(given));
      expect(facts(snapshot)).toEqual(facts(whole.snapshot));
      expect(diagnostics).toMatchObject([{ level: "warning", code: "repaired" }]);
      expect(diagnostics[0]?.message).toContain("after 60 characters");
    }
  });

  test.each(forms)("%s: the redacted copy has every map", async (_what, input) => {
    const { copies } = await redactFiles([["report.md", bytesOf(input)]]);
    const [[file, bytes] = ["", new Uint8Array()]] = copies;
    const { snapshot } = await readReal(bytes, file);
    const whole = await readReal(bytesOf(text));
    for (const column of ["id", "memlockBytes", "keySize", "maxEntries"] as const)
      expect([...snapshot.maps[column]]).toEqual([...whole.snapshot.maps[column]]);
  });

  test("a blank that begins a line of a string is the string's own", async () => {
    const name = "a b c d e f g h";
    const list = JSON.stringify([{ id: 1, type: "hash", name, bytes_key: 4, bytes_value: 8 }]);
    for (let width = 30; width < 50; width += 1) {
      const input = broken(list, width).replace(/^/gm, "> ");
      const { maps } = (await readReal(bytesOf(input))).snapshot;
      expect(maps.names, `${width} characters`).toEqual([name]);
    }
  });

  test("places stay where they were, to within what is taken out between two commas", () => {
    const input = within("    ");
    const breaks = breaksIn(bytesOf(input));
    const joined = new TextDecoder().decode(
      new Unwrapper(breaks ?? expect.fail()).add(bytesOf(input)),
    );
    expect(JSON.parse(joined)).toEqual(JSON.parse(text));
    // Where each record ends: line breaks and indents may stand between.
    const ends = (it: string) => [...it.matchAll(/\}(?=[\s,]*[{\]])/g)].map(({ index }) => index);
    const [before, behind] = [ends(input), ends(joined)];
    expect(behind).toHaveLength(before.length);
    expect(behind).toEqual(before);
  });
});

/** Lines of lengths that differ, as mail programs and people make them. */
function brokenUnevenly(text: string, widths: readonly number[], end = "\n"): string {
  const lines: string[] = [];
  for (let at = 0; at < text.length; ) {
    const width = widths[lines.length % widths.length] as number;
    lines.push(text.slice(at, at + width));
    at += width;
  }
  return lines.join(end);
}

describe("a listing that was broken at lengths that differ", () => {
  const widths = [72, 61, 70, 44, 78];
  const text = compact(LIST);
  const lineBreaks = brokenUnevenly(text, widths);

  test.each([
    ["\n", 0],
    ["\r\n", 0],
    ["\n    ", 0],
    ["\n> ", 2],
    ["\r\n> ", 2],
    ["\n>", 1],
  ])("every map is as it was, and each break is told: %j", async (end, quoted) => {
    const whole = await readReal(bytesOf(text));
    const input = "> ".slice(0, quoted) + brokenUnevenly(text, widths, end);
    const { snapshot, diagnostics } = await readReal(bytesOf(`${input}\n`));
    expect(facts(snapshot)).toEqual(facts(whole.snapshot));
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(["repaired"]));
    expect(diagnostics[0]?.offset).toBeGreaterThan(0);
  });

  test("in a report too", async () => {
    const whole = await readReal(bytesOf(text));
    const report = `It grows:\n\n\`\`\`\n${lineBreaks}\n\`\`\`\n\nWhy?\n`;
    const { snapshot, diagnostics } = await readReal(bytesOf(report));
    expect(facts(snapshot)).toEqual(facts(whole.snapshot));
    const [first] = diagnostics;
    expect(first).toMatchObject({ level: "warning", code: "repaired" });
    // The string or the number that the first such break is in.
    const at = (first?.offset as number) - report.indexOf("[{");
    const torn = lineBreaks.slice(at).match(/^"[^"]*\n[^"]*"|^\n\d/);
    expect(torn).not.toBeNull();
  });

  test.each(["capture-6.1/before/map-dump-conn_stats.json", "capture-6.1/before/prog-show.json"])(
    "%s: nothing is lost without a word",
    async (path) => {
      const json = compact(path);
      const whole = (await readReal(bytesOf(json))).snapshot;
      const { snapshot, diagnostics } = await readReal(bytesOf(brokenUnevenly(json, widths)));
      expect(diagnostics.length).toBeGreaterThan(0);

      const dumps = (it: typeof whole) =>
        it.dumps.map(({ elements, complete }) => [elements, complete]);
      expect(dumps(snapshot)).toEqual(dumps(whole));
      const lost = whole.programs.length - snapshot.programs.length;
      const told = diagnostics.filter(({ code }) => code === "skipped-record").length;
      expect(lost === 0 || told > 0).toBe(true);
    },
  );

  test.each(["", ">", "> ", "\t"])("one break, anywhere in two maps behind %j", async (lead) => {
    const two = JSON.stringify((JSON.parse(text) as unknown[]).slice(0, 2));
    const whole = facts((await readReal(bytesOf(two))).snapshot);
    for (let at = 1; at < two.length; at += 1) {
      const input = `${lead}${two.slice(0, at)}\n${lead}${two.slice(at)}`;
      const { snapshot } = await readReal(bytesOf(lead === "\t" ? `Hi\n\n${input}\n` : input));
      expect(facts(snapshot), `broken at ${at}`).toEqual(whole);
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
  [
    "a line break inside of a string, and a longer line",
    `[{"id":1,"name":"aaaaaaaaaaaa\naaa","type":"hash","flags":0},{"id":2,"name":""}]`,
  ],
])("%s is not broken evenly", (_what, text) => {
  expect(breaksIn(bytesOf(text))).toBeUndefined();
});
