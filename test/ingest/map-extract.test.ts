/** What jq takes out of `bpftool map show`: records with an id and some of the fields. */
import { describe, expect, test } from "vitest";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { component } from "../support/component.ts";
import { bytesOf, fixture, readReal, readTexts } from "./read.ts";

interface Listed {
  readonly id: number;
  readonly type: string;
  readonly name?: string;
  readonly bytes_memlock: number;
  readonly max_entries: number;
}
const LIST = new TextDecoder().decode(fixture("capture-6.1/before/map-show-pinned.json"));
const MAPS = (JSON.parse(LIST) as Listed[]).slice(0, 8);
// As `jq '.[] | {id, name, bytes_memlock}'` does: null for a map without a name.
const memoryOf = ({ id, name, bytes_memlock }: Listed) => ({
  id,
  name: name ?? null,
  bytes_memlock,
});

const forms = {
  "one a line": (all: readonly object[]) => all.map((it) => `${JSON.stringify(it)}\n`).join(""),
  "an array": (all: readonly object[]) => `${JSON.stringify(all)}\n`,
  "pretty objects": (all: readonly object[]) =>
    all.map((it) => `${JSON.stringify(it, null, 2)}\n`).join(""),
  "a pretty array": (all: readonly object[]) => `${JSON.stringify(all, null, 2)}\n`,
};

describe.each(Object.entries(forms))("%s", (_form, write) => {
  test("id, name and memory: the rest is absent, not 0", async () => {
    const { snapshot, diagnostics } = await readReal(bytesOf(write(MAPS.map(memoryOf))));
    const { maps, sources } = snapshot;
    expect(sources).toMatchObject([{ format: "bpftool-map-show" }]);
    expect([...maps.id]).toEqual(MAPS.map(({ id }) => id));
    expect([...maps.name].map((it) => maps.names[it])).toEqual(MAPS.map(({ name }) => name));
    expect([...maps.memlockBytes]).toEqual(MAPS.map((it) => it.bytes_memlock));
    for (const column of [maps.keySize, maps.valueSize, maps.maxEntries, maps.flags]) {
      expect([...column].every(Number.isNaN)).toBe(true);
    }
    expect([...maps.type].every((it) => it === -1)).toBe(true);
    expect(diagnostics).toMatchObject([{ level: "info", code: "ambiguous" }]);
    expect(diagnostics[0]?.message).toContain("8 records have an id and bytes_memlock");
  });

  test("with the type, and with max_entries", async () => {
    const typed = MAPS.map(({ id, type, bytes_memlock }) => ({ id, type, bytes_memlock }));
    const read = await readReal(bytesOf(write(typed)));
    const { type, typeNames } = read.snapshot.maps;
    expect([...type].map((it) => typeNames[it])).toEqual(MAPS.map((it) => it.type));
    expect(read.diagnostics.map(({ code }) => code)).toEqual(["ambiguous"]);
    const sized = MAPS.map(({ id, max_entries }) => ({ id, max_entries }));
    const { snapshot, diagnostics } = await readReal(bytesOf(write(sized)));
    expect([...snapshot.maps.maxEntries]).toEqual(MAPS.map((it) => it.max_entries));
    expect(diagnostics).toEqual([]);
  });
});

async function readReport(text: string) {
  return ingest([fromBytes("report.md", bytesOf(text))], { component: await component() });
}

describe("below the command that it was taken out of", () => {
  const part = forms["one a line"](MAPS.map(memoryOf));
  const fence = (...lines: readonly string[]) =>
    `Hi\n\n\`\`\`console\n${lines.join("\n")}\n\`\`\`\n`;
  const JQ = "| jq -c '.[]|{id,name,bytes_memlock}'";

  test.each(Object.entries(forms))("programs, %s: no map is made of them", async (_form, write) => {
    const records = write(MAPS.map(memoryOf));
    const read = await readReport(fence(`$ sudo bpftool -j prog show ${JQ}`, records));
    expect(read.snapshots.flatMap(({ maps }) => [...maps.id])).toEqual([]);
    expect(read.diagnostics).toMatchObject([{ level: "info", code: "no-facts" }]);
    expect(read.diagnostics[0]?.message).toContain("8 records are of programs");
  });

  test("programs below the list of the maps: one look, with the maps alone", async () => {
    const programs = [{ id: MAPS[0]?.id, name: "a_program", bytes_memlock: 8192 }];
    const { snapshot } = await readReal(
      fence("$ bpftool -j map show", JSON.stringify(MAPS), `$ bpftool -j prog show ${JQ}`) +
        fence(`$ bpftool -j prog list ${JQ}`, forms["one a line"](programs)),
    );
    expect([...snapshot.maps.id]).toEqual(MAPS.map(({ id }) => id));
    expect([...snapshot.maps.memlockBytes]).toEqual(MAPS.map((it) => it.bytes_memlock));
  });

  test.each([
    ["maps", `$ bpftool -j map show ${JQ}`],
    [
      "maps of programs",
      "# bpftool -j prog show | jq '.[].map_ids[]' | xargs -n1 bpftool -j map show id",
    ],
  ])("%s are taken for what they are", async (_what, command) => {
    const { snapshot, diagnostics } = await readReal(fence(command, part));
    expect([...snapshot.maps.id]).toEqual(MAPS.map(({ id }) => id));
    expect(diagnostics).toMatchObject([{ code: "ambiguous" }]);
    expect(diagnostics[0]?.message).toContain("8 records have no sizes");
  });

  test.each([
    [
      "the end of its fence",
      `${fence("$ bpftool -j prog show | wc -l", "12")}\`\`\`\n${part}\`\`\`\n`,
    ],
    ["another prompt", fence("$ bpftool -j prog show | wc -l", "12", "$ cat maps.jsonl", part)],
    ["words", `$ bpftool prog show\n\nshowed nothing, but the maps:\n\n${part}`],
  ])("a command counts to %s", async (_what, report) => {
    const { snapshot } = await readReal(report);
    expect([...snapshot.maps.id]).toEqual(MAPS.map(({ id }) => id));
  });

  test("an id that comes again is of another time", async () => {
    const [first, second] = MAPS.map(memoryOf);
    const later = { ...first, bytes_memlock: 1 };
    const { snapshots } = await readReport(
      fence(forms["one a line"]([first, second, later] as object[])),
    );
    expect(snapshots.map(({ maps }) => [...maps.id])).toEqual([
      [first?.id, second?.id],
      [first?.id],
    ]);
  });
});

test("a map whose memory was not reported is one all the same", async () => {
  const { snapshot } = await readReal('{"id":1,"name":"a","bytes_memlock":null}\n');
  expect([...snapshot.maps.id]).toEqual([1]);
  expect(snapshot.maps.memlockBytes[0]).toBeNaN();
});

test.each([
  ["a type", { id: 1, type: "kprobe", name: "a", bytes_memlock: 4096 }, '"kprobe"'],
  ["a long name", { id: 1, name: "a_name_of_a_program", bytes_memlock: 4096 }, "15 bytes"],
])("records of programs, by %s, are not taken for maps", async (_what, record, word) => {
  const { snapshots, diagnostics } = await ingest(
    [fromBytes("input", bytesOf(JSON.stringify([record])))],
    { component: await component() },
  );
  expect(snapshots.flatMap(({ maps }) => [...maps.id])).toEqual([]);
  expect(diagnostics).toMatchObject([{ code: "wrong-format" }]);
  expect(diagnostics[0]?.message).toContain(word);
});

test("what only programs have is of no map", async () => {
  const text = '[{"id":1,"name":"a","bytes_memlock":4096,"run_time_ns":5}]';
  const { diagnostics } = await readTexts({ input: text });
  expect(diagnostics).toMatchObject([{ code: "nothing-known" }]);
});

describe("beside the list that it was taken out of", () => {
  const whole = JSON.stringify(MAPS);
  const part = forms["one a line"](MAPS.map(memoryOf));
  const fence = (text: string) => `\n\`\`\`\n${text}\n\`\`\`\n`;

  test.each([
    ["in one report", `It grows:\n${fence(whole)}\nIn short:\n${fence(part)}`],
    ["before it", `In short:\n${fence(part)}\nIt grows:\n${fence(whole)}`],
  ])("%s: each map once, with its definition", async (_where, report) => {
    const { snapshot } = await readReal(bytesOf(report));
    const { maps } = snapshot;
    const byId = (a: number, b: number) => a - b;
    expect([...maps.id].sort(byId)).toEqual(MAPS.map(({ id }) => id));
    expect([...maps.maxEntries].sort(byId)).toEqual(MAPS.map((it) => it.max_entries).sort(byId));
  });

  test("another figure is of another time", async () => {
    const other = forms["an array"](MAPS.map((it) => ({ ...memoryOf(it), bytes_memlock: 1 })));
    const { snapshots } = await ingest(
      [fromBytes("a", bytesOf(whole)), fromBytes("b", bytesOf(other))],
      { component: await component() },
    );
    expect(snapshots).toHaveLength(2);
  });
});
