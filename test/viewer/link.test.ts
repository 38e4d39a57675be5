/** Links of the viewer: what was put in comes out, and what makes no sense leads to the first view. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatLink, parseLink } from "../../src/viewer/page/link.ts";

test("what a link holds comes out as it was put in", () => {
  const word = fc.stringMatching(/^[a-z-]{1,12}$/);
  const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((it) => it !== "snapshot");
  const link = fc.record({
    view: word,
    snapshot: fc.option(fc.string({ unit: "grapheme" }), { nil: undefined }),
    state: fc.uniqueArray(fc.tuple(name, fc.string({ unit: "grapheme" })), {
      selector: ([key]) => key,
    }),
  });
  fc.assert(
    fc.property(link, ({ view, snapshot, state }) => {
      const given = { view, snapshot, state: new Map(state) };
      expect(parseLink(formatLink(given))).toEqual(given);
    }),
  );
});

test.each(["", "#", "#main", "#/../x", "#/<script>", "#maps"])("%j names no view", (hash) => {
  expect(parseLink(hash)).toEqual({ view: "", snapshot: undefined, state: new Map() });
});
