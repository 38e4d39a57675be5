/** A real listing with one wrong row: the other maps keep their figures, and the row is named. */
import { describe, expect, test } from "vitest";
import type { Analysis } from "../../../src/analyze/analysis.ts";
import type { HostOptions } from "../../../src/model/infer-host.ts";
import { analyzeSources, fixtureBytes } from "../../support/analyze-fixture.ts";
import { differences, only } from "../../support/kernel-figures.ts";

interface ShownMap {
  readonly id: number;
  readonly name?: string;
  readonly type: string;
  bytes_memlock: number;
}

const FOLDER = "capture-6.18/before/";
const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const parse = <T>(file: string): T =>
  JSON.parse(new TextDecoder().decode(fixtureBytes(`${FOLDER}${file}`)));

/** The listing, with bytes added to what it says of maps; `keep` leaves rows out. */
function analyzeChanged(
  added: Readonly<Record<string, number>>,
  options: HostOptions = {},
  keep: (map: ShownMap) => boolean = () => true,
): Promise<Analysis> {
  const maps = parse<ShownMap[]>("map-show.json").filter(keep);
  for (const map of maps) map.bytes_memlock += added[map.name ?? ""] ?? 0;
  return analyzeSources([["map-show.json", encode(maps)]], options);
}

const contradictions = ({ diagnostics }: Analysis) =>
  diagnostics.filter(({ code }) => code === "contradiction");

describe("an odd row of a listing", () => {
  test.each([
    ["conn_stats", 4096],
    ["conn_stats", 8],
    ["dns_cache", 4096],
    ["dns_cache", -64],
    ["exec_args", 4096],
    ["tmp_buf", 8],
    ["kmesh_version", 1000],
    ["jobs", 1000],
    ["kmesh_events", 1000],
    ["outer_map", -8_000_000],
  ])("of %s, %d bytes off, is named and costs no other map its model", async (name, bytes) => {
    const analysis = await analyzeChanged({ [name]: bytes });
    const snapshot = only(analysis);
    expect(snapshot.host.possibleCpus).toMatchObject({ value: 2, basis: "inferred" });
    expect(snapshot.host.accounting?.value).toBe("per-type");
    expect(differences(snapshot).map((it) => it.name)).toEqual([name]);
    const [odd] = differences(snapshot);
    expect((odd?.reported ?? 0) - (odd?.modeled ?? 0)).toBe(bytes);
    expect(contradictions(analysis)).toMatchObject([
      { message: expect.stringContaining(name), file: expect.stringContaining(name) },
    ]);
  });

  test("is one of two that are named, each with its reason", async () => {
    const analysis = await analyzeChanged({ conn_stats: 4096, jobs: 1000 });
    expect(differences(only(analysis)).map((it) => it.name)).toEqual(["conn_stats", "jobs"]);
    const messages = contradictions(analysis).map(({ message }) => message);
    expect(messages).toHaveLength(2);
    expect(messages.join()).toMatch(/conn_stats.*jobs|jobs.*conn_stats/);
  });
});

describe("a dump of another moment than the listing", () => {
  const dumpOf = (name: string, entries: number) => {
    const file = `map-dump-${name}.json`;
    return [file, encode(parse<unknown[]>(file).slice(0, entries))] as const;
  };

  test.each(["node_cidrs", "kmesh_manage", "kmesh_listener"])(
    "%s costs no other map its model, and is named",
    async (name) => {
      const show = ["map-show.json", fixtureBytes(`${FOLDER}map-show.json`)] as const;
      const whole = parse<unknown[]>(`map-dump-${name}.json`).length;
      const analysis = await analyzeSources([show, dumpOf(name, whole - 2)]);
      const snapshot = only(analysis);
      expect(snapshot.host.possibleCpus).toMatchObject({ value: 2, basis: "inferred" });
      expect(differences(snapshot).map((it) => it.name)).toEqual([name]);
      const counts = `its dump counts ${whole - 2} entries, its report fits ${whole}`;
      expect(contradictions(analysis)).toMatchObject([
        { message: expect.stringMatching(new RegExp(`${name}.*${counts}`)) },
      ]);
      const same = await analyzeSources([show, dumpOf(name, whole)]);
      expect(differences(only(same))).toEqual([]);
      expect(contradictions(same)).toEqual([]);
    },
  );
});

describe("a row that alone tells the size of its struct", () => {
  test.each([
    ["kmesh_events", 1000, {}],
    ["kmesh_events", 1000, { kernel: "6.18.44" }],
    ["jobs", 1000, { kernel: "6.18.44" }],
    ["kmesh_events", 128, { kernel: "6.18.44" }],
    ["kmesh_events", 4, { kernel: "6.18.44" }],
  ])(
    "%s, %d bytes too much, is not explained by a struct of another size (%o)",
    async (name, bytes, options) => {
      const analysis = await analyzeChanged({ [name]: bytes }, options, (it) => it.name === name);
      const [family] = only(analysis).families;
      expect(family?.unattributedBytes?.value).not.toBe(0);
      if ("kernel" in options) expect(family?.unattributedBytes?.value).toBe(bytes);
      expect(contradictions(analysis)).toMatchObject([{ message: expect.stringContaining(name) }]);
    },
  );

  test("is out of step where its siblings are those of a known kernel", async () => {
    const analysis = await analyzeChanged({ kmesh_events: 104 });
    const [odd, ...others] = differences(only(analysis));
    expect(others).toEqual([]);
    expect((odd?.reported ?? 0) - (odd?.modeled ?? 0)).toBe(104);
    expect(contradictions(analysis)[0]?.message).toMatch(/kmesh_events.*out of step/);
  });

  test("is believed within a window: a build may have fields of its own", async () => {
    const analysis = await analyzeChanged({ kmesh_events: 16 }, { kernel: "6.18.44" });
    expect(differences(only(analysis))).toEqual([]);
    expect(contradictions(analysis)).toEqual([]);
  });

  test("does not move a size that the user gave", async () => {
    const structSizes = { bpf_ringbuf_map: 304 };
    const analysis = await analyzeChanged({ kmesh_events: 16 }, { structSizes });
    const [odd] = differences(only(analysis));
    expect((odd?.reported ?? 0) - (odd?.modeled ?? 0)).toBe(16);
  });
});

test("names of given sizes that no formula knows are told once", async () => {
  const structSizes = { bpf_htab: 832, bpf_htabb: 832, task_struct: 9000 };
  const analysis = await analyzeChanged({}, { structSizes });
  const told = analysis.diagnostics.filter(({ level }) => level === "info");
  expect(told).toMatchObject([
    { code: "unknown-key", message: expect.stringMatching(/bpf_htabb, task_struct/) },
  ]);
});
