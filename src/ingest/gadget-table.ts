/** Rows of Inspektor Gadget's old table, with their columns or with the blanks collapsed by Markdown. */
import type { ProgramUsage } from "../model/snapshot.ts";
import { parseBinarySize, parseGoDuration } from "./quantity.ts";

/** Program types as cilium/ebpf's Go package names them; the tool cuts long ones with `…`. */
const PROGRAM_TYPES = [
  "UnspecifiedProgram",
  "SocketFilter",
  "Kprobe",
  "SchedCLS",
  "SchedACT",
  "TracePoint",
  "XDP",
  "PerfEvent",
  "CGroupSKB",
  "CGroupSock",
  "LWTIn",
  "LWTOut",
  "LWTXmit",
  "SockOps",
  "SkSKB",
  "CGroupDevice",
  "SkMsg",
  "RawTracepoint",
  "CGroupSockAddr",
  "LWTSeg6Local",
  "LircMode2",
  "SkReuseport",
  "FlowDissector",
  "CGroupSysctl",
  "RawTracepointWritable",
  "CGroupSockopt",
  "Tracing",
  "StructOps",
  "Extension",
  "LSM",
  "SkLookup",
  "Syscall",
  "Netfilter",
] as const;

/** Cells are cut with this sign; some terminals and copies turn it into three dots. */
const CUT = /(?:…|\.\.\.)$/;
const HEADER_START = /^\s*(?:(?:K8S\.)?NODE\s+)?PROGID\s+TYPE\s/;

/** Later columns may be cut (`RUNCOU…`, `MAPC…`) or gone. */
export function isHeader(line: string): boolean {
  return HEADER_START.test(line);
}

/**
 * Undefined when the line is no row. From the right: count, size, count, duration; from the left:
 * node, program id, type; what is between may lack the name, the pid or the command.
 */
export function parseRow(line: string, header?: string): Omit<ProgramUsage, "source"> | undefined {
  // Of the lines of other formats most end here.
  if (!/\d$/.test(line.trimEnd())) return undefined;
  const tokens = line.trim().split(/\s+/);
  const mapCount = takeInteger(tokens.pop());
  const sizeText = tokens.pop() ?? "";
  const spaced = /^[KMGTP]iB$|^B$/.test(sizeText) ? `${tokens.pop()} ${sizeText}` : sizeText;
  const size = parseBinarySize(spaced);
  if (mapCount === undefined || !size) return undefined;
  const runCount = takeInteger(tokens.pop());
  const runtimeNs = parseGoDuration(tokens.pop() ?? "");
  if (runCount === undefined || runtimeNs === undefined) return undefined;

  const node = takeInteger(tokens[0]) === undefined ? tokens.shift() : undefined;
  const programId = takeInteger(tokens.shift());
  const type = tokens.shift();
  if (programId === undefined || type === undefined || !isProgramType(type)) return;
  return {
    ...(node !== undefined && { node }),
    programId,
    type,
    ...middleCells(tokens, line, header),
    runtimeNs,
    runCount,
    mapMemoryBytes: size.bytes,
    mapMemoryErrorBytes: size.errorBytes,
    mapCount,
  };
}

/** Name, pid and command. Several holders are joined by commas; the first one is kept. */
function middleCells(tokens: readonly string[], line: string, header: string | undefined) {
  const at = tokens.findIndex((token, index) => /^\d+(?:,\d+)*…?$/.test(token) && index <= 1);
  if (at === -1) {
    const text = tokens.join(" ");
    if (text === "") return {};
    return standsUnder(line, text, header, "COMM") ? { comm: first(text) } : { name: text };
  }
  const [name] = tokens.slice(0, at);
  const comm = tokens.slice(at + 1).join(" ");
  return {
    ...(name !== undefined && { name }),
    pid: Number.parseInt(tokens[at] ?? "", 10),
    ...(comm !== "" && { comm: first(comm) }),
  };
}

/** Only a table that kept its blanks tells an empty name from an empty command. */
function standsUnder(line: string, text: string, header: string | undefined, column: string) {
  const start = header?.indexOf(column) ?? -1;
  return start > 0 && line.indexOf(text) === start;
}

function first(list: string) {
  return list.split(",")[0] ?? list;
}

export function isProgramType(token: string) {
  const known: readonly string[] = PROGRAM_TYPES;
  if (known.includes(token)) return true;
  const stem = token.replace(CUT, "");
  return stem !== token && stem.length >= 3 && known.some((type) => type.startsWith(stem));
}

function takeInteger(token: string | undefined) {
  if (token === undefined || !/^\d{1,15}$/.test(token)) return undefined;
  return Number(token);
}
