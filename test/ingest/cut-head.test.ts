/** JSON whose beginning was cut off: what can be read is read from the first whole record on, and that is told once. */
import { describe, expect, test } from "vitest";
import { firstRecordBehindCut } from "../../src/ingest/cut-head.ts";
import { bytesOf, fixture, readReal, readTexts } from "./read.ts";
import { redactFiles } from "./redact/redact-files.ts";

type Json = Readonly<Record<string, unknown>>;
const decode = (path: string) => new TextDecoder().decode(fixture(path));
const CAPTURE = "capture-6.1/before";
const records = (name: string) => JSON.parse(decode(`${CAPTURE}/${name}`)) as Json[];
const MAPS = records("map-show-pinned.json").slice(0, 5);
const PROGRAMS = records("prog-show.json").slice(0, 3);

const forms = {
  "one line": (all: readonly Json[]) => `${JSON.stringify(all)}\n`,
  // As `bpftool -p` lays it out.
  pretty: (all: readonly Json[]) =>
    `[${all.map((it) => JSON.stringify(it, null, 4).replace(/^/gm, "    ").trim()).join(",")}\n]\n`,
};

/** What the cut leaves begins as another JSON does. */
const isAmbiguous = (text: string) => /^\s*[[{n]/.test(text);

describe.each(Object.entries(forms))("a list on %s", (_form, write) => {
  const text = write(MAPS);
  const second = text.indexOf("{", text.indexOf(String(MAPS[1]?.name)) - 200);

  test.each([
    ["a file", "", ""],
    ["a fence", "It grows:\n\n```\n", "```\n\nWhy?\n"],
    ["a report", "It grows:\n\n", "\nWhy is that?\n"],
  ])("cut anywhere in its first record, in %s", async (_where, before, behind) => {
    const end = text.indexOf("}");
    expect(second).toBeGreaterThan(0);
    for (let start = 2; start < end; start += 3) {
      const rest = text.slice(start);
      if (isAmbiguous(rest)) continue;
      const { snapshot, diagnostics } = await readReal(bytesOf(`${before}${rest}${behind}`));
      const ids = [...snapshot.maps.id];
      expect(ids, `cut at ${start}: ${rest.slice(0, 60)}`).toEqual(
        MAPS.slice(1).map(({ id }) => id),
      );
      expect(diagnostics).toMatchObject([{ level: "data-loss", code: "truncated" }]);
      expect(diagnostics[0]?.offset).toBe(before.length + rest.search(/\S/));
    }
  });

  test("cut right before a record", async () => {
    const at = text.indexOf(",", text.indexOf("}"));
    for (const rest of [text.slice(1), text.slice(at), text.slice(at + 1)]) {
      const { snapshot, diagnostics } = await readReal(bytesOf(rest));
      const from = rest.length === text.length - 1 ? 0 : 1;
      expect([...snapshot.maps.id]).toEqual(MAPS.slice(from).map(({ id }) => id));
      expect(diagnostics).toMatchObject([{ level: "data-loss", code: "truncated" }]);
    }
  });

  test("programs", async () => {
    const { snapshot, diagnostics } = await readReal(bytesOf(write(PROGRAMS).slice(40)));
    expect(snapshot.programs.map(({ id }) => id)).toEqual(PROGRAMS.slice(1).map(({ id }) => id));
    expect(diagnostics).toMatchObject([{ code: "truncated", offset: 0 }]);
  });
});

test("a dump is a lower bound", async () => {
  const text = decode(`${CAPTURE}/map-dump-dns_cache.json`);
  const whole = await readReal(bytesOf(text));
  const elements = whole.snapshot.dumps[0]?.elements as number;
  const { snapshot, diagnostics } = await readReal(bytesOf(text.slice(30)));
  expect(snapshot.dumps).toMatchObject([{ elements: elements - 1, complete: false }]);
  expect(diagnostics.map(({ code }) => code)).toEqual(["truncated"]);
});

test("a copy without names has the records that are whole, and nothing of the rest", async () => {
  const whole = forms["one line"](MAPS).replace("kmesh_events", "acme_billing");
  const text = whole.slice(whole.indexOf("me_billing"));
  const { copies, redaction } = await redactFiles([["maps.json", bytesOf(text)]]);
  const copy = new TextDecoder().decode(copies[0]?.[1]);
  expect(copy).not.toContain("billing");
  expect([...redaction.leftOut.keys()]).toContain(
    "the rest of a record whose beginning is cut off",
  );
  const { snapshot } = await readReal(bytesOf(copy));
  expect([...snapshot.maps.id]).toEqual(MAPS.slice(1).map(({ id }) => id));
});

test("without a whole record there is nothing to read", async () => {
  const { diagnostics } = await readTexts({ "rest.json": 'ock":4096,"frozen":0}]\n' });
  expect(diagnostics).toMatchObject([{ code: "nothing-known" }]);
});

test.each([
  ["prose with JSON in it", 'It shows maps: [{"id":1,"name":"a"},{"id":2,"name":"b"}]'],
  ["a prompt before it", '$ bpftool -j map show\n[{"id":1,"name":"a"},{"id":2}]'],
  ["a quote before it", 'He said "no", and then },{"id":1}'],
  ["lines of plain text", "1: hash  name a  flags 0x0\n"],
])("%s was not cut", (_what, text) => {
  expect(firstRecordBehindCut(text)).toBeUndefined();
});
