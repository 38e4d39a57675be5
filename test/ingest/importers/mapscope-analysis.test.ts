import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze/analyze.ts";
import { inOrder, savedSnapshots } from "../../../src/analyze/saved.ts";
import { fixture, readTexts } from "../read.ts";

const PATH = "mapscope-analysis/issue-945.json";
const saved = JSON.parse(new TextDecoder().decode(fixture(PATH)));

const load = async (content: Uint8Array | string, taken: readonly string[] = []) => {
  const read = await readTexts({ "old.json": content });
  const { snapshots, diagnostics } = await savedSnapshots(read.saved, taken);
  return {
    ...read,
    snapshots,
    diagnostics: [...read.diagnostics, ...diagnostics],
    facts: read.snapshots,
  };
};

test("its snapshots come in as they were saved, and rules run over them again", async () => {
  const { snapshots, facts, diagnostics } = await load(fixture(PATH));
  expect(facts).toEqual([]);
  expect(snapshots).toEqual(saved.snapshots);
  expect(diagnostics[0]).toMatchObject({ level: "info", code: "saved-analysis", file: "old.json" });
  const again = analyze(snapshots, { toolVersion: "0.1.0" });
  expect(again.findings.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(saved.findings.map(({ rule }: { rule: string }) => rule)),
  );
  expect(again.comparisons).toEqual(saved.comparisons);
});

test("a label that is in use gets the name of the file", async () => {
  const { snapshots } = await load(fixture(PATH), ["after"]);
  expect(snapshots.map(({ label }) => label)).toEqual(["before", "after (old.json)"]);
});

test("beside an input that is read now it is the older one, unless labels say otherwise", async () => {
  const { snapshots } = await load(fixture(PATH));
  const [before, after] = snapshots;
  if (!before || !after) throw new Error("two snapshots are saved");
  expect(inOrder([after], [before], [])).toEqual([after, before]);
  expect(inOrder([after], [before], ["before", "after"])).toEqual([before, after]);
});

describe("foreign and damaged", () => {
  const changed = (change: (json: typeof saved) => void) => {
    const json = structuredClone(saved);
    change(json);
    return JSON.stringify(json);
  };

  test.each([
    ["a tool of another name", "wrong-format", (it: typeof saved) => (it.tool.name = "other")],
    ["a newer schema", "wrong-format", (it: typeof saved) => (it.schemaVersion = "99")],
    ["the result of another command", "wrong-format", (it: typeof saved) => (it.kind = "objects")],
    ["no snapshots", "malformed", (it: typeof saved) => (it.snapshots = [])],
  ])("%s", async (_, code, change) => {
    const { snapshots, diagnostics } = await load(changed(change));
    expect(snapshots).toEqual([]);
    expect(diagnostics).toMatchObject([{ level: "data-loss", code, file: "old.json" }]);
  });

  test("an unsound snapshot is left out with its place, the other stays", async () => {
    const { snapshots, diagnostics } = await load(
      changed((it) => (it.snapshots[0].families[0].count = "many")),
    );
    expect(snapshots.map(({ label }) => label)).toEqual(["after"]);
    const problem = diagnostics.find(({ code }) => code === "malformed");
    expect(problem).toMatchObject({ path: "$.snapshots[0]", level: "data-loss" });
    expect(problem?.message).toContain("families.0.count");
  });

  test("cut inside the second snapshot, the first is read", async () => {
    const bytes = fixture(PATH);
    const text = new TextDecoder().decode(bytes);
    const end = text.indexOf('"label": "after"');
    const { snapshots, diagnostics } = await load(bytes.subarray(0, end + 100));
    expect(snapshots.map(({ label }) => label)).toEqual(["before"]);
    expect(diagnostics.map(({ code }) => code)).toContain("truncated");
  });
});
