/** Which word was meant. */
import { expect, test } from "vitest";
import { nearest } from "../../src/cli/nearest.ts";

const known = ["terminal", "json", "markdown"];

test.each([
  ["jsno", "json"],
  ["JSON", "json"],
  ["markdwon", "markdown"],
  ["term", "terminal"],
  ["", undefined],
  ["html", undefined],
  ["termnal", "terminal"],
])("%j is near %j", (word, expected) => {
  expect(nearest(word, known)).toBe(expected);
});
