/** Reads a text of samples line by line and keeps those of known series, by the scrape they are of. */
import type { Metric } from "../../model/metrics/metric.ts";
import type { ByteSource } from "../importer.ts";
import { type Line, linesOf, placeOf } from "../lines.ts";
import { isList } from "./exporter.ts";
import { findSeries } from "./index.ts";
import { isComment, isCurlProgress, isEndOfScrape } from "./lines.ts";
import type { Labels } from "./listed.ts";
import { parseSample, type Sample, seriesName } from "./sample.ts";
import { Scrapes } from "./scrapes.ts";
import { toMetric } from "./to-metric.ts";

/** What one sample gave. */
export type Row = Pick<Metric, "at"> & {
  readonly metric?: Metric;
  readonly map?: Labels;
  readonly program?: Labels;
};

export interface Skipped {
  readonly line: Line;
  readonly why: string;
}

export interface ReadScrapes {
  readonly scrapes: Scrapes<Row>;
  /** Samples of any series, and those of series that are known. */
  readonly samples: number;
  readonly known: number;
  /** Lines that are none of a scrape, and samples of known series that say nothing; the first of each. */
  readonly broken: readonly Skipped[];
  readonly brokenLines: number;
  readonly empty: readonly Skipped[];
  readonly emptySamples: number;
}

/** Shown of each kind: the rest is counted. */
const MAX_SHOWN = 5;

export async function readScrapes(source: ByteSource): Promise<ReadScrapes> {
  const scrapes = new Scrapes<Row>();
  const broken: Skipped[] = [];
  const empty: Skipped[] = [];
  const counts = { samples: 0, known: 0, brokenLines: 0, emptySamples: 0 };
  for await (const line of linesOf(source)) {
    const { text } = line;
    if (isEndOfScrape(text)) scrapes.end();
    if (text.startsWith("#") || text.trim() === "") continue;
    const name = seriesName(text);
    const found = name === undefined ? undefined : findSeries(name);
    // Most samples are of other series: their labels are not worth reading.
    if (found === undefined) {
      if (looksLikeSample(text)) counts.samples += 1;
      else if (!isComment(text) && !isCurlProgress(text)) {
        counts.brokenLines += 1;
        if (broken.length < MAX_SHOWN) broken.push({ line, why: "it is no sample" });
      }
      continue;
    }
    const sample = parseSample(text);
    if (sample === undefined) {
      counts.brokenLines += 1;
      if (broken.length < MAX_SHOWN) broken.push({ line, why: "the sample is not complete" });
      continue;
    }
    counts.samples += 1;
    const row = rowOf(sample, found, placeOf(source, line));
    if (row === undefined) continue;
    if (typeof row === "string") {
      counts.emptySamples += 1;
      if (empty.length < MAX_SHOWN) empty.push({ line, why: row });
      continue;
    }
    counts.known += 1;
    scrapes.add(keyOf(sample), row);
  }
  return { scrapes, broken, empty, ...counts };
}

function rowOf(
  sample: Sample,
  { exporter, series }: NonNullable<ReturnType<typeof findSeries>>,
  place: string,
): Row | string | undefined {
  const at = sample.at === undefined ? {} : { at: sample.at };
  if (isList(series)) {
    return series.lists === "maps"
      ? { ...at, map: sample.labels }
      : { ...at, program: sample.labels };
  }
  if (series.requires !== undefined && !sample.labels.has(series.requires)) return undefined;
  const metric = toMetric(sample, exporter, series, place);
  return typeof metric === "string" ? metric : { ...at, metric };
}

function keyOf({ series, labels }: Sample) {
  return `${series}\n${[...labels].map(([name, value]) => `${name}=${value}`).join("\n")}`;
}

/** A name, and a digit or a closing sign at the end: enough to count it. */
function looksLikeSample(text: string) {
  return /^\s*[A-Za-z_:][\w:.]*[\s{].*\S/.test(text) && /[\d}\]fNn]\s*$/.test(text);
}
