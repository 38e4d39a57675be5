/** Policies as files: what a file may leave out, and what it may not say. */
import { describe, expect, test } from "vitest";
import { policyFileSchema, policySchema } from "../../../src/model/scaling/policy-file.ts";
import { kmesh05, PRESETS } from "../../../src/model/scaling/presets.ts";

test.each(PRESETS.map((it) => [it.name, it]))("%s is a policy by its own schema", (_, preset) => {
  expect(policySchema.parse(preset)).toEqual(preset);
  expect(policyFileSchema.parse(preset)).toEqual(preset);
});

test("what a file leaves out is the preset's", () => {
  expect(policyFileSchema.parse({ based: "kmesh-0.5", scaleUpStep: 8192 })).toEqual({
    ...kmesh05,
    name: "kmesh-0.5, changed",
    source: "a policy file based on kmesh-0.5",
    scaleUpStep: 8192,
  });
});

test("without a preset the step is the start, the floor and the way down too, and no map is lost", () => {
  expect(policyFileSchema.parse({ name: "mine", scaleUpStep: 1000 })).toMatchObject({
    name: "mine",
    initialSlots: 1000,
    floorSlots: 1000,
    scaleInStep: 1000,
    lostPerScaleUp: 0,
  });
});

describe("a file that cannot be is told with the member and the rule", () => {
  test.each([
    [
      { based: "kmesh-0.5", lowWatermark: 0.8 },
      "lowWatermark",
      /0\.8 must be below highWatermark 0\.7/,
    ],
    [{ based: "kmesh-0.5", floorSlots: 0 }, "floorSlots", /gives back every slot/],
    [{ based: "kmesh-0.5", initialSlots: 2_000_000 }, "initialSlots", /outerSlots 1048576/],
    [{ based: "kmesh-0.5", lostPerScaleUp: 40_000 }, "lostPerScaleUp", /without maps/],
    [{}, "scaleUpStep", /never has a slot/],
    [{ based: "kmesh-0.6" }, "based", /must be one of kmesh-0\.4/],
    [{ based: "kmesh-0.5", scaleUpStep: -1 }, "scaleUpStep", /negative/],
    [{ based: "kmesh-0.5", scaleUpStep: 1.5 }, "scaleUpStep", /whole number/],
    [{ based: "kmesh-0.5", highWatermark: 0 }, "highWatermark", /more than 0/],
    [{ based: "kmesh-0.5", innerMap: { type: "arry" } }, "innerMap", /map type/],
    [{ based: "kmesh-0.5", step: 1 }, "", /step/],
    [[], "", /./],
    ["x", "", /./],
  ])("%j", (file, path, message) => {
    const { error } = policyFileSchema.safeParse(file);
    expect(String(error?.issues[0]?.path[0] ?? "")).toBe(path);
    expect(error?.issues[0]?.message).toMatch(message);
  });
});
