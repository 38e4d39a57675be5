/** What the scanners make of bpftool's JSON: columns, counts, problems with their places. */
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/input-error.ts";
import type { Scanner } from "../../src/component/load.ts";
import { component } from "../support/component.ts";

const loaded = await component();

function scan<Result>(scanner: Scanner<Result>, text: string): Result {
  using open = scanner;
  open.push(new TextEncoder().encode(text));
  return open.finish();
}

const maps = (text: string) => scan(loaded.mapListScanner("maps.json"), text);
const dumps = (text: string) => scan(loaded.mapDumpScanner("dump.json"), text);
const programs = (text: string) => scan(loaded.programListScanner("progs.json"), text);

/** As bpftool 7.7 prints a map that has everything, and one that has nothing. */
const TWO_MAPS = `[{"id":7,"type":"hash","name":"flows","flags":1,"bytes_key":16,"bytes_value":48,"max_entries":1000,"bytes_memlock":65536,"frozen":0,"btf_id":12,"pinned":["/sys/fs/bpf/flows"],"pids":[{"pid":42,"comm":"agent"},{"pid":43,"comm":"caf\u00e9"}]},{"id":9,"type":34,"flags":-2147483648,"bytes_key":4,"bytes_value":8,"max_entries":2}]`;

describe("map show", () => {
  test("is columns, and NaN is what it did not say", () => {
    expect(maps(TWO_MAPS)).toEqual({
      rows: 2,
      id: Float64Array.of(7, 9),
      type: Int32Array.of(0, 1),
      typeNames: ["hash", "34"],
      name: Int32Array.of(0, -1),
      names: ["flows"],
      keySize: Float64Array.of(16, 4),
      valueSize: Float64Array.of(48, 8),
      maxEntries: Float64Array.of(1000, 2),
      flags: Float64Array.of(1, 2 ** 31),
      memlockBytes: Float64Array.of(65536, Number.NaN),
      btfId: Float64Array.of(12, Number.NaN),
      frozen: Float64Array.of(0, Number.NaN),
      holders: [
        {
          mapId: 7,
          pids: [
            { pid: 42, comm: "agent" },
            { pid: 43, comm: "café" },
          ],
          pins: ["/sys/fs/bpf/flows"],
        },
      ],
      problems: [
        {
          code: "repaired",
          offset: TWO_MAPS.indexOf("-2147483648") + 1,
          path: "$[1].flags",
          message:
            "-2147483648 is read as the unsigned 2147483648; bpftool before 2025-02 wrote flags as signed",
        },
      ],
      complete: true,
    });
  });

  test.each([
    ["nothing", "\n", ["tool-error"], true],
    ["null", "null\n", ["skipped-record"], true],
    [
      "an error",
      `{"error":"can't get map by id (7): No such file or directory"}`,
      ["tool-error"],
      false,
    ],
    ["a list cut short", `[{"id":1,"bytes_key":4},{"id":2,`, ["truncated"], false],
    [
      "an error and a list",
      `{"error":"x"},[{"id":1,"bytes_key":4}]`,
      ["tool-error", "repaired"],
      false,
    ],
  ])("%s", (_, text, codes, complete) => {
    const list = maps(text);
    expect([list.problems.map(({ code }) => code), list.complete]).toEqual([codes, complete]);
  });

  test("quotes the integer that no number can hold", () => {
    const [problem] = maps(
      `[{"id":1,"bytes_key":4,"bytes_memlock":18446744073709551615}]`,
    ).problems;
    expect(problem).toMatchObject({ code: "inexact-integer", path: "$[0].bytes_memlock" });
    expect(problem?.message).toContain("18446744073709551615");
  });
});

describe("map dump", () => {
  test("counts a key once, and a value when a byte of it is not 0", () => {
    const element = (key: string, value: string) =>
      `{"key":["${key}"],"value":["0x00","${value}"]}`;
    const text = `[${element("0x01", "0x00")},${element("0x02", "0xff")},${element("0x01", "0x00")}]`;
    expect(dumps(text)).toEqual({
      dumps: [
        {
          elements: 3,
          distinctKeys: 2,
          distinctKeysExact: true,
          nonZeroValues: 1,
          unreadable: 0,
          valueLengths: [
            { bytes: 0, values: 2 },
            { bytes: 2, values: 1 },
          ],
          sample: [
            { index: 0, key: Uint8Array.of(1), value: Uint8Array.of(0, 0) },
            { index: 1, key: Uint8Array.of(2), value: Uint8Array.of(0, 255) },
            { index: 2, key: Uint8Array.of(1), value: Uint8Array.of(0, 0) },
          ],
          keySize: 1,
          valueSize: 2,
          complete: true,
        },
      ],
      problems: [],
    });
  });

  test("keeps several maps apart, and counts the CPUs of a per-CPU map", () => {
    const perCpu = `{"key":["0x01"],"values":[{"cpu":0,"value":["0x00"]},{"cpu":1,"value":["0x01"]}]}`;
    const failed = `{"key":["0x02"],"value":{"error":"No such file or directory"}}`;
    const inner = `{"key":["0x00"],"value":["0x8b","0x00","0x00","0x00"],"inner_map_id":139}`;
    const map = (id: number, element: string) =>
      `{"id":${id},"type":"t${id}","name":"n","flags":0,"elements":[${element}]}`;
    const found = dumps(`[${map(1, perCpu)},${map(2, failed)},${map(3, inner)}]`).dumps;
    expect(found).toMatchObject([
      { mapId: 1, type: "t1", name: "n", elements: 1, possibleCpus: 2, valueSize: 1 },
      { mapId: 2, elements: 1, unreadable: 1, valueSize: Number.NaN },
      { mapId: 3, innerMapIds: Float64Array.of(139), valueU32s: Uint32Array.of(139) },
    ]);
  });
});

describe("prog show", () => {
  test("has the direct maps of each program", () => {
    const text = `[{"id":3,"type":"xdp","name":"pass","tag":"a04f5eef06a7f555","gpl_compatible":true,"bytes_xlated":296,"jited":false,"map_ids":[7,9],"pids":[{"pid":1,"comm":"init"}]},{"id":4,"type":"xdp","tag":"b","map_ids":[9]}]`;
    expect(programs(text).programs).toEqual([
      {
        id: 3,
        type: "xdp",
        name: "pass",
        tag: "a04f5eef06a7f555",
        mapIds: [7, 9],
        bytesXlated: 296,
        pids: [{ pid: 1, comm: "init" }],
      },
      { id: 4, type: "xdp", tag: "b", mapIds: [9], pids: [] },
    ]);
  });
});

describe("what is none of these", () => {
  test("is an input error with file, offset and path", () => {
    const error = attempt(() => maps("  10: hash  name flows"));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({
      code: "wrong-format",
      place: { file: "maps.json", offset: 2, path: "$" },
    });
  });

  test("leaves the component usable", () => {
    attempt(() => dumps(TWO_MAPS));
    expect(maps(TWO_MAPS).rows).toBe(2);
  });
});

function attempt(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
