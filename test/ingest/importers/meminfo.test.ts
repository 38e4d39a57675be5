/** Known answers: /proc/meminfo and `free` in three units, taken on one host within a second. */
import { expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

const KIB = 1024;

test("kB are KiB", async () => {
  const { hostMemory } = await readOne(fixture("meminfo/meminfo.txt"));
  expect(hostMemory).toHaveLength(1);
  expect(hostMemory[0]?.figures.MemTotal?.value).toBe(24_684_092 * KIB);
});

test("the same keys again are another time", async () => {
  const { hostMemory } = await readOne(fixture("meminfo/excerpt-before-after.txt"));
  expect(hostMemory.map((it) => it.figures.Slab?.value)).toEqual([
    1_327_932 * KIB,
    1_417_216 * KIB,
  ]);
});

test.each(["free-m", "free-h", "free-b"])(
  "%s: the total of the host is within the bounds",
  async (name) => {
    const { hostMemory } = await readOne(fixture(`meminfo/${name}.txt`));
    const total = hostMemory[0]?.figures.total;
    expect(hostMemory[0]?.tool).toBe("free");
    expect(total?.least).toBeLessThanOrEqual(24_684_092 * KIB);
    expect(total?.most).toBeGreaterThanOrEqual(24_684_092 * KIB);
    expect(Object.keys(hostMemory[0]?.figures ?? {})).toContain("available");
  },
);

test("a unit that the total does not settle is not guessed", async () => {
  const { hostMemory, sources } = await readOne(fixture("meminfo/free-ambiguous.txt"));
  expect(hostMemory).toEqual([]);
  expect(sources[0]?.diagnostics).toMatchObject([
    { code: "ambiguous", message: expect.stringContaining("KiB or MiB") },
  ]);
});
