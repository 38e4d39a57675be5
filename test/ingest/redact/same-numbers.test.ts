/** The analysis of a copy has the numbers of the original's, for every fixture. */
import { describe, expect, test } from "vitest";
import { analyzeSources } from "../../support/analyze-fixture.ts";
import { filesUnder, read, readBytes } from "../../support/project-files.ts";
import { numbersOf } from "./numbers.ts";
import { type File, redactFiles } from "./redact-files.ts";

const manifests = filesUnder("fixtures").filter((path) => path.endsWith("manifest.json"));
const single = manifests.flatMap((path) => {
  const { files } = JSON.parse(read(path)) as {
    files?: readonly { path: string; format: string }[];
  };
  return (files ?? []).map((it) => ({ ...it, path: path.replace("manifest.json", it.path) }));
});

/** Formats that are left out, whose fixtures have nothing to compare. */
const LEFT_OUT = new Set(["bpf-object", "bpftool-btf-dump", "capture-notes", "mapscope-analysis"]);

/** Folders of captures, whose files are joined. */
const CAPTURES = [
  "capture-6.1",
  "capture-6.18",
  "capture-6.18-head",
  "capture-6.18-objects",
  "kmesh-v0.5.0-node",
];

async function bothOf(files: readonly File[]) {
  const { copies, files: told } = await redactFiles(files);
  // What was left out is told, and cannot be in the numbers.
  const leftOut = new Set(told.filter((it) => it.reason !== undefined).map(({ file }) => file));
  const without = new Set(leftOut.size === 0 ? [] : ["objects"]);
  const original = await analyzeSources(files.filter(([file]) => !leftOut.has(file)));
  return {
    original: numbersOf(original, without),
    copy: numbersOf(await analyzeSources(copies), without),
    told,
  };
}

describe("the copy of a file has the same numbers", () => {
  test.each(
    single.filter(({ format, path }) => !LEFT_OUT.has(format) && !path.includes("bpf-object")),
  )("$path", async ({ path }) => {
    const { original, copy, told } = await bothOf([
      [path.replace("fixtures/", ""), readBytes(path)],
    ]);
    if (told.some((it) => it.format !== undefined)) expect(copy).toEqual(original);
    else expect(told.length).toBeGreaterThan(0);
  });
});

describe("the copy of a capture has the same numbers", () => {
  test.each(CAPTURES)("%s", async (folder) => {
    const files = filesUnder(`fixtures/${folder}`)
      .filter((it) => !/manifest|variants|btf|\.o$/.test(it))
      .map((it) => [it.replace("fixtures/", ""), readBytes(it)] as const);
    const { original, copy } = await bothOf(files);
    expect(copy).toEqual(original);
  });
});
