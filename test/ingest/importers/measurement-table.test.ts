/** Known answers: the tables of a page about Kmesh 0.4. */
import { describe, expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

test("Chinese heads; 23 MB does not say whether it is decimal, so its bounds take in both", async () => {
  const { measurements } = await readOne(fixture("measurement-table/chinese.md"));
  expect(measurements).toMatchObject([
    { scale: { title: "服务数量", of: "services" }, columns: [{ kind: "memory" }] },
  ]);
  expect(measurements[0]?.rows.map((it) => it.scale)).toEqual([1, 100, 1000]);
  expect(measurements[0]?.rows[0]?.values).toEqual([
    { value: 23_000_000, least: 22_500_000, most: Math.floor(23.5 * 2 ** 20), text: "23 MB" },
  ]);
});

describe("units in the head", async () => {
  const { measurements, sources } = await readOne(
    fixture("measurement-table/english-units-in-head.md"),
  );

  test("MiB is binary, m is thousandths of a CPU, 10k is ten thousand", () => {
    expect(measurements[0]?.columns.map((it) => it.kind)).toEqual(["memory", "cpu-millis"]);
    expect(measurements[0]?.rows.map((it) => it.scale)).toEqual([1, 1000, 10_000]);
    expect(measurements[0]?.rows[2]?.values).toMatchObject([
      { value: 538 * 2 ** 20, text: "538 MiB" },
      { value: 210, text: "210 m" },
    ]);
  });

  test("a row whose scale is no number is reported", () => {
    expect(sources[0]?.diagnostics).toMatchObject([
      { code: "skipped-record", message: expect.stringContaining('"baseline"') },
    ]);
  });
});

test("a table without a scale, or without a figure, is none of these", async () => {
  for (const head of ["| component | version |", "| services | result |", "| memory | note |"]) {
    expect((await readOne(`${head}\n|---|---|\n| 1 | 2 |\n`)).measurements).toEqual([]);
  }
});

test("an empty cell is absent, a word in it is reported", async () => {
  const text = "| pods | CPU (%) |\n|---|---|\n| 1 | - |\n| 2 | high |\n| 3 | 4.5 |\n";
  const { measurements, sources } = await readOne(text);
  expect(measurements[0]?.rows.map((it) => it.values[0]?.value)).toEqual([
    undefined,
    undefined,
    4.5,
  ]);
  expect(sources[0]?.diagnostics).toMatchObject([{ message: expect.stringContaining('"high"') }]);
});

describe("blank lines", () => {
  const HEAD = "| services | memory |\n|---|---|\n";
  const read = async (text: string) => {
    const { measurements, sources } = await readOne(`# Results\n\n${text}\n`);
    return {
      scales: measurements.map(({ rows }) => rows.map((it) => it.scale)),
      told: sources[0]?.diagnostics.map((it) => it.message),
    };
  };

  test("between rows, as copies of web pages have them, part no table", async () => {
    const text = `${HEAD.replace("\n", "\n\n")}\n| 1 | 23 MB |\n\n| 100 | 24 MB |\n\n\n| 1000 | 31 MB |`;
    expect(await read(text)).toEqual({ scales: [[1, 100, 1000]], told: [] });
  });

  test("a row below one that has no number is told", async () => {
    const { scales, told } = await read(`${HEAD}| 1 | 23 MB |\n\n| ?? | 24 MB |\n\n| 9 | 25 MB |`);
    expect(scales).toEqual([[1, 9]]);
    expect(told).toEqual([expect.stringContaining('"??"')]);
  });

  test("another table below one, and words, are none of its rows", async () => {
    const text = `${HEAD}| 1 | 23 MB |\n\n| component | version |\n|---|---|\n| 5 | 6 |\n\nThat is all.`;
    expect(await read(text)).toEqual({ scales: [[1]], told: [] });
  });
});
