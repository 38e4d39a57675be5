/** One open descriptor of a map, as measured by holding the same maps with and without one. */
import { expect, test } from "vitest";
import { descriptorComponents } from "../../src/model/descriptor.ts";
import { hostOf } from "./measured.ts";

test.each([
  ["6.1", 480],
  ["6.12", 400],
  ["6.18", 400],
])("on %s it is charged about %i B", (kernel, measured) => {
  const charged = descriptorComponents(hostOf(kernel, 2)).reduce(
    (sum, it) => sum + it.chargedBytes,
    0,
  );
  expect(Math.abs(charged / measured - 1)).toBeLessThan(0.05);
});
