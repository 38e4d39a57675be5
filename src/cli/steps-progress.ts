/** How many of so many things are done, on a terminal: one line that is written over; nothing in a pipe. */
import type { Output } from "./io.ts";

export interface StepsProgress {
  show(what: string, done: number, all: number): void;
  clear(): void;
}

const CLEAR_LINE = "\r\u001b[K";

export function stepsProgressOn(output: Output): StepsProgress {
  if (output.isTTY !== true) return { show() {}, clear() {} };
  let isShown = false;
  return {
    show(what, done, all) {
      isShown = true;
      output.write(`${CLEAR_LINE}${done} of ${all} ${what}`);
    },
    clear() {
      if (isShown) output.write(CLEAR_LINE);
      isShown = false;
    },
  };
}
