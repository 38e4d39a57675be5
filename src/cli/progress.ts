/** How far reading has come, on one line of a terminal: shown when it takes long, gone when it ends. */
import { formatBytes } from "../base/units.ts";
import type { ByteSource } from "../ingest/importer.ts";
import { safeText } from "../report/parts/safe-text.ts";
import { type Io, widthOf } from "./io.ts";

/** Reading that ends sooner shows nothing. */
const QUIET_MS = 1000;
const EVERY_MS = 200;

const ERASE_LINE = "\r\u001b[K";

export interface Progress {
  /** The same sources, whose bytes count as they are read. */
  watch(sources: readonly ByteSource[]): readonly ByteSource[];
  /** Takes the line away; before anything else is written. */
  end(): void;
}

/** Only where standard error is a terminal that can erase a line. */
export function progressOn({ stderr, env }: Io, now = () => performance.now()): Progress {
  if (stderr.isTTY !== true || env.TERM === "dumb") {
    return { watch: (sources) => sources, end: () => {} };
  }
  const begun = now();
  let [last, read, isShown] = [begun, 0, false];
  let total: number | undefined;

  const show = (file: string) => {
    const time = now();
    if (time - begun < QUIET_MS || (isShown && time - last < EVERY_MS)) return;
    [last, isShown] = [time, true];
    const line = progressLine(file, read, total, (time - begun) / 1000);
    // A line that wraps could not be erased.
    stderr.write(`${ERASE_LINE}${line.slice(0, widthOf(stderr) - 1)}`);
  };
  return {
    watch(sources) {
      total = sources.reduce<number | undefined>(
        (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
        0,
      );
      return sources.map((source) => ({
        ...source,
        async *chunks(lifetime) {
          for await (const chunk of source.chunks(lifetime)) {
            read += chunk.length;
            show(source.file);
            yield chunk;
          }
        },
      }));
    },
    end() {
      if (isShown) stderr.write(ERASE_LINE);
      isShown = false;
    },
  };
}

/** `reading dump.json: 1.2 GiB of 5.0 GiB, 980.0 MiB/s, 4 s left`; of a pipe only what is known. */
export function progressLine(
  file: string,
  read: number,
  total: number | undefined,
  seconds: number,
): string {
  const rate = read / seconds;
  const of = total === undefined ? "" : ` of ${formatBytes(total)}`;
  const left =
    total === undefined || total < read ? "" : `, ${duration((total - read) / rate)} left`;
  return `reading ${safeText(file)}: ${formatBytes(read)}${of}, ${formatBytes(Math.round(rate))}/s${left}`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 100 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
}
