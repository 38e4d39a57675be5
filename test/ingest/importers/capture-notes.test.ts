import { expect, test } from "vitest";
import { fixture, readOne } from "../read.ts";

test("a list of links is known", async () => {
  const links = '[{"id":1,"type":"cgroup","prog_id":5,"cgroup_id":42,"attach_type":"ingress"}]';
  const { sources } = await readOne(links, "link-show.json");
  expect(sources).toMatchObject([{ format: "capture-notes", diagnostics: [{ code: "no-facts" }] }]);
});

test.each([
  ["capture-6.1/bpftool-version.txt", "the version of bpftool"],
  ["capture-6.1-objects/before/btf-show.json", "a list of the host's BTF objects"],
  ["issue-945/manifest.json", "a list of capture files"],
  ["manifest.json", "a list of capture files"],
])("%s is known, and said to hold nothing of maps", async (path, words) => {
  const { sources } = await readOne(fixture(path), path);
  expect(sources).toMatchObject([
    { format: "capture-notes", diagnostics: [{ level: "info", code: "no-facts" }] },
  ]);
  expect(sources[0]?.diagnostics[0]?.message).toContain(words);
  expect(sources[0]?.bytes).toBe(fixture(path).length);
});
