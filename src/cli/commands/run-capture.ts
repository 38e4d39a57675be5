/** The capture script, with the options that were given written into it. */
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { readCaptureScript } from "../package-files.ts";
import { UsageError } from "../usage-error.ts";

export interface CaptureOptions {
  readonly dump?: readonly string[];
  readonly every?: string;
  readonly count?: string;
  readonly withBtf?: true;
  readonly output?: string;
  readonly maxBytes?: string;
  readonly maxTime?: string;
  readonly timeout?: string;
  readonly daemon?: string;
  readonly bpftool?: string;
}

/** The line of the script below which its own defaults end. */
const MARK = "# `mapscope capture` writes the options it was given below this line.\n";

export async function runCapture(options: CaptureOptions, io: Io): Promise<ExitCode> {
  const words = wordsOf(options);
  const script = await readCaptureScript();
  // What the script is called with comes after, so it wins.
  const given = words.length === 0 ? "" : `set -- ${words.map(shellWord).join(" ")} "$@"\n`;
  io.stdout.write(script.replace(MARK, () => MARK + given));
  return EXIT.done;
}

function wordsOf(options: CaptureOptions): string[] {
  const time = (name: string, value: string | undefined) =>
    valued(name, value, /^[1-9]\d{0,8}[smh]?$/, "a time such as 30s, 5m or 1h");
  return [
    ...(options.dump ?? []).flatMap((glob) =>
      valued("--dump", glob, /^[^\n]+$/, "the name of a map"),
    ),
    ...time("--every", options.every),
    ...valued("--count", options.count, /^[1-9]\d{0,5}$/, "a whole number above 0"),
    ...(options.withBtf ? ["--with-btf"] : []),
    ...valued("--output", options.output, /./, "a file, or - for standard output"),
    ...valued(
      "--max-bytes",
      options.maxBytes,
      /^(?:0|[1-9]\d{0,8}[KMG]?)$/,
      "a size such as 512K or 64M",
    ),
    ...time("--max-time", options.maxTime),
    ...time("--timeout", options.timeout),
    ...valued("--daemon", options.daemon, /./, "the name of a process"),
    ...valued("--bpftool", options.bpftool, /./, "a path"),
  ];
}

function valued(
  name: string,
  value: string | undefined,
  pattern: RegExp,
  what: string,
): readonly string[] {
  if (value === undefined) return [];
  if (!pattern.test(value)) throw new UsageError(`${name} ${value}: must be ${what}`);
  return [name, value];
}

function shellWord(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
