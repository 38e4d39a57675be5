/** What the command line's exit status says. Only main.ts sets it. */
export const EXIT = {
  done: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong use: an unknown command or option, a bad value, a place that cannot be written. */
  usage: 2,
  /** No input could be read, or one that was named could not be opened. */
  noInput: 3,
  /** Our own fault; the stack is on stderr. The number is EX_SOFTWARE of sysexits.h. */
  bug: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
