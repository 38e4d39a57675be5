/** Which part of a report each line is of; the headings are those of a comparison of kata and runc. */
import { describe, expect, test } from "vitest";
import { Parts, variantOf } from "../../../src/ingest/report/parts.ts";

test.each([
  ["## runc:", "runc"],
  ["# kata", "kata"],
  ["### With Kata Containers", "kata"],
  ["## `sandbox_cgroup_only=true`", "sandbox_cgroup_only=true"],
  ["## Sandbox_cgroup_only = FALSE:", "sandbox_cgroup_only=false"],
  ["## 创建kata pod", undefined],
  ["## kata is slower than runc", undefined],
  ["# before", undefined],
])("%s compares %s", (heading, variant) => {
  expect(variantOf(heading)).toBe(variant);
});

/** `x` stands for a block of output; the variant that each is of. */
function variantsOf(text: string) {
  const parts = new Parts();
  let fenced = false;
  const found: (string | undefined)[] = [];
  for (const line of text.split("\n")) {
    parts.line(line, fenced);
    if (line.startsWith("```")) fenced = !fenced;
    if (line !== "x") continue;
    found.push([parts.part?.subject, parts.part?.variant].filter(Boolean).join(" / ") || undefined);
    parts.block();
  }
  return found;
}

describe("a variant", () => {
  test.each([
    ["stands under a subject", "# app\n## runc:\nx\n## kata:\nx", ["app / runc", "app / kata"]],
    ["ends at a heading above it", "# app\n## kata\nx\n# other\nx", ["app / kata", "other"]],
    ["ends at a heading beside it", "# app\n## kata\nx\n## result\nx", ["app / kata", "result"]],
    [
      "holds a heading beside it that comes before any output",
      "# app\n## a_b=true\n## first\nx\nx",
      ["app / a_b=true", "app / a_b=true"],
    ],
    ["holds headings below it", "# app\n## kata\nx\n### later\nx", ["app / kata", "app / kata"]],
    [
      "may be a comment among commands, to the end of the fence",
      "# app\n```\nx\n# runc\nx\n# kata\nx\n```\nx",
      ["app", "app / runc", "app / kata", "app"],
    ],
    ["needs no subject", "## kata\nx", ["kata"]],
    ["is nowhere without headings", "x", [undefined]],
  ])("%s", (_, text, expected) => {
    expect(variantsOf(text)).toEqual(expected);
  });

  test("another comment among commands is no heading", () => {
    expect(variantsOf("# app\n```\n# kata\nx\n# look again\nx\n```")).toEqual([
      "app / kata",
      "app / kata",
    ]);
  });
});
