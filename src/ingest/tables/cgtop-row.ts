/** Rows and header of systemd-cgtop: path, tasks, CPU, memory, input and output per second. */
import type { CgroupUsage } from "../../model/usage/cgroup-usage.ts";
import { parseCgtopSize, rounded } from "../units.ts";

/** `Path` until systemd 245, `Control Group` since, `CGroup` in the newest; `Procs` with -P, `Proc+` with -k. */
const HEADER =
  /^\s*(?:Control Group|Path|CGroup)\s+(?:Tasks|Procs|Proc\+)\s+(?:%CPU|CPU\[?%?\]?|CPU Time)\s+Memory\b/;

/** `format_timespan()`: `4min 46.792019s`, `1month 2d`. */
const TIME = /^\d{1,12}(?:\.\d{1,9})?(?:y|month|w|d|h|min|s|ms|us)$/;
const PERCENT = /^\d{1,9}\.\d$/;
const COUNT = /^\d{1,15}$/;
const NONE = "-";
/** Some releases leave the first slash away: `system.slice`, `user.slice/user-0.slice`. */
const BEGINS_WITH_PATH =
  /^\s*(?:\/|[\w@:.\\-]{1,250}\.(?:slice|scope|service|mount|swap|socket)[/\s]|(?:kubepods|docker|podman|lxc|kata_overhead)[/\s])/;
/** A path is cut in its middle with this sign; some copies make three dots of it. */
const CUT = /…|\.\.\./;

/** A longer line is no row: the longest path that a kernel allows has 4,096 bytes. */
const MAX_ROW = 4300;

export function isCgtopHeader(line: string): boolean {
  return line.length <= MAX_ROW && HEADER.test(line);
}

/** Undefined when the line is no row. A paste may have cut the columns after memory. */
export function parseCgtopRow(line: string): Omit<CgroupUsage, "source" | "part"> | undefined {
  if (line.length > MAX_ROW || !BEGINS_WITH_PATH.test(line)) return undefined;
  const [first = "", tasks = "", ...rest] = line.trim().split(/\s+/);
  // A group given as an argument is shown with two slashes.
  const path = first.replace(/^\/*/, "/");
  if (!(tasks === NONE || COUNT.test(tasks))) return undefined;
  const cpu = takeCpu(rest);
  const [memoryText = "", ...io] = rest;
  const memory = parseCgtopSize(memoryText);
  if (cpu === undefined || (memory === undefined && memoryText !== NONE)) return undefined;
  if (io.length > 2 || !io.every((it) => it === NONE || parseCgtopSize(it))) return undefined;
  return {
    path,
    isCut: CUT.test(path),
    ...(tasks !== NONE && { tasks: Number(tasks) }),
    ...(PERCENT.test(cpu) && { cpuPercent: rounded(cpu) }),
    ...(memory !== undefined && { memory }),
  };
}

/** Takes the CPU column off, which has several words for a time. */
function takeCpu(rest: string[]): string | undefined {
  const first = rest[0];
  if (first === undefined) return undefined;
  if (first === NONE || first === "0" || PERCENT.test(first)) return rest.shift();
  let words = 0;
  while (TIME.test(rest[words] ?? "")) words += 1;
  return words === 0 ? undefined : rest.splice(0, words).join(" ");
}
