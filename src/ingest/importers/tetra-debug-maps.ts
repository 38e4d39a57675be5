/** `tetra debug maps -o json`, also a file of Tetragon's bugtool: sums by name, and three totals. */
import { InputError } from "../../base/input-error.ts";
import type { Metric } from "../../model/metrics/metric.ts";
import type { MapSummary } from "../../model/snapshot.ts";
import { readAll } from "../byte-source.ts";
import { type ByteSource, defineImporter } from "../importer.ts";
import { flatObjects, type RawObject } from "../json-objects.ts";
import { bpftoolTypeName } from "../map-type-name.ts";
import { policy, redactJson } from "../redact/json.ts";

/** One row for each name. */
const MAX_BYTES = 16 * 1024 * 1024;
const HINT = "Write it again, on the host: `tetra debug maps -o json > debug-maps.json`.";

/** What the three totals are of. */
const TOTALS = {
  all_maps: "all maps of the host",
  pinned_progs_maps: "maps of Tetragon's pinned programs",
  pinned_maps: "Tetragon's pinned maps",
} as const;

/** Percentages are of the true total, so they add up to 100 unless rows are too small. */
const LEAST_PERCENT = 99;

type Values = Readonly<Record<string, unknown>>;

const KEPT = policy(
  `total_memlock_bytes all_maps pinned_progs_maps pinned_maps maps_stats inter exter union diff diff_maps
  aggregated_maps id name type key_size value_size max_entries memlock_bytes count percent_of_total`,
);

export const tetraDebugMaps = defineImporter({
  id: "tetra-debug-maps",
  title: "tetra debug maps (JSON)",
  docs: "docs/formats/tetra-debug-maps.md",
  priority: 11, // Its keys are in no other format.
  sniff: (head) =>
    head.hasKeys("total_memlock_bytes", "maps_stats") ||
    head.hasKeys("aggregated_maps", "maps_stats"),
  redact: redactJson(KEPT),

  async read(source, sink) {
    const { bytes, cut } = await readAll(source, MAX_BYTES);
    const aggregated: { values: Values; line: number }[] = [];
    const metrics: Metric[] = [];
    const problems: InputError[] = [];
    let hasTotals = false;
    for (const object of flatObjects(bytes)) {
      const values = object.closed ? parse(object.text) : undefined;
      if (values === undefined) {
        if (!object.atEnd && !isRow(object)) continue;
        const place = { file: source.file, offset: source.offset + object.offset };
        const what = object.atEnd ? "the JSON ends inside a row" : "a row is not JSON";
        const text = JSON.stringify(object.text.replace(/\s+/g, " ").slice(0, 60));
        problems.push(
          new InputError(
            object.atEnd ? "truncated" : "skipped-record",
            place,
            `${what}: ${text}`,
            HINT,
          ),
        );
        continue;
      }
      const line = (source.firstLine ?? 1) + object.line;
      if ("percent_of_total" in values || "count" in values) aggregated.push({ values, line });
      else if ("id" in values) metrics.push(...diffMetric(values, source, line));
      else if (!hasTotals && !("union" in values || "inter" in values || "exter" in values)) {
        metrics.push(...totalMetrics(values, source, line));
        hasTotals = metrics.length > 0;
      }
    }
    if (
      !cut &&
      !/\}\s*$/.test(new TextDecoder().decode(bytes.subarray(-40))) &&
      !problems.some(isCut)
    ) {
      const place = { file: source.file, offset: source.offset + bytes.length };
      problems.push(
        new InputError("truncated", place, "the JSON ends before it is complete", HINT),
      );
    }
    const percent = aggregated.reduce((sum, it) => sum + shareOf(it.values), 0);
    const isUnderstated = aggregated.length > 0 && percent < LEAST_PERCENT && problems.length === 0;
    const rows = aggregated.flatMap(({ values, line }) => rowOf(values, source, line));
    const kept = isUnderstated ? rows.filter((it) => it.maps === 1) : rows;
    if (cut) {
      const place = { file: source.file, offset: source.offset + MAX_BYTES };
      problems.push(
        new InputError("over-limit", place, `only the first ${MAX_BYTES} bytes are read`),
      );
    }
    const [first] = problems;
    if (kept.length + metrics.length === 0 && first) throw first;
    for (const it of problems) sink.diagnostic(it.toDiagnostic());
    if (isUnderstated && kept.length < rows.length) {
      const left = rows.filter((it) => it.maps > 1);
      sink.diagnostic({
        level: "data-loss",
        code: "tool-error",
        file: source.file,
        offset: source.offset,
        message:
          `the sums by name are those of one map each (they make up ${Math.round(percent)} % of the total), as Tetragon ` +
          `wrote them before its pull request 5029: the ${left.length} rows of several maps are left out`,
        hint: "List the maps instead: `bpftool -j map show > maps.json`.",
      });
    }
    sink.add("summaries", kept);
    sink.add("metrics", metrics);
  },
});

function isCut({ code }: InputError): boolean {
  return code === "truncated";
}

function isRow({ text }: RawObject): boolean {
  return (
    /"(?:percent_of_total|count|memlock_bytes|key_size)"/.test(text) &&
    !/_maps"\s*:\s*\[/.test(text)
  );
}

function parse(text: string): Values | undefined {
  try {
    return JSON.parse(text) as Values;
  } catch {
    return undefined;
  }
}

/** Fields that are 0 are dropped, so what is absent is 0. */
function rowOf(values: Values, source: ByteSource, line: number): MapSummary[] {
  const maps = numberOf(values.count ?? 1);
  const memlockBytes = numberOf(values.total_memlock_bytes ?? values.memlock_bytes);
  const name = typeof values.name === "string" ? values.name : null;
  if (maps < 1) return [];
  const type = typeof values.type === "string" ? bpftoolTypeName(values.type) : undefined;
  return [
    {
      name,
      maps,
      memlockBytes,
      // Type and sizes of several maps of one name are those of whichever came first.
      ...(maps === 1 && {
        shape: {
          ...(type !== undefined && { type }),
          keySize: numberOf(values.key_size),
          valueSize: numberOf(values.value_size),
          maxEntries: numberOf(values.max_entries),
        },
      }),
      source: `${source.file} line ${line}`,
    },
  ];
}

function totalMetrics(values: Values, source: ByteSource, line: number): Metric[] {
  return Object.entries(TOTALS).flatMap(([key, name]) =>
    typeof values[key] === "number"
      ? [metric(`total_memlock_bytes.${key}`, "maps", name, numberOf(values[key]), source, line)]
      : [],
  );
}

/** Pinned maps that no pinned program refers to. */
function diffMetric(values: Values, source: ByteSource, line: number): Metric[] {
  const name = typeof values.name === "string" ? values.name : `map ${numberOf(values.id)}`;
  const bytes = numberOf(values.memlock_bytes);
  return [
    {
      ...metric("diff_maps (pinned, in no pinned program)", "map", name, bytes, source, line),
      id: numberOf(values.id),
    },
  ];
}

function metric(
  series: string,
  subject: Metric["subject"],
  name: string,
  value: number,
  source: ByteSource,
  line: number,
): Metric {
  const place = `${source.file} line ${line}`;
  return {
    exporter: "tetra debug maps",
    series,
    subject,
    measure: "memlock",
    value,
    name,
    labels: {},
    source: place,
  };
}

/** Whole, exactly held and not negative; anything else is 0, as a dropped field is. */
function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function shareOf({ percent_of_total: share }: Values): number {
  return typeof share === "number" && share >= 0 && share <= 100 ? share : 0;
}
