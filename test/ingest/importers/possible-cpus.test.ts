import { expect, test } from "vitest";
import { readOne } from "../read.ts";

test.each([
  ["0", 1],
  ["0-1", 2],
  ["0-127", 128],
  ["0-3,8-11", 8],
  ["0,2,4", 3],
])("%s is %i CPUs", async (list, value) => {
  const { host } = await readOne(`${list}\n`, "capture/possible.txt");
  expect(host).toMatchObject([{ fact: "possibleCpus", value, basis: "reported" }]);
});

test("without the word in the name the list may be of the CPUs that are online", async () => {
  const { host } = await readOne("0-7\n", "cpus.txt");
  expect(host).toMatchObject([{ fact: "possibleCpus", value: 8, basis: "assumed" }]);
});

test.each(["8", "1-7", "0-", "2024-11-22", "0-7 cpus"])("%s is no such list", async (text) => {
  const { host } = await readOne(`${text}\n`);
  expect(host).toEqual([]);
});

test("with the word online in the name it is of those", async () => {
  const { host } = await readOne("0-2\n", "capture/online.txt");
  expect(host).toMatchObject([{ fact: "onlineCpus", value: 3, basis: "reported" }]);
});
