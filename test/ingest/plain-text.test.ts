import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Snapshot } from "../../src/model/snapshot.ts";
import {
  bytesOf,
  type Content,
  fixture,
  inChunks,
  readReal,
  readSources,
  readTexts,
} from "./read.ts";

/** What a snapshot says, without where it was read. */
function facts(snapshots: readonly Snapshot[]) {
  const places = new Set(["source", "sources", "offset"]);
  return JSON.parse(
    JSON.stringify(snapshots, (key, value) =>
      places.has(key)
        ? undefined
        : ArrayBuffer.isView(value)
          ? [...(value as Float64Array)]
          : value,
    ),
  );
}

const utf16 = (text: string, isBig: boolean) => {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, !isBig);
  for (let at = 0; at < text.length; at += 1)
    view.setUint16(2 * at + 2, text.charCodeAt(at), !isBig);
  return bytes;
};
const lines = (text: string, edit: (line: string) => string) =>
  text
    .split("\n")
    .map((line) => (line === "" ? line : edit(line)))
    .join("\n");
const ESC = "\u001b";

const PASTES: Readonly<Record<string, (text: string) => Content>> = {
  "UTF-16, as PowerShell writes it": (text) => utf16(text, false),
  "UTF-16, big end first": (text) => utf16(text, true),
  "UTF-16 without a mark": (text) => utf16(text, false).subarray(2),
  "colours around each line": (text) => lines(text, (it) => `${ESC}[1;32m${it}${ESC}[0m`),
  "lines that a terminal cleared": (text) => lines(text, (it) => `${it}${ESC}[K`),
  "a terminal's title": (text) => `${ESC}]0;root@node: ~\u0007${text}`,
  "blanks that do not break": (text) => text.replaceAll(" ", "\u00a0"),
  "a character without width in front": (text) => `\u200b${text}`,
  "two returns at the end of lines": (text) => text.replaceAll("\n", "\r\r\n"),
  "the source of a web page": (text) =>
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;"),
};

const TEXTS = [
  "capture-6.1/before/map-show.txt",
  "capture-6.1/before/prog-show.json",
  "capture-6.1/variants/map-show-outer_map.json",
  "capture-6.18/before/map-dump-kmesh_listener.txt",
  "ig-top-ebpf/columns-k8s.txt",
  "cgtop/terminal.txt",
  "kubectl-top/nodes-old-and-unknown.txt",
  "prometheus/kmesh.txt",
];

describe.each(Object.entries(PASTES))("%s: the facts are the same", (_name, paste) => {
  test.each(TEXTS)("%s", async (path) => {
    const text = new TextDecoder().decode(fixture(path));
    const before = await readTexts({ input: text });
    const after = await readTexts({ input: paste(text) });
    expect(facts(after.snapshots)).toEqual(facts(before.snapshots));
    expect(after.diagnostics.filter(({ level }) => level === "data-loss")).toEqual(
      before.diagnostics.filter(({ level }) => level === "data-loss"),
    );
  });
});

test("curly quotes of a word processor are quotes", async () => {
  const text = new TextDecoder().decode(fixture("bpftool-map-show/bare-object.json"));
  const { snapshots, diagnostics } = await readTexts({
    input: text.replace(/"([^"]*)"/g, "“$1”"),
  });
  expect(snapshots.map(({ maps }) => [...maps.id])).toEqual([[7]]);
  expect(diagnostics).toMatchObject([{ level: "info", code: "repaired" }]);
});

test("JSON that holds such words in its strings is left as it is", async () => {
  const text = new TextDecoder().decode(fixture("bpftool-map-show/bare-object.json"));
  const comm = '"pids":[{"pid":7,"comm":"a&quot;b“"}]';
  const { snapshots, diagnostics } = await readTexts({
    input: text.replace(/\}\s*$/, `,${comm}}`),
  });
  expect(snapshots[0]?.holders[0]?.pids).toEqual([{ pid: 7, comm: "a&quot;b“" }]);
  expect(diagnostics).toEqual([]);
});

test("offsets of lines stay true", async () => {
  const row = "worker-1 5 SockOps";
  const text = `${ESC}[1mPROGID TYPE NAME PID COMM RUNTIME RUNCOUNT MAPMEMORY MAPCOUNT${ESC}[0m\n7 SockOps a 1 b 0s 0 4KiB 1\n${row}\n`;
  const { diagnostics } = await readTexts({ input: text });
  expect(diagnostics.map(({ offset }) => offset)).toContain(text.indexOf(row));
});

test("chunk borders mean nothing", async () => {
  const clean = new TextDecoder().decode(fixture("ig-top-ebpf/columns-k8s.txt"));
  const dirty = bytesOf(
    lines(clean, (it) => `${ESC}[32m${it.replaceAll(" ", "\u00a0")}\u200b${ESC}[0m\r`),
  );
  const expected = facts((await readTexts({ input: dirty })).snapshots);
  expect(expected[0].programUsage).toHaveLength(5);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(dirty.length), { maxLength: 40 }), async (cuts) => {
      const { snapshots } = await readSources([inChunks("input", dirty, cuts)]);
      expect(facts(snapshots)).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test("a compiled object is half zeros, and no UTF-16", async () => {
  const { snapshot, diagnostics } = await readReal(fixture("bpf-object/map-attributes.el.o"));
  expect(snapshot.objects).toHaveLength(1);
  expect(diagnostics.map(({ code }) => code)).not.toContain("repaired");
});

test("bytes of which half are zero are no UTF-16 unless the others are text", async () => {
  const numbers = Uint8Array.from({ length: 400 }, (_, at) => (at % 2 === 0 ? (at * 37) % 256 : 0));
  const { diagnostics } = await readTexts({ "values.bin": numbers });
  expect(diagnostics.map(({ code }) => code)).toEqual(["wrong-format"]);
});
