/** Which object of a baseline is which of now. */
import { describe, expect, test } from "vitest";
import type { InputIdentity } from "../../../src/analyze/audit/identity.ts";
import type { AuditInput } from "../../../src/analyze/audit/maps.ts";
import { namesNow, pairedByPath } from "../../../src/analyze/audit/paired-objects.ts";
import { auditOf, objectOf } from "./objects.ts";

type Files = Readonly<Record<string, Partial<InputIdentity>>>;

/** What is not said of a file is as if it had been given by itself in `/w`. */
const inputOf = (files: Files): AuditInput => ({
  objects: Object.keys(files).map((file) => objectOf(file, { [file]: {} })),
  snapshots: [],
  identities: new Map(
    Object.entries(files).map(([file, own]) => [
      file,
      { names: [file], paths: [`/w/${file}`], below: [], ...own },
    ]),
  ),
});

const given = (...files: readonly string[]) =>
  inputOf(Object.fromEntries(files.map((file) => [file, {}])));

const below = (folder: string, ...files: readonly string[]) =>
  inputOf(Object.fromEntries(files.map((file) => [`${folder}/${file}`, { below: [file] }])));

describe("objects are paired", () => {
  const at = (path: string) => ({ paths: [path] });
  test.each<[string, AuditInput, AuditInput, Readonly<Record<string, string>>]>([
    [
      "by the path in the repository, whatever the arguments were",
      inputOf({ "HEAD:b/x/prog.o": at("/r/b/x/prog.o"), "HEAD:b/y/prog.o": at("/r/b/y/prog.o") }),
      inputOf({ "y/prog.o": at("/r/b/y/prog.o"), "x/prog.o": at("/r/b/x/prog.o") }),
      { "HEAD:b/x/prog.o": "x/prog.o", "HEAD:b/y/prog.o": "y/prog.o" },
    ],
    [
      "by a link that leads to another file now",
      inputOf({ "HEAD:gw-1.o": { paths: ["/r/gw-1.o", "/r/gw.o"] } }),
      inputOf({ "gw-2.o": { paths: ["/r/gw-2.o", "/r/gw.o"] }, "other.o": {} }),
      { "HEAD:gw-1.o": "gw-2.o" },
    ],
    [
      "by the path below the folders that were given",
      below("old", "ingress/prog.o", "egress/prog.o", "prog.o"),
      below("new", "egress/prog.o", "prog.o", "ingress/prog.o"),
      {
        "old/egress/prog.o": "new/egress/prog.o",
        "old/ingress/prog.o": "new/ingress/prog.o",
        "old/prog.o": "new/prog.o",
      },
    ],
    [
      "by the path below the folders, though another has more folders in common",
      inputOf({ "n/a/p.o": { below: ["a/p.o"] }, "n/b/a/p.o": { below: ["b/a/p.o"] } }),
      inputOf({ "o/b/a/p.o": { below: ["a/p.o"] }, "o/c/b/a/p.o": { below: ["b/a/p.o"] } }),
      { "n/a/p.o": "o/b/a/p.o", "n/b/a/p.o": "o/c/b/a/p.o" },
    ],
    [
      "by the folders above them, where files were given",
      below("old", "ingress/prog.o", "egress/prog.o"),
      given("new/egress/prog.o", "new/ingress/prog.o"),
      { "old/egress/prog.o": "new/egress/prog.o", "old/ingress/prog.o": "new/ingress/prog.o" },
    ],
    [
      "by the file's name, where it is the only one that is left",
      below("release", "one.o", "a/two.o", "b/two.o"),
      given("bpf/one.o", "bpf/b/two.o", "bpf/c/two.o"),
      {
        "release/one.o": "bpf/one.o",
        "release/b/two.o": "bpf/b/two.o",
        "release/a/two.o": "bpf/c/two.o",
      },
    ],
    ["not by a name that two have", given("a/p.o", "b/p.o"), given("c/p.o"), {}],
    [
      "in archives by their path in there",
      given("1.tgz!x/p.o", "1.tgz!y/p.o"),
      given("2.tgz!y/p.o", "2.tgz!x/p.o"),
      { "1.tgz!x/p.o": "2.tgz!x/p.o", "1.tgz!y/p.o": "2.tgz!y/p.o" },
    ],
  ])("%s", (_, old, fresh, expected) => {
    expect(Object.fromEntries(pairedByPath(old, fresh))).toEqual(expected);
  });

  test("and are called what they are called now; what went would lie beside the others", () => {
    const old = below("release", "one.o", "two.o", "gone.o");
    const fresh = inputOf({ "bpf/one.o": { names: ["bpf/one.o", "link.o"] }, "bpf/two.o": {} });
    expect(Object.fromEntries(namesNow(old, fresh, pairedByPath(old, fresh)))).toEqual({
      "release/one.o": ["bpf/one.o", "link.o"],
      "release/two.o": ["bpf/two.o"],
      "release/gone.o": ["release/gone.o", "bpf/gone.o"],
    });
  });
});

describe("what no path pairs is paired by its maps", () => {
  const limits = (after: readonly string[], ...before: readonly [string, object][]) =>
    auditOf(
      after.map((file) => objectOf(file, { [file === "m.o" ? "many" : "few"]: {} })),
      {
        baseline: before.map(([file, maps]) => objectOf(file, maps as never)),
        config: {
          budgets: [{ name: "g", per: "object", figure: "preallocatedBytes", maxGrowth: 0 }],
        },
      },
    ).budgets[0]?.groups.map((it) => [it.id, it.outcome]);

  test("an object is the one that declares more than half of them", () => {
    expect(limits(["m.o", "f.o"], ["1.o", { few: {} }], ["2.o", { many: {} }])).toEqual([
      ["m.o", "met"],
      ["f.o", "met"],
    ]);
  });

  test("sections of variables, which every object has, prove nothing", () => {
    const [result] = auditOf([objectOf("new.o", { ".rodata": {}, ".bss": {}, fresh: {} })], {
      baseline: [objectOf("old.o", { ".rodata": {}, ".bss": {}, stale: { type: "array" } })],
      config: {
        budgets: [{ name: "g", per: "object", figure: "preallocatedBytes", maxGrowth: "900%" }],
      },
    }).budgets;
    expect(result?.groups[0]?.worst?.baseline).toBe(0);
  });
});

test("problems of objects with one name in two folders have two fingerprints", () => {
  const { findings } = auditOf(
    [objectOf("in/prog.o", { a: {} }), objectOf("out/prog.o", { a: {} })],
    { config: { budgets: [{ name: "b", per: "object", figure: "preallocatedBytes", max: 1 }] } },
  );
  expect(findings.map((it) => it.rule)).toEqual(["budget-exceeded", "budget-exceeded"]);
  expect(new Set(findings.map((it) => it.fingerprint)).size).toBe(2);
});
