/** Rows of Inspektor Gadget's `bpfstats` table, whose cells may be blank and whose blanks a paste may lose. */

import type { GadgetRow } from "./gadget-rows.ts";
import { isProgramType } from "./gadget-table.ts";
import { parseDecimalSize, parseGoDuration } from "./quantity.ts";

const HEADER = /^\s*(?:NODENAME\s+)?GADGETID\s+GADGETN\S*\s+GADGET\S*\s+PRO\S*/;
const INTEGER = /^\d{1,15}$/;
const UNIT = /^(?:B|[kMGTPE]B)$/;
const PIDS = /^\d+(?:,\d+)*,?(?:…|\.\.\.)?$/;

/** `%CPU`, `%RELCPU` and `TIME+`, since v0.49. */
const PERCENT = /^\d+(?:\.\d+)?%?$/;
const CPU_TIME = /^\d+:\d\d/;

/** Processes behind the last number: how many tokens they have at most. */
const MOST_BEHIND = 8;

export function isBpfstatsHeader(line: string): boolean {
  return HEADER.test(line);
}

/**
 * Run time, run count, map memory and map count stand together; behind them processes, before them
 * node, gadget, id, name and type, of which any may be missing. Undefined when the line is no row.
 */
export function parseBpfstatsRow(line: string): GadgetRow | undefined {
  const tokens = line.trim().split(/\s+/).slice(0, 64);
  for (let behind = 0; behind <= Math.min(MOST_BEHIND, tokens.length - 4); behind += 1) {
    const end = tokens.length - behind;
    const rest = tokens.slice(end);
    if (behind > 0 && !isProcesses(rest)) continue;
    const numbers = numbersBefore(tokens, end);
    if (numbers === undefined) continue;
    const head = headOf(tokens.slice(0, numbers.start));
    if (head === undefined) continue;
    const pid = Number.parseInt(rest.at(-1) ?? "", 10);
    return {
      ...head,
      ...(behind > 0 && { comm: (rest[0] ?? "").split(",")[0] ?? "", pid }),
      ...numbers.values,
    };
  }
  return undefined;
}

function isProcesses(rest: readonly string[]): boolean {
  const [first = "", ...others] = rest;
  return (
    others.length > 0 && !INTEGER.test(first) && !UNIT.test(first) && PIDS.test(rest.at(-1) ?? "")
  );
}

function numbersBefore(tokens: readonly string[], end: number) {
  const mapCount = integer(tokens[end - 1]);
  if (mapCount === undefined) return undefined;
  const isSpaced = UNIT.test(tokens[end - 2] ?? "");
  const sizeAt = isSpaced ? end - 3 : end - 2;
  const bytes = integer(tokens[sizeAt]);
  const size = isSpaced
    ? parseDecimalSize(`${tokens[sizeAt]} ${tokens[end - 2]}`)
    : bytes === undefined
      ? undefined
      : { bytes, errorBytes: 0 };
  const runCount = integer(tokens[sizeAt - 1]);
  const runtime = tokens[sizeAt - 2] ?? "";
  const runtimeNs = integer(runtime) ?? parseGoDuration(runtime);
  if (size === undefined || runCount === undefined || runtimeNs === undefined) return undefined;
  const values = {
    runtimeNs,
    runCount,
    mapMemoryBytes: size.bytes,
    mapMemoryErrorBytes: size.errorBytes,
    mapCount,
  };
  return { start: sizeAt - 2, values };
}

/** Node, gadget (id, name, image), program id, name, type. */
function headOf(all: readonly string[]) {
  const tokens = withoutCpu(all);
  const at = tokens.findLastIndex((it, index) => INTEGER.test(it) && index >= tokens.length - 3);
  const programId = integer(tokens[at]);
  if (programId === undefined) return undefined;
  const before = tokens.slice(0, at);
  const [first, second] = tokens.slice(at + 1);
  const isType = first !== undefined && second === undefined && isProgramType(first);
  const name = isType ? undefined : first;
  const type = isType ? first : second;
  if (before.length > 4 || (second !== undefined && !isProgramType(second))) return undefined;
  const node = before.length === 1 || before.length === 4 ? before[0] : undefined;
  const gadget = before.length >= 2 ? before.at(-2) : undefined;
  return {
    ...(node !== undefined && { node }),
    programId,
    type: type ?? "",
    ...(name !== undefined && { name }),
    ...(gadget !== undefined && { gadget }),
  };
}

function withoutCpu(tokens: readonly string[]): readonly string[] {
  const [share = "", relative = "", time = ""] = tokens.slice(-3);
  const isCpu = PERCENT.test(share) && PERCENT.test(relative) && CPU_TIME.test(time);
  return isCpu ? tokens.slice(0, -3) : tokens;
}

function integer(token: string | undefined): number | undefined {
  return token !== undefined && INTEGER.test(token) ? Number(token) : undefined;
}
