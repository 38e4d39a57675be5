/** Metrics as exporters serve them: the Prometheus text exposition and OpenMetrics. */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { InputError } from "../../base/input-error.ts";
import { formatCount } from "../../base/units.ts";
import type { Metric } from "../../model/metrics/metric.ts";
import { type ByteSource, defineImporter, type FactSink } from "../importer.ts";
import { scrapeShape } from "../metrics/lines.ts";
import { mapColumnsOf, programOf } from "../metrics/listed.ts";
import { cpuRates, isCpuTime, meanTimes } from "../metrics/rates.ts";
import { type ReadScrapes, type Row, readScrapes, type Skipped } from "../metrics/read-scrapes.ts";
import { MAX_ROWS, MAX_SCRAPES, type Scrape } from "../metrics/scrapes.ts";
import { redactLines } from "../redact/lines.ts";

const CAPTURE = "Save the whole page: `curl -s http://<node>:<port>/metrics > metrics.txt`.";

export const prometheus = defineImporter({
  id: "prometheus",
  title: "Prometheus or OpenMetrics text",
  docs: "docs/formats/prometheus.md",
  priority: 72, // Told by its lines, which are in no other format.
  sniff: (head) => head.isMostly(scrapeShape),
  block: scrapeShape,
  redact: redactLines(),

  async read(source, sink) {
    const read = await readScrapes(source);
    const scrapes = read.scrapes.filled;
    const metrics = scrapes.map((it) => [...it.rows.values()].flatMap((row) => row.metric ?? []));
    if (scrapes.length === 0 && read.samples === 0) {
      throw new InputError(
        "truncated",
        { file: source.file, offset: source.offset },
        "the scrape has no sample that can be read",
        CAPTURE,
      );
    }
    scrapes.forEach((scrape, index) => {
      const own = metrics[index] ?? [];
      const rates = index === 0 ? [] : cpuRates(metrics[index - 1] ?? [], own);
      const place = scrapes.length === 1 ? sink : sink.section(`scrape ${index + 1}`);
      put(scrape, [...own, ...rates, ...meanTimes(own)], place);
    });
    report(source, read, sink);
    const timed = metrics.flat().some((it) => isCpuTime(it) && it.at !== undefined);
    if (scrapes.length > 1 && metrics.flat().some(isCpuTime) && !timed)
      sink.diagnostic(withoutTimes(source));
  },
});

function put(scrape: Scrape<Row>, metrics: readonly Metric[], sink: FactSink) {
  const rows = [...scrape.rows.values()];
  const maps = rows.flatMap((row) => row.map ?? []);
  if (maps.length > 0) sink.maps(mapColumnsOf(maps));
  const programs = rows.flatMap((row) => (row.program && programOf(row.program)) ?? []);
  sink.add("programs", programs);
  sink.add("metrics", metrics);
}

function report(source: ByteSource, read: ReadScrapes, sink: FactSink) {
  const { file, offset } = source;
  const tell = (it: Omit<Diagnostic, "file" | "offset">, at = offset) =>
    sink.diagnostic({ file, offset: at, ...it });
  for (const { line, why } of read.broken) tell(skipped(line, why, read.known > 0), line.offset);
  if (read.brokenLines > read.broken.length) {
    tell({
      level: "data-loss",
      code: "skipped-record",
      message: `${formatCount(read.brokenLines - read.broken.length)} more lines are no samples`,
      hint: CAPTURE,
    });
  }
  for (const { line, why } of read.empty) {
    const message = `${quote(line.text)} is left out: ${why}`;
    tell(
      { level: "info", code: "skipped-record", path: `line ${line.number}`, message },
      line.offset,
    );
  }
  if (read.emptySamples > read.empty.length) {
    const message = `${formatCount(read.emptySamples - read.empty.length)} more samples have such values`;
    tell({ level: "info", code: "skipped-record", message });
  }
  const others = read.samples - read.known - read.emptySamples;
  if (read.known === 0 || others > 0) {
    tell({
      level: "info",
      code: "nothing-known",
      message:
        read.known === 0
          ? `none of ${formatCount(read.samples)} samples is of a series about BPF maps, programs or their daemons`
          : `${formatCount(others)} of ${formatCount(read.samples)} samples are of series that say nothing of BPF maps, programs or their daemons`,
    });
  }
  if (read.scrapes.refused > 0) {
    tell({
      level: "data-loss",
      code: "over-limit",
      message: `a scrape has more than ${formatCount(MAX_ROWS)} samples of known series: ${formatCount(read.scrapes.refused)} are left out`,
      hint: "Save the metrics of one node: `curl -s http://<node>:<port>/metrics > metrics.txt`.",
    });
  }
  if (read.scrapes.dropped > 0) {
    tell({
      level: "data-loss",
      code: "over-limit",
      message: `there are more than ${MAX_SCRAPES} scrapes: ${formatCount(read.scrapes.dropped)} between the first ones and the last are left out`,
    });
  }
}

function skipped(line: Skipped["line"], why: string, known: boolean) {
  return {
    level: known ? "data-loss" : "warning",
    code: "skipped-record",
    path: `line ${line.number}`,
    message: `${quote(line.text)} is left out: ${why}`,
    hint: CAPTURE,
  } as const;
}

function withoutTimes({ file, offset }: ByteSource): Diagnostic {
  return {
    level: "info",
    code: "partial-capture",
    file,
    offset,
    message: "the scrapes have no times, so a counter's rate between them is not known",
    hint: "Ask the server with times: `promtool query range --start … --end … http://<server> container_cpu_usage_seconds_total`.",
  };
}

function quote(text: string) {
  const trimmed = text.trim();
  return JSON.stringify(trimmed.length > 80 ? `${trimmed.slice(0, 80)}…` : trimmed);
}
