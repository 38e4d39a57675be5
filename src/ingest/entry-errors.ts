/**
 * What bpftool gives in place of values. An empty slot of a devmap or cpumap is told as an error and is none; of other
 * maps (sockmap, xskmap, perf_event_array) the kernel shows no values, to nobody.
 */
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Problem } from "../component/load.ts";
import type { MapDump } from "../model/snapshot.ts";
import type { ByteSource, FactSink } from "./importer.ts";

/** ENOENT of the lookup: as JSON has it, and as plain text. An entry that went during the walk is not there either. */
const EMPTY: ReadonlySet<string> = new Set(["No such file or directory", "no entry"]);

/** By what the kernel answers: sock_map_lookup_sys(), xsk_map_lookup_elem_sys_only(), and ENOTSUPP of the others. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  "No space left on device":
    "Root changes nothing: the kernel shows sockets only of maps whose values have 8 bytes.",
  "Operation not supported": "Root changes nothing: the kernel shows no values of such a map.",
  "Unknown error 524": "Root changes nothing: the kernel shows no values of such a map.",
  "cannot read":
    "Root changes nothing: the kernel shows sockets only of maps whose values have 8 bytes.",
};

/** A message for one entry in the component's words, or for those past the thirty-second. */
const OF_ENTRY = /^bpftool reported for this entry: ([\s\S]*)$/;
const MORE = /^\d+ more like this one$/;

/** The same dump without the slots that nothing is in. */
export function withoutEmptySlots<Dump extends Omit<MapDump, "file">>(dump: Dump): Dump {
  const { errors = [], ...rest } = dump;
  const isEmpty = ({ message }: { message: string }) => EMPTY.has(message);
  const empty = errors.filter(isEmpty).reduce((sum, it) => sum + it.count, 0);
  if (empty === 0) return dump;
  const left = errors.filter((it) => !isEmpty(it));
  return {
    ...(rest as Dump),
    elements: dump.elements - empty,
    distinctKeys: Math.max(0, dump.distinctKeys - empty),
    unreadable: dump.unreadable - empty,
    ...(left.length > 0 && { errors: left }),
  };
}

/** Says of each kind of error how many entries have it; a list of them all would say no more. */
export function tellEntryErrors(
  dumps: readonly Pick<MapDump, "errors" | "elements">[],
  source: ByteSource,
  sink: FactSink,
  command: string,
  problems: readonly Problem[] = [],
): void {
  const counts = new Map<string, number>();
  for (const { message, count } of dumps.flatMap(({ errors }) => errors ?? [])) {
    if (!EMPTY.has(message)) counts.set(message, (counts.get(message) ?? 0) + count);
  }
  for (const [message, count] of counts) {
    const first = problems.find((it) => OF_ENTRY.exec(it.message)?.[1] === message);
    const said = message === "" ? "other errors" : message;
    sink.diagnostic({
      level: "warning",
      code: "tool-error",
      file: source.file,
      offset: source.offset + (first?.offset ?? 0),
      ...(first?.path !== undefined && { path: first.path }),
      message: `bpftool reported for ${count === 1 ? "this entry" : `${count} entries`}: ${said}`,
      hint: NOT_SHOWN[message] ?? `Run it as root, on the host: \`sudo ${command}\`.`,
    } satisfies Diagnostic);
  }
}

/** What the scanner says of single entries, which `tellEntryErrors` says of all. */
export function isEntryError({ code, message }: Problem): boolean {
  return code === "tool-error" && (OF_ENTRY.test(message) || MORE.test(message));
}
