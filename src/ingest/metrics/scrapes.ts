/** Puts samples into the scrapes they are of: a series that comes again is of another time. */
import type { Metric } from "../../model/metrics/metric.ts";

/** A known series without its value: where the sample stands is kept in the metric. */
export interface Scrape<Row> {
  readonly rows: Map<string, Row>;
  at: string | undefined;
}

/** Later ones overwrite each other, so that the first and the last are always there. */
export const MAX_SCRAPES = 64;
/** Samples of known series kept in one scrape: a node has hundreds. */
export const MAX_ROWS = 50_000;

type Timed = Pick<Metric, "at">;

export class Scrapes<Row extends Timed> {
  readonly list: Scrape<Row>[] = [];
  /** Whole scrapes between the first ones and the last one that were not kept. */
  dropped = 0;
  /** Samples of known series past the limit of a scrape. */
  refused = 0;
  #last: string | undefined;
  /** A dump of a database writes all times of one series, then those of the next. */
  #byTime = false;

  add(key: string, row: Row): void {
    const scrape = this.#place(key, row);
    this.#last = key;
    if (scrape.rows.size >= MAX_ROWS && !scrape.rows.has(key)) {
      this.refused += 1;
      return;
    }
    scrape.rows.set(key, row);
    scrape.at ??= row.at;
  }

  /** What comes next is of another scrape. */
  end(): void {
    const open = this.list.at(-1);
    if (open !== undefined && open.rows.size > 0) this.#open();
  }

  get filled(): readonly Scrape<Row>[] {
    return this.list.filter((it) => it.rows.size > 0);
  }

  #place(key: string, { at }: Row): Scrape<Row> {
    const open = this.list.at(-1) ?? this.#open();
    const before = open.rows.get(key);
    if (this.#byTime) return this.list.find((it) => it.at === at) ?? this.#open();
    if (before === undefined) return open;
    if (this.#last === key && at !== undefined && before.at !== undefined && at !== before.at)
      this.#byTime = true;
    return this.#open();
  }

  #open(): Scrape<Row> {
    const scrape: Scrape<Row> = { rows: new Map(), at: undefined };
    if (this.list.length === MAX_SCRAPES) {
      this.list.pop();
      this.dropped += 1;
    }
    this.list.push(scrape);
    return scrape;
  }
}
