/** Plain-text dumps of per-CPU maps of which lines were taken out: how many CPUs there are is then not told. */
import { expect, test } from "vitest";
import { readReal } from "./read.ts";

/** As bpftool 7.1 prints it (`print_entry_plain()`). */
const element = (key: number, cpus: readonly number[]) => [
  `key:`,
  `0${key} 00 00 00`,
  ...cpus.map((cpu) => `value (CPU ${String(cpu).padStart(2, "0")}): 0${key} 00 00 00 00 00 00 00`),
];

const read = async (...lines: readonly string[]) => {
  const { snapshot, diagnostics } = await readReal(`${lines.join("\n")}\n`);
  const { elements, possibleCpus, complete } = snapshot.dumps[0] ?? {};
  return { elements, possibleCpus, complete, told: diagnostics.map(({ path }) => path) };
};

test("whole: each element has a value for each CPU", async () => {
  const lines = [...element(1, [0, 1, 2]), ...element(2, [0, 1, 2]), "Found 2 elements"];
  expect(await read(...lines)).toEqual({
    ...{ elements: 2, possibleCpus: 3, complete: true, told: [] },
  });
});

test.each([
  ["the first", [1, 2]],
  ["one in the middle", [0, 2]],
  ["the last", [0, 1]],
])("%s is missing in one element", async (_what, cpus) => {
  const lines = [...element(1, [0, 1, 2]), ...element(2, cpus), "Found 2 elements"];
  const found = await read(...lines);
  expect(found).toEqual({ elements: 2, complete: false, told: ["line 6"] });
});

test("some stand for others", async () => {
  const [key = "", bytes = "", first = "", last = ""] = element(1, [0, 63]);
  expect(await read(key, bytes, first, "...", last, "Found 1 element")).toEqual({
    ...{ elements: 1, complete: false, told: ["line 1", "line 4"] },
  });
  expect(await read(key, bytes, first, "...", "Found 1 element")).toEqual({
    ...{ elements: 1, complete: false, told: ["line 4"] },
  });
});

test("a dump that ends inside of an element tells the CPUs by those before", async () => {
  const found = await read(...element(1, [0, 1, 2]), ...element(2, [0, 1]));
  expect(found).toMatchObject({ elements: 2, possibleCpus: 3, complete: false });
});
