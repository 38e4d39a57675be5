/** JUnit XML: well-formed whatever the names are, one case for each budget and rule. */
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { junit } from "../../src/report/junit.ts";
import { auditOf, objectOf } from "../analyze/audit/objects.ts";
import { auditNaming, OPTIONS } from "./audit-formats.ts";
import { anyText } from "./hostile.ts";

const render = (audit: Parameters<typeof junit.render>[0]) => junit.render(audit, OPTIONS);

/** Every tag is closed in order, and no text holds what XML forbids. */
function problems(xml: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const [tag, close, name = "", , selfClosed] of xml.matchAll(
    /<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g,
  )) {
    if (close === "/") {
      if (open.pop() !== name) found.push(tag);
    } else if (selfClosed !== "/") open.push(name);
  }
  const text = xml.replace(/<\?xml[^>]*\?>|<\/?[a-z]+(?: [a-z]+="[^"<]*")*\/?>/g, "");
  if (/[<]|&(?!(?:amp|lt|gt|quot|apos|#10);)/.test(text)) found.push("text");
  if (/(?!\n)[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(xml)) found.push("control");
  return [...found, ...open];
}

test("a missed budget is a failure, one that only warns is not, and an unused one is skipped", () => {
  const audit = auditOf([objectOf("a.o", { a: {} })], {
    config: {
      budgets: [
        { name: "tight", figure: "preallocatedBytes", max: 1 },
        { name: "warned", figure: "preallocatedBytes", max: 2, level: "warning" },
        { name: "other", map: "none", figure: "preallocatedBytes", max: 1 },
      ],
    },
  });
  const xml = render(audit);
  expect(xml).toContain('<testsuite name="budgets" tests="3" failures="1" errors="0" skipped="1">');
  expect(xml).toMatch(/name="tight">\n {6}<failure message="preallocated is /);
  expect(xml).toContain('name="warned"/>');
  expect(xml).toMatch(/name="other">\n {6}<skipped /);
});

test("any names are well-formed", () => {
  fc.assert(
    fc.property(anyText, anyText, (map, file) => {
      expect(problems(render(auditNaming(map, file)))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test("the check itself finds what is broken", () => {
  expect(problems("<a><b></a>")).not.toEqual([]);
  expect(problems("<a>x & y</a>")).toEqual(["text"]);
  expect(problems("<a>\u0001</a>")).toEqual(["control"]);
});

test("a parser of XML reads it", () => {
  const xml = render(auditNaming("a<b>&\"'", "c.o"));
  const names = execFileSync(
    "python3",
    [
      "-c",
      "import sys,xml.etree.ElementTree as t;print([c.get('name') for c in t.parse(sys.stdin).iter('testcase')][0])",
    ],
    { input: xml, encoding: "utf8" },
  );
  expect(names.trim()).toBe("budget of a<b>&\"'");
});
