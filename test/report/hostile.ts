/** Analyses that try to break a report: any text wherever the input may put one. */
import fc from "fast-check";
import type { Analysis } from "../../src/analyze/analysis.ts";
import { analyze } from "../../src/analyze/analyze.ts";
import { BYTE_FIGURES } from "../../src/analyze/figures.ts";
import {
  after945,
  type FamilyFacts,
  family,
  GADGET_ROW,
  SCALING_945,
  snapshot,
} from "../analyze/factories.ts";

export const NASTY = [
  "\u001b[31m\u001b[2J",
  "\u202egnp.exe",
  "a|b|c",
  "`rm -rf`",
  "@somebody",
  "<img src=x onerror=alert(1)>",
  "</td></table>",
  "[a](javascript:alert(1))",
  "\r\n# heading",
  "https://example.org/x",
  "#123",
  "\u7f51\u683c\u6570\u636e\u5e73\u9762\u5185\u5b58\u5206\u6790\u5de5\u5177",
  "\u{1f469}\u200d\u{1f469}\u200d\u{1f467}",
  "x".repeat(300),
  "toString",
  "constructor",
  "hasOwnProperty",
  "__proto__",
  "",
];

export const anyText = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: "binary", maxLength: 80 }),
);

/** Every free text of an analysis replaced by `text`, with one finding, reason, diagnostic of each kind. */
export function analysisSaying(text: string): Analysis {
  const label = text === "" ? "empty" : text;
  const host = {
    ...after945.host,
    kernelRelease: { value: text, basis: "reported" as const, source: text },
    unknown: { possibleCpus: text },
  };
  const facts = {
    host,
    sources: [{ file: text, format: text, bytes: 1, diagnostics: [] }],
    programs: [{ ...GADGET_ROW, name: text, comm: text, type: text }],
  };
  const scaling = {
    ...SCALING_945,
    policy: { ...SCALING_945.policy, name: text },
    daemons: SCALING_945.daemons.map((it) => ({ ...it, name: text })),
  };
  const named = family({
    id: text,
    name: text,
    type: text,
    maxEntries: 10,
    entries: 10,
    memlockBytes: 4096,
    unknown: { residentBytes: text },
  });
  const inner = family({
    ...(withoutFigures(after945.families[0]) as FamilyFacts),
    outer: { family: text, name: text, confidence: "low", evidence: text },
    memlockBytes: 131_066 * 4096,
    residentBytes: 131_066 * 2048,
  });
  return analyze(
    [
      snapshot([named], { label: `${label}1`, ...facts }),
      snapshot([named, inner], { label, ...facts, scaling }),
    ],
    {
      toolVersion: "0",
      diagnostics: [
        {
          level: "data-loss",
          code: "malformed",
          file: text,
          offset: 1,
          path: text,
          message: text,
          hint: text,
        },
      ],
    },
  );
}

/** Its figures have bases already, which the factory puts on plain numbers. */
function withoutFigures(facts: object = {}): object {
  const figures: readonly string[] = [...BYTE_FIGURES, "entries", "nonZeroSlots"];
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !figures.includes(name)));
}
