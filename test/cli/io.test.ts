/** When there is colour, and how wide a line may be. */
import { expect, test } from "vitest";
import { wantsColor, widthOf } from "../../src/cli/io.ts";

const terminal = { write: () => undefined, isTTY: true, columns: 120 };
const pipe = { write: () => undefined };

test.each([
  ["a terminal", terminal, {}, true, true],
  ["a pipe", pipe, {}, true, false],
  ["NO_COLOR", terminal, { NO_COLOR: "1" }, true, false],
  ["an empty NO_COLOR, which says nothing", terminal, { NO_COLOR: "" }, true, true],
  ["FORCE_COLOR on a pipe", pipe, { FORCE_COLOR: "1" }, true, true],
  ["FORCE_COLOR=0", terminal, { FORCE_COLOR: "0" }, true, false],
  ["FORCE_COLOR over NO_COLOR", pipe, { FORCE_COLOR: "1", NO_COLOR: "1" }, true, true],
  ["--no-color over all", terminal, { FORCE_COLOR: "1" }, false, false],
  ["a terminal that has none", terminal, { TERM: "dumb" }, true, false],
])("colour: %s", (_, output, env, option, expected) => {
  expect(wantsColor(output, env, option)).toBe(expected);
});

test("a terminal's width is its own, that of anything else 80", () => {
  expect(widthOf(terminal)).toBe(120);
  expect(widthOf({ ...terminal, columns: 0 })).toBe(80);
  expect(widthOf({ ...pipe, columns: 200 })).toBe(80);
});
