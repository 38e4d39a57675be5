/** Annotations: each is one line that the runner reads, and nothing of the input becomes another command. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { github } from "../../src/report/github.ts";
import { auditOf, objectOf } from "../analyze/audit/objects.ts";
import { auditNaming, OPTIONS } from "./audit-formats.ts";
import { anyText } from "./hostile.ts";

const lines = (audit: Parameters<typeof github.render>[0]) =>
  github.render(audit, OPTIONS).split("\n");

test("a finding is an annotation at the object, and the report is a group", () => {
  const [first, second, group] = lines(auditNaming("sessions", "bpf/a.o"));
  expect(first).toMatch(
    /^::error file=bpf\/a\.o,title=Maps cost more than their budget::sessions: preallocated is .*%0ADo: /,
  );
  expect(second).toMatch(/^::warning /);
  expect(group).toMatch(/^::group::mapscope audit missed: 1 error, 1 warning; 0 of 2 budgets met$/);
});

test("what would end a property or a line is escaped as the runner expects", () => {
  const [first] = lines(auditNaming("100%", "a,b:c.o"));
  expect(first).toContain("file=a%2Cb%3Ac.o,");
  expect(first).toContain("::100%25: preallocated");
});

test("an audit that fails on warnings has an error to show", () => {
  const audit = auditOf([objectOf("a.o", { a: {} })], {
    config: {
      budgets: [{ figure: "preallocatedBytes", max: 1, level: "warning" }],
      failOn: "warning",
    },
  });
  expect(lines(audit)).toContain("::error title=mapscope audit::the audit fails on warning");
});

test("no name begins a command", () => {
  fc.assert(
    fc.property(anyText, (name) => {
      const all = lines(auditNaming(`::error::${name}`, `\n::error::${name}\n##[x]`));
      const commands = all.filter((it) => /^\s*(::|##\[)/.test(it));
      const expected = /^::(error (file|title)=|warning (file|title)=|group::|endgroup::)/;
      expect(commands.filter((it) => !expected.test(it))).toEqual([]);
      expect(commands).toHaveLength(4);
    }),
    { numRuns: 50 },
  );
});
