/** Gauges as text: by the grammar of OpenMetrics, and by the parsers of Prometheus where they are there. */
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Analysis } from "../../src/analyze/analysis.ts";
import { analyze } from "../../src/analyze/analyze.ts";
import { MAX_FAMILIES } from "../../src/analyze/gauges/bounded-families.ts";
import { gauges } from "../../src/analyze/gauges/index.ts";
import { openmetrics } from "../../src/report/openmetrics.ts";
import { after945, before945, family, snapshot } from "../analyze/factories.ts";
import { analyzeFixture } from "../support/analyze-fixture.ts";
import { analysisSaying, anyText, NASTY } from "./hostile.ts";

const issue945 = await analyzeFixture("issue-945/report.md");
const many = analyze(
  [
    snapshot(
      Array.from({ length: 70 }, (_, index) =>
        family({ id: `m${index}:hash`, name: `m${index}`, count: 2, memlockBytes: 100 + index }),
      ),
    ),
  ],
  { toolVersion: "0" },
);

function textOf(analysis: Analysis): string {
  return openmetrics.render(analysis, { width: 80, color: false, verbose: false });
}

/** The rules of OpenMetrics 1.0 that gauges without timestamps come under. */
const LABEL = String.raw`[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*"`;
const SAMPLE = new RegExp(String.raw`^([a-z_]+)\{(${LABEL}(?:,${LABEL})*)\} -?\d+$`);

/** Throws over a line that is not allowed where it stands. */
function checkGrammar(text: string): void {
  const lines = text.split("\n");
  expect(lines.splice(-2)).toEqual(["# EOF", ""]);
  const series = new Set<string>();
  let current = "";
  for (const line of lines) {
    const [, keyword, name] = /^# (TYPE|UNIT|HELP) ([a-z_]+) .+$/.exec(line) ?? [];
    if (keyword === "TYPE") {
      expect(series.has(name as string), `${name} is declared twice`).toBe(false);
      series.add(name as string);
      current = name as string;
      expect(line).toBe(`# TYPE ${name} gauge`);
    } else if (keyword !== undefined) {
      expect(name).toBe(current);
      if (keyword === "UNIT") expect(name).toMatch(/_bytes$/);
      expect(line).not.toMatch(/["\\]/);
    } else {
      const sample = SAMPLE.exec(line);
      expect(sample?.[1], line).toBe(current);
      expect(series.has(`${current}{${sample?.[2]}}`), `${line} is there twice`).toBe(false);
      series.add(`${current}{${sample?.[2]}}`);
    }
  }
}

const ANALYSES: readonly (readonly [string, Analysis])[] = [
  ["issue 945", issue945],
  ["70 families", many],
  ["nothing", analyze([], { toolVersion: "0" })],
  ...NASTY.map((text) => [JSON.stringify(text), analysisSaying(text)] as const),
];

test.each(ANALYSES)("%s is written by the grammar", (_title, analysis) => {
  expect(() => checkGrammar(textOf(analysis))).not.toThrow();
});

test("whatever names there are, each line is one sample and each series is there once", () => {
  fc.assert(
    fc.property(anyText, (text) => checkGrammar(textOf(analysisSaying(text)))),
    { numRuns: 50 },
  );
  expect(gauges.length).toBeGreaterThan(10);
});

describe("issue 945", () => {
  const lines = textOf(analyze([before945, after945], { toolVersion: "0" })).split("\n");
  const values = (name: string, labels: string) =>
    lines
      .filter((it) => it.startsWith(`${name}{`) && it.includes(labels))
      .map((it) => it.replace(/.*\} /, ""));

  test("what the kernel reported of each family, with its basis", () => {
    expect(lines).toContain("# UNIT mapscope_family_memlock_bytes bytes");
    const found = lines.find(
      (it) => it.startsWith("mapscope_family_memlock_bytes{") && it.endsWith(` ${131_066 * 4096}`),
    );
    expect(found).toMatch(/,basis="reported"\} /);
    expect(found).toMatch(/role="inner"/);
  });

  test("how many maps each snapshot has", () => {
    expect(values("mapscope_maps", 'snapshot="before"')).toEqual(["65538"]);
    expect(values("mapscope_maps", 'snapshot="after"')).toEqual(["131072"]);
  });
});

test("families past the largest ones are one series, and the sum is the total", () => {
  const lines = textOf(many).split("\n");
  const maps = lines.filter((it) => it.startsWith("mapscope_family_maps{"));
  expect(maps).toHaveLength(MAX_FAMILIES + 1);
  expect(maps.filter((it) => it.includes('family="other"'))).toEqual([
    'mapscope_family_maps{snapshot="snapshot",family="other",map="other families",type="",role=""} 40',
  ]);
  const memlock = lines.filter((it) => it.startsWith("mapscope_family_memlock_bytes{"));
  const sum = memlock.reduce((total, it) => total + Number(it.split(" ").at(-1)), 0);
  expect(sum).toBe(many.snapshots[0]?.totals.memlockBytes?.value);
  expect(lines).toContain('mapscope_families{snapshot="snapshot"} 70');
});

/** Parsers that refuse what they do not understand; each with a program that exits with 1 then. */
const PARSERS: Record<string, readonly string[]> = {
  "promtool check metrics": ["promtool", "check", "metrics"],
  "OpenMetrics parser of prometheus_client": [
    python(),
    "-c",
    `import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
print(sum(len(it.samples) for it in parse(sys.stdin.read())))`,
  ],
  "text parser of prometheus_client, as node_exporter's is": [
    python(),
    "-c",
    `import sys
from prometheus_client.parser import text_string_to_metric_families as parse
print(sum(len(it.samples) for it in parse(sys.stdin.read())))`,
  ],
};

describe.each(Object.entries(PARSERS))("%s", (title, [command = "", ...args]) => {
  const probe = title.startsWith("promtool") ? ["--version"] : ["-c", "import prometheus_client"];
  const isThere = spawnSync(command, probe).status === 0;
  const why = isThere ? "" : " (skipped: it is not installed)";

  test.skipIf(!isThere).each(ANALYSES)(`reads %s${why}`, (_title, analysis) => {
    const text = textOf(analysis);
    const { status, stdout, stderr } = spawnSync(command, args, { input: text, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    // promtool prints what it finds bad style; the others how many samples they read.
    const samples = text.split("\n").filter((it) => it !== "" && !it.startsWith("#")).length;
    expect(stdout.trim()).toBe(title.startsWith("promtool") ? "" : String(samples));
  });
});

/** Debian's own has Debian's packages; another on the path may not. */
function python(): string {
  const own = spawnSync("python3", ["-c", "import prometheus_client"]).status === 0;
  return own ? "python3" : "/usr/bin/python3";
}
