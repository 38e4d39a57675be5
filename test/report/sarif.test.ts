/** SARIF against the schema of OASIS (test/schemas, draft-07), with whatever names the input has. */
import { Ajv } from "ajv";
import formats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sarif } from "../../src/report/sarif.ts";
import { auditOf, objectOf } from "../analyze/audit/objects.ts";
import { read } from "../support/project-files.ts";
import { auditNaming, OPTIONS } from "./audit-formats.ts";
import { anyText } from "./hostile.ts";

// Its pattern for languages has a lone bracket, which regular expressions take without the u flag only.
const ajv = new Ajv({ strict: false, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(JSON.parse(read("test/schemas/sarif-2.1.0.json")));

const render = (audit: Parameters<typeof sarif.render>[0]) =>
  JSON.parse(sarif.render(audit, OPTIONS));

function expectValid(log: unknown) {
  expect(validate(log) ? [] : validate.errors).toEqual([]);
}

test("the schema refuses what is no SARIF", () => {
  expect(validate({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
});

test("findings are results with rule, level, place and fingerprint", () => {
  const log = render(auditNaming("sessions", "bpf/a.o"));
  expectValid(log);
  const [run] = log.runs;
  expect(run.results.map((it: { ruleId: string; level: string }) => [it.ruleId, it.level])).toEqual(
    [
      ["budget-exceeded", "error"],
      ["budget-exceeded", "warning"],
    ],
  );
  const [result] = run.results;
  expect(run.tool.driver.rules[result.ruleIndex].id).toBe("budget-exceeded");
  expect(run.tool.driver.rules[result.ruleIndex].help.text).toContain(
    "docs/audit.md#budget-exceeded",
  );
  expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe("bpf/a.o");
  expect(result.partialFingerprints["mapscope/v1"]).toMatch(/^[0-9a-f]{16}$/);
});

test("what is waived is suppressed, with the reason", () => {
  const audit = auditOf([objectOf("a.o", { a: {} })], {
    config: {
      budgets: [{ figure: "preallocatedBytes", max: 1 }],
      waivers: [{ map: "a", reason: "known", until: "2027-01-31" }],
    },
  });
  const log = render(audit);
  expectValid(log);
  expect(log.runs[0].results[0].suppressions).toEqual([
    { kind: "external", status: "accepted", justification: "until 2027-01-31: known" },
  ]);
});

describe("places are relative references, or file: URIs of absolute paths", () => {
  test.each([
    ["a b.o", "a%20b.o"],
    ["c:/x.o", "file:///c:/x.o"],
    ["C:\\build dir\\x.o", "file:///C:/build%20dir/x.o"],
    ["c:x.o", "c%3Ax.o"],
    ["\\\\server\\share\\x.o", "file://server/share/x.o"],
    ["/build/#1/x.o", "file:///build/%231/x.o"],
    ["///x.o", "file:///x.o"],
    ["../x.o", "../x.o"],
    ["http://x.o", "http%3A//x.o"],
    ["x\\y.o", "x/y.o"],
    ["50%.o", "50%25.o"],
    ["\ud800.o", "%EF%BF%BD.o"],
  ])("%j", (file, uri) => {
    const log = render(auditNaming("a", file));
    expectValid(log);
    expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  });
});

test("any names give valid SARIF without a control character", () => {
  fc.assert(
    fc.property(anyText, anyText, (map, file) => {
      const audit = auditNaming(map, file);
      expectValid(render(audit));
      expect(sarif.render(audit, OPTIONS)).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e]/u);
    }),
    { numRuns: 50 },
  );
});
