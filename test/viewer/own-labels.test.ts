/** Labels of snapshots that were opened beside others: their own, as long as they are told apart. */
import { expect, test } from "vitest";
import { ownLabels } from "../../src/viewer/worker/own-labels.ts";

const named = (...labels: readonly string[]) => labels.map((label) => ({ label }));

test.each([
  [
    "a before and after",
    ["report", "x"],
    ["report before", "report after", "x"],
    ["before", "after", "x"],
  ],
  [
    "one that is taken: all of it stay",
    ["report", "after"],
    ["report before", "report after", "after"],
    ["report before", "report after", "after"],
  ],
  [
    "two of the same: the first has them",
    ["a", "b"],
    ["a before", "a after", "b before", "b after"],
    ["before", "after", "b before", "b after"],
  ],
  ["a label that begins with another", ["a", "a b"], ["a x", "a b"], ["x", "a b"]],
  ["the longest label is meant", ["a", "a b"], ["a", "a b c"], ["a", "c"]],
])("%s", (_what, given, labels, expected) => {
  expect(ownLabels(named(...labels), given)).toEqual(named(...expected));
});
