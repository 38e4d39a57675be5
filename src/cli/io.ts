/** What a run of the command line reads from and writes to, so that a test can bring its own. */

export interface Output {
  write(report: string | Uint8Array): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean | undefined };
  /** Relative paths start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asked for by what goes on until it is stopped: SIGINT and SIGTERM then end it, and not the process. */
  untilInterrupted?(): Promise<void>;
}

/** Colour on a terminal only. FORCE_COLOR outranks NO_COLOR, as in Node itself; `--no-color` outranks both. */
export function wantsColor(output: Output, env: Io["env"], option: boolean): boolean {
  if (!option) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  return output.isTTY === true && env.TERM !== "dumb";
}

/** Columns of a terminal; 80 for anything else. */
export function widthOf(output: Output): number {
  return output.isTTY === true && output.columns !== undefined && output.columns > 0
    ? output.columns
    : 80;
}
