/** What a line of a scrape can be besides a sample, and how a scrape shows itself among other text. */
import type { BlockShape } from "../importer.ts";
import { findSeries } from "./index.ts";
import { parseSample, seriesName } from "./sample.ts";

const TYPE =
  /^#\s*TYPE\s+[A-Za-z_:][\w:.]*\s+(?:counter|gauge|histogram|summary|untyped|unknown|info|stateset|gaugehistogram)\s*$/;
const COMMENT = /^#\s*(?:HELP|TYPE|UNIT)\s+[A-Za-z_:]|^#\s*EOF\s*$/;
const LABELLED = /^\s*[A-Za-z_:][\w:.]*\s*\{/;

/** What curl draws on a terminal while it loads. */
const CURL =
  /^\s*%\s+Total\s+%\s+Received|^\s*Dload\s+Upload|^\s*\d+\s+[\d.]+[kMGTP]?\s+\d+\s+[\d.]+/;

export function isComment(line: string): boolean {
  return COMMENT.test(line);
}

export function isEndOfScrape(line: string): boolean {
  return /^#\s*EOF\s*$/.test(line);
}

export function isCurlProgress(line: string): boolean {
  return CURL.test(line);
}

/** A sample of a series that is known, one with labels, or the type of any. */
function proves(line: string): boolean {
  if (TYPE.test(line)) return true;
  if (LABELLED.test(line)) return parseSample(line) !== undefined;
  const name = seriesName(line);
  return name !== undefined && findSeries(name) !== undefined && parseSample(line) !== undefined;
}

export const scrapeShape: BlockShape = {
  begins: proves,
  belongs: (line) => isComment(line) || isCurlProgress(line) || parseSample(line) !== undefined,
};
