/** Damaged types: whatever is asked of them is an answer or an input error, in time that grows with the file. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/input-error.ts";
import type { Btf } from "../../src/btf/btf.ts";
import { decode } from "../../src/btf/decode.ts";
import { layoutOf } from "../../src/btf/layout.ts";
import { renderC } from "../../src/btf/render-c.ts";
import { alignOf, sizeOf } from "../../src/btf/size.ts";
import { typeName } from "../../src/btf/spelling.ts";
import { objectBytes, parser } from "../support/bpf-objects.ts";
import { BtfBuilder } from "../support/build-btf.ts";
import { readBytes } from "../support/project-files.ts";

const { parseBtf, parseObject } = await parser();
const raw = readBytes("fixtures/bpf-object/map-attributes.el.btf");

/** Only what is the input's fault may be thrown. */
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return undefined;
  }
}

/** Everything that can be asked of types. */
function askAll(btf: Btf): void {
  for (const type of btf.types()) {
    const { id } = type;
    expect(typeName(btf, id).length).toBeLessThan(4096);
    alignOf(btf, id);
    const size = sizeOf(btf, id);
    layoutOf(btf, id, { mostMembers: 1000 });
    btf.find(type.name);
    if (size !== undefined && size < 4096) attempt(() => decode(btf, id, new Uint8Array(size)));
  }
  attempt(() => renderC(btf));
}

describe("any damage", () => {
  test("bytes changed anywhere", () => {
    const change = fc.record({ at: fc.nat(raw.length - 1), to: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Uint8Array.from(raw);
        for (const { at, to } of changes) bytes[at] = to;
        const btf = attempt(() => parseBtf(bytes));
        if (btf !== undefined) askAll(btf);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  test("cut anywhere", () => {
    for (let end = 0; end < raw.length; end += 97) {
      const btf = attempt(() => parseBtf(raw.subarray(0, end)));
      if (btf === undefined) continue;
      expect(btf.problems.length).toBeGreaterThan(0);
      askAll(btf);
    }
  }, 120_000);

  test("another file's bytes as the base of split BTF", () => {
    const base = parseBtf(readBytes("fixtures/bpf-object/map-attributes.el.btf"));
    askAll(parseBtf(objectBytes("all-kinds.el"), { base }));
  });

  test("problems are placed inside the file", () => {
    for (const name of ["map-attributes-zlib.el", "map-attributes-zstd.el", "loader-choices.el"]) {
      const bytes = objectBytes(name);
      for (const { offset } of parseObject(bytes).problems) {
        expect(offset).toBeLessThanOrEqual(bytes.length);
      }
    }
  });
});

describe("types made to take time", () => {
  /** Far more than any answer takes, and far less than endless: what grows with the square takes hours. */
  const PATIENCE = 20_000;
  const timed = (action: () => unknown) => {
    const begun = performance.now();
    attempt(action);
    expect(performance.now() - begun).toBeLessThan(PATIENCE);
  };

  test("a struct of structs of structs, each of a hundred of the next", () => {
    const builder = new BtfBuilder().int("int", 4);
    for (let depth = 0; depth < 20; depth += 1) {
      const id = builder.count + 1;
      const members = Array.from({ length: 100 }, () => ["", id - 1, 0]).flat();
      builder.add("", depth % 2 === 0 ? "struct" : "union", { count: 100 }, 400, ...members);
    }
    const btf = parseBtf(builder.finish());
    const last = btf.idCount - 1;
    timed(() => layoutOf(btf, last));
    timed(() => decode(btf, last, new Uint8Array(400)));
    timed(() => alignOf(btf, last));
    timed(() => renderC(btf, [last]));
  }, 120_000);

  test("50,000 members, each of a struct of 50,000 members", () => {
    const builder = new BtfBuilder().int("int", 4);
    const list = (id: number) => Array.from({ length: 50_000 }, () => [0, id, 0]).flat();
    builder.add("inner", "struct", { count: 50_000 }, 4, ...list(1));
    builder.add("outer", "struct", { count: 50_000 }, 4, ...list(2));
    const btf = parseBtf(builder.finish());
    timed(() => layoutOf(btf, 3));
    timed(() => decode(btf, 3, new Uint8Array(4)));
    timed(() => renderC(btf));
    timed(() => alignOf(btf, 3));
  }, 120_000);

  test("a gap of 2^31 bits that begins inside a byte", () => {
    // Found by changing bytes at random: the padding was a line for each 64 bits of it.
    const builder = new BtfBuilder()
      .int("int", 4, 1)
      .add(
        "s",
        "struct",
        { count: 2, flag: true },
        2 ** 28,
        "bits",
        1,
        3 * 2 ** 24,
        "far",
        1,
        8_000_000,
      );
    const text = renderC(parseBtf(builder.finish()));
    expect(text.split("\n").length).toBeLessThan(20);
    expect(text).toContain("char __padding_1[");
  });

  test("typedefs of typedefs without end, and a function of itself", () => {
    const builder = new BtfBuilder();
    for (let id = 1; id <= 20_000; id += 1) builder.add("t", "typedef", {}, id + 1);
    builder.add("", "func_proto", { count: 3 }, 20_001, "a", 20_001, "b", 20_001, "c", 20_001);
    const btf = parseBtf(builder.finish());
    timed(() => sizeOf(btf, 1));
    timed(() => typeName(btf, 20_001));
    timed(() => renderC(btf));
    timed(() => btf.find("t"));
    expect(btf.findIds("t")).toHaveLength(20_000);
  }, 120_000);
});
