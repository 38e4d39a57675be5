import { expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

test.each([
  ["Linux 6.18.44-fc-v595 #1 SMP PREEMPT_DYNAMIC @0 x86_64", "6.18.44-fc-v595"],
  [
    "Linux node-1 6.1.19-7.0.0.17.oe2303.x86_64 #1 SMP Tue x86_64 GNU/Linux",
    "6.1.19-7.0.0.17.oe2303.x86_64",
  ],
])("%s", async (line, value) => {
  const { host, sources } = await readOne(`${line}\n`, "uname.txt");
  expect(sources).toMatchObject([{ format: "uname" }]);
  expect(host).toEqual([
    { fact: "kernelRelease", value, basis: "reported", source: "uname.txt line 1" },
  ]);
});

test("in a report it is a block", async () => {
  const { host, sources } = await readOne("It is slow.\n\n$ uname -a\nLinux n 6.6.30 #1 SMP\n");
  expect(sources).toMatchObject([{ format: "markdown-issue" }]);
  expect(host).toMatchObject([{ fact: "kernelRelease", value: "6.6.30", source: "input line 4" }]);
});

test("a capture's own", async () => {
  const { host } = await readOne(fixture("capture-6.18/uname.txt"));
  expect(host[0]?.value).toMatch(/^6\.18\./);
});
