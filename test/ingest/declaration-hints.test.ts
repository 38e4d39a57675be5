/** Each mistake in a declaration is told with what to write instead; the messages are the parser's, of clang's objects. */
import { describe, expect, test } from "vitest";
import type { Problem } from "../../src/component/load.ts";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { declarationHint } from "../../src/ingest/declaration-hints.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { component } from "../support/component.ts";
import { fixture } from "./read.ts";

const hint = (path: string, message: string) =>
  declarationHint({ code: "malformed", offset: 0, path, message } satisfies Problem);

describe("of an object with mistakes", () => {
  test.each([
    ["loader-choices.el.o", /^libbpf knows type, key, key_size/],
    ["refused-inner-maps.el.o", /^Pin the outer map/],
    ["refused-inner-maps.el.o", /^The kernel takes one level/],
    ["refused-inner-maps.el.o", /^Only array_of_maps, hash_of_maps and prog_array take/],
  ])("%s: %s", async (name, wanted) => {
    const source = fromBytes(name, fixture(`bpf-object/${name}`));
    const { diagnostics } = await ingest([source], { component: await component() });
    expect(diagnostics.map((it) => it.hint)).toContainEqual(expect.stringMatching(wanted));
  });
});

test.each([
  [".maps.a.max_entries", "type 2 (int) is not a pointer to a type", "__uint(max_entries, 1024);"],
  [".maps.a", "it has no map type", "__uint(type, BPF_MAP_TYPE_HASH);"],
  [".maps.a", "its type is not a structure: it is not the definition of one map", "struct {"],
  [".maps.a.key_size", "8 bytes, but another member says 4", "Give the size once"],
  [".maps.a.pinning", "3 is neither 0 nor 1", "__uint(pinning, LIBBPF_PIN_BY_NAME);"],
  [".maps.a.key", "type 37 (fwd) has no size", "__type(key, __u32);"],
  [".maps.a.inner.value", "type 37 (fwd) has no size", "__type(value, struct entry);"],
  [".maps.a.max_entries", "5000: libbpf makes it 8192 where a page has 4096 bytes", "power of two"],
  ["maps.a", "12 bytes, a definition has at least 16", "read no `maps` section"],
])("%s: %s", (path, message, wanted) => {
  expect(hint(path, message)).toContain(wanted);
});

test("damage is no mistake in a declaration", () => {
  expect(hint(".BTF.ext.func_info", "the input ends")).toBeUndefined();
  expect(hint(".mapsets", "it has no map type")).toBeUndefined();
});
