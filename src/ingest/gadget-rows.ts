/** Rows of Inspektor Gadget's JSON and YAML, of `top ebpf` and of `bpfstats`, by the keys of either. */
import type { ProgramUsage } from "../model/snapshot.ts";
import { parseDecimalSize, parseGoDuration, type RoundedBytes } from "./quantity.ts";

export type GadgetRow = Omit<ProgramUsage, "source">;
type Values = Readonly<Record<string, unknown>>;

/** `top ebpf`: zero fields are dropped, only the program's id is always there. The reason where a row says nothing. */
export function oldRow(values: Values): GadgetRow | string {
  const programId = count(values.progid);
  const mapMemoryBytes = count(values.mapMemory ?? 0);
  const mapCount = count(values.mapCount ?? 0);
  if (programId === undefined) return `progid is ${JSON.stringify(values.progid)}`;
  if (mapMemoryBytes === undefined) return `mapMemory is ${JSON.stringify(values.mapMemory)}`;
  if (mapCount === undefined) return `mapCount is ${JSON.stringify(values.mapCount)}`;
  const [process] = list(values.processes ?? values.pids);
  const pid = count(process?.pid);
  return {
    ...text("node", object(values.k8s)?.node ?? values.node),
    programId,
    type: typeof values.type === "string" ? values.type : "",
    ...text("name", values.name),
    ...(pid !== undefined && { pid }),
    ...text("comm", process?.comm),
    runtimeNs: count(values.currentRuntime ?? 0) ?? 0,
    runCount: count(values.currentRunCount ?? 0) ?? 0,
    mapMemoryBytes,
    mapMemoryErrorBytes: 0,
    mapCount,
  };
}

/** `bpfstats`: `_raw` fields are exact; without them a text is rounded, and a number is of the first releases. */
export function newRow(values: Values): GadgetRow | string {
  const programId = count(values.progID ?? 0);
  const memory = sizeOf(values.mapMemory_raw ?? values.mapMemory);
  const mapCount = count(values.mapCount);
  if (programId === undefined) return `progID is ${JSON.stringify(values.progID)}`;
  if (memory === undefined) return `mapMemory is ${JSON.stringify(values.mapMemory)}`;
  if (mapCount === undefined) return `mapCount is ${JSON.stringify(values.mapCount)}`;
  const runtimeNs = durationOf(values.runtime_raw ?? values.runtime);
  const runCount = count(values.runcount);
  const pid = count(Number(firstOf(values.pids) || Number.NaN));
  return {
    ...text("node", values.nodeName),
    programId,
    type: typeof values.progType === "string" ? values.progType : "",
    ...text("name", values.progName),
    ...text("gadget", values.gadgetName || values.gadgetImage || values.gadgetID),
    ...(pid !== undefined && { pid }),
    ...text("comm", firstOf(values.comms)),
    ...(runtimeNs !== undefined && { runtimeNs }),
    ...(runCount !== undefined && { runCount }),
    mapMemoryBytes: memory.bytes,
    mapMemoryErrorBytes: memory.errorBytes,
    mapCount,
  };
}

function sizeOf(value: unknown): RoundedBytes | undefined {
  const bytes = count(value);
  if (bytes !== undefined) return { bytes, errorBytes: 0 };
  return typeof value === "string" ? parseDecimalSize(value) : undefined;
}

function durationOf(value: unknown): number | undefined {
  return count(value) ?? (typeof value === "string" ? parseGoDuration(value) : undefined);
}

/** Comma-joined in one text. */
function firstOf(value: unknown): string {
  return typeof value === "string" ? (value.split(",")[0] ?? "") : "";
}

/** Exactly held and not negative; YAML gives digits as text. */
function count(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0
    ? number
    : undefined;
}

function text<Key extends string>(key: Key, value: unknown): { [K in Key]?: string } {
  return (typeof value === "string" && value !== "" ? { [key]: value } : {}) as {
    [K in Key]?: string;
  };
}

function object(value: unknown): Values | undefined {
  return typeof value === "object" && value !== null ? (value as Values) : undefined;
}

function list(value: unknown): readonly Values[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map(object).filter((it) => it !== undefined);
}
