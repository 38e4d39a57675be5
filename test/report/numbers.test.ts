/** Shares as a person would say them, with the percentage that they stand for. */
import { expect, test } from "vitest";
import { shareInWords } from "../../src/report/parts/numbers.ts";

test.each([
  [1, "all"],
  [0.9999, "nearly all (>99 %)"],
  [0.94, "nearly all (94 %)"],
  [0.75, "three quarters (75 %)"],
  [0.6498, "two thirds (65 %)"],
  [0.6, "60 %"],
  [0.5, "half (50 %)"],
  [1 / 3, "a third (33 %)"],
  [0.1, "a tenth (10 %)"],
  [0.001, "<1 %"],
])("%d is %s", (value, words) => {
  expect(shareInWords(value)).toBe(words);
});
