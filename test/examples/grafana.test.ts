/** The example dashboard asks only for what is there: gauges of ours, and series that Kmesh and cAdvisor export. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analyze/analyze.ts";
import { gauges } from "../../src/analyze/gauges/index.ts";
import { cadvisor } from "../../src/ingest/metrics/cadvisor.ts";
import { kmesh } from "../../src/ingest/metrics/kmesh.ts";
import { openmetrics } from "../../src/report/openmetrics.ts";
import { family, snapshot } from "../analyze/factories.ts";
import { read } from "../support/project-files.ts";

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const dashboard = JSON.parse(read("examples/grafana/kmesh-maps.json"));
const panels: readonly Panel[] = dashboard.panels;
const queries = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })),
);
const variables: readonly { name: string; query: string }[] = dashboard.templating.list;

/** Proposed in Kmesh's issue 1666 and in no release: a panel of them would stay empty. */
const ONLY_PROPOSED = [
  "kmesh_map_max_entries",
  "kmesh_map_memlock_bytes",
  "kmesh_map_entry_utilization_ratio",
];
const OTHERS = [...Object.keys(kmesh.series), ...Object.keys(cadvisor.series)].filter(
  (name) => !ONLY_PROPOSED.includes(name),
);
/** What a scrape by Prometheus adds to every series. */
const OF_THE_SCRAPE = ["instance", "job"];

const isOurs = (name: string) => gauges.some((it) => it.name === name);
const isKnown = (name: string) => isOurs(name) || OTHERS.includes(name.replace(/_total$/, ""));

/** Every selector has its labels in braces, so that it can be told from a function or a label. */
function selectorsOf(expr: string) {
  return [...expr.matchAll(/([a-z_][\w:]*)\{([^}]*)\}/g)].map(([, name = "", labels = ""]) => ({
    name,
    labels: [...labels.matchAll(/(\w+)\s*(?:=~|!=|=)/g)].map((it) => it[1] as string),
  }));
}

test.each(queries)("$title: $expr", ({ expr, legendFormat }) => {
  const selectors = selectorsOf(expr);
  expect(selectors.length).toBeGreaterThan(0);
  // No name escapes the check by having no braces.
  const bare = expr.replace(/[a-z_]\w*\{[^}]*\}/g, "").match(/\b(?:mapscope|kmesh|container)_\w+/g);
  expect(bare).toBeNull();
  expect(selectors.map((it) => it.name).filter((name) => !isKnown(name))).toEqual([]);
  for (const { name, labels } of selectors.filter((it) => isOurs(it.name))) {
    const known = [...(gauges.find((it) => it.name === name)?.labels ?? []), ...OF_THE_SCRAPE];
    expect(labels.filter((it) => !known.includes(it))).toEqual([]);
    const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap((it) => it[1]?.split(", ") ?? []);
    expect(grouped.filter((it) => !known.includes(it))).toEqual([]);
  }
  expect(legendFormat).not.toBe("");
});

test("variables are filled from series that are there, and queries use no other", () => {
  const sources = variables.flatMap((it) => /^label_values\((\w+),/.exec(it.query)?.[1] ?? []);
  expect(sources.length).toBeGreaterThan(1);
  expect(sources.filter((name) => !isKnown(name))).toEqual([]);
  const used = queries.flatMap(({ expr }) => [...expr.matchAll(/\$(\w+)/g)].map((it) => it[1]));
  expect(used.filter((name) => !variables.some((it) => it.name === name))).toEqual([]);
});

test.each([
  ["the number of maps", /mapscope_maps\{/],
  ["entries of each map", /mapscope_family_entries\{/],
  ["max entries of each map", /mapscope_family_max_entries\{/],
  ["memory of each map", /mapscope_family_memlock_bytes\{/],
  ["how long operations take", /kmesh_bpf_prog_operation_duration_sum\{/],
  ["memory of the daemon", /container_memory_usage_bytes\{/],
  ["CPU of the daemon", /container_cpu_usage_seconds_total\{/],
])("Kmesh's monitoring proposal asks for %s, and there is a panel of it", (_what, name) => {
  expect(queries.filter(({ expr }) => name.test(expr))).not.toEqual([]);
});

test("panels have ids of their own, lie beside each other, and say what they show", () => {
  expect(new Set(panels.map((it) => it.id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)}/${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  expect(panels.filter((it) => it.type !== "row" && !it.description)).toEqual([]);
});

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
const why = hasPromtool ? "" : " (skipped: promtool is not installed)";

describe(`promtool${why}`, () => {
  test.skipIf(!hasPromtool)("takes every query", () => {
    const rules = queries.map(({ expr }, index) => ({ record: `q:${index}`, expr: filled(expr) }));
    const { status, stdout } = promtool(["check", "rules"], { groups: [{ name: "q", rules }] });
    expect(stdout).toMatch(`${queries.length} rules found`);
    expect(status).toBe(0);
  });

  test.skipIf(!hasPromtool)("works out from an export what share of a map is in use", () => {
    const half = family({ id: "a:hash", name: "a", count: 2, maxEntries: 100, entries: 100 });
    const text = openmetrics.render(analyze([snapshot([half])], { toolVersion: "0" }), {
      width: 80,
      color: false,
      verbose: false,
    });
    const series = text
      .split("\n")
      .filter((it) => it.startsWith("mapscope_family"))
      .map((it) => {
        const at = it.lastIndexOf(" ");
        return { series: `${it.slice(0, at - 1)},instance="n"}`, values: it.slice(at + 1) };
      });
    const share = queries.find((it) => it.title.startsWith("Share of max entries"))?.expr ?? "";
    const labels = '{instance="n",snapshot="snapshot",family="a:hash",map="a"}';
    const { status, stdout, stderr } = promtool(["test", "rules"], {
      rule_files: [],
      tests: [
        {
          input_series: series,
          promql_expr_test: [
            { expr: filled(share), eval_time: "0m", exp_samples: [{ labels, value: 0.5 }] },
          ],
        },
      ],
    });
    expect(stderr + stdout).toMatch("SUCCESS");
    expect(status).toBe(0);
  });
});

function filled(expr: string): string {
  return expr.replace(/\$\w+/g, ".*");
}

/** JSON is YAML. */
function promtool(args: readonly string[], content: object) {
  const folder = mkdtempSync(join(tmpdir(), "mapscope-promtool-"));
  try {
    const file = join(folder, "rules.yml");
    writeFileSync(file, JSON.stringify(content));
    return spawnSync("promtool", [...args, file], { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
