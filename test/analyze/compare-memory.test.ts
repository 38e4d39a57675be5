/** Known answers: excerpts of /proc/meminfo before and after, in kB of 1,024 bytes. */
import { expect, test } from "vitest";
import { analyzeSources } from "../support/analyze-fixture.ts";

const KIB = 1024;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const block = (slab: number, pod: string) =>
  `\`\`\`\nSlab:  ${slab} kB\nPercpu:  100 kB\n/kubepods/podcb448151-a612-4392-b96f-2b1fe0727dff  -  -  ${pod}  -  -\n\`\`\`\n`;

test("what both times have is compared, with what rounding leaves open", async () => {
  const report = `# before\n${block(1_327_932, "2.8M")}# after\n${block(1_417_216, "9.8M")}`;
  const { comparisons } = await analyzeSources([["report.md", bytesOf(report)]]);
  expect(comparisons[0]?.memory).toEqual([
    {
      what: "meminfo Slab",
      from: 1_327_932 * KIB,
      to: 1_417_216 * KIB,
      delta: 89_284 * KIB,
      errorBytes: 0,
    },
    { what: "meminfo Percpu", from: 102_400, to: 102_400, delta: 0, errorBytes: 0 },
    expect.objectContaining({
      what: "group /kubepods/podcb448151-a612-4392-b96f-2b1fe0727dff",
      delta: 7 * KIB * KIB,
    }),
  ]);
  const error = comparisons[0]?.memory?.[2]?.errorBytes ?? 0;
  expect(error).toBeGreaterThan(0.09 * KIB * KIB);
  expect(error).toBeLessThan(0.11 * KIB * KIB);
});

test("what only one of them has is no change", async () => {
  const report = `# before\n${block(1, "1.0M")}# after\n\`\`\`\nVmallocUsed: 5 kB\n\`\`\`\n`;
  const { comparisons } = await analyzeSources([["report.md", bytesOf(report)]]);
  expect(comparisons[0]).not.toHaveProperty("memory");
});
