/** Split BTF: on a base that is given, on the one that a module brings along, and without any. */
import { describe, expect, test } from "vitest";
import { renderC } from "../../src/btf/render-c.ts";
import { parser } from "../support/bpf-objects.ts";
import { BtfBuilder } from "../support/build-btf.ts";
import { buildElf } from "../support/build-elf.ts";

const { parseBtf, parseObject } = await parser();

const BASE = new BtfBuilder()
  .int("int", 4, 1)
  .add("list_head", "struct", { count: 1 }, 8, "next", 3, 0)
  .add("", "ptr", {}, 2)
  .finish();
const OTHER = new BtfBuilder().int("unsigned long", 8).finish();
/** What a module adds: names count on from those of the base, ids from its last. */
const base = parseBtf(BASE);
const SPLIT = new BtfBuilder("little", "", base.stringsLength)
  .add("own", "struct", { count: 2 }, 16, "number", 1, 0, "list", 2, 64)
  .finish();

const OWN =
  "struct list_head {\n\tstruct list_head *next;\n};\n\nstruct own {\n\tint number;\n\tstruct list_head list;\n};\n";

describe("split BTF", () => {
  test("goes on from the base that is given", () => {
    const split = parseBtf(SPLIT, { base });
    expect(split.problems).toEqual([]);
    expect(renderC(split, [split.find("own")?.id ?? 0])).toBe(OWN);
  });

  // `btf_parse_elf()` of libbpf 1.5 opens `.BTF` on `.BTF.base`; `btf__relocate()` onto another is not done here.
  test.each([
    ["nothing else", {}],
    ["another base, which is not asked", { base: parseBtf(OTHER) }],
  ])("of a module goes on from the base that it brings along, given %s", (_, options) => {
    const module = buildElf({ ".text": new Uint8Array(8), ".BTF": SPLIT, ".BTF.base": BASE });
    const split = parseBtf(module, { ...options, file: "module.ko" });
    expect(split.problems).toEqual([]);
    expect([split.base?.idCount, split.firstId]).toEqual([base.idCount, base.idCount]);
    expect(renderC(split, [split.find("own")?.id ?? 0])).toBe(OWN);
    expect(split.find("list_head")?.id).toBe(2);
  });

  test.each([
    ["raw", SPLIT],
    ["in a module", buildElf({ ".BTF": SPLIT })],
  ])("without its base is told, %s", (_, bytes) => {
    const told = [
      expect.objectContaining({
        code: "malformed",
        path: "btf_type[1].name_off",
        message: expect.stringMatching(/^\d+ is past the \d+ bytes .* without its base\?$/),
      }),
    ];
    expect(parseBtf(bytes).problems).toEqual(told);
    expect(parseObject(bytes).problems).toEqual(expect.arrayContaining(told));
  });

  test("whose base is damaged gives what it has, and the damage of both is told", () => {
    const module = buildElf({ ".BTF": SPLIT, ".BTF.base": BASE.subarray(0, 60) });
    const split = parseBtf(module);
    expect(split.problems.map((it) => it.code)).toContain("truncated");
    expect(split.find("own")).toBeDefined();
  });
});
