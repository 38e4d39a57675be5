import { expect, test } from "vitest";
import { read } from "../../support/project-files.ts";
import { fixture, readOne, readTexts } from "../read.ts";

test("the sizes of a capture", async () => {
  const { structSizes, sources } = await readOne(
    fixture("capture-6.1/struct-sizes.json"),
    "s.json",
  );
  expect(structSizes).toEqual({
    sizes: JSON.parse(read("fixtures/capture-6.1/struct-sizes.json")),
    source: "s.json",
  });
  expect(sources).toMatchObject([{ format: "struct-sizes", diagnostics: [] }]);
});

test("what is no size is left out", async () => {
  const text = '{"bpf_map": 256, "bpf_array": "x", "bpf_htab": 832, "htab_elem": -1}';
  const { structSizes, sources } = await readOne(text);
  expect(structSizes?.sizes).toEqual({ bpf_map: 256, bpf_htab: 832 });
  expect(sources[0]?.diagnostics.map(({ path }) => path)).toEqual(["$.bpf_array", "$.htab_elem"]);
});

test("damaged, nothing of it is believed", async () => {
  const bytes = fixture("capture-6.1/struct-sizes.json");
  const { diagnostics } = await readTexts({ sizes: bytes.subarray(0, 200) });
  expect(diagnostics).toMatchObject([{ code: "malformed", file: "sizes" }]);
});
