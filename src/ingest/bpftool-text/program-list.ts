/** `bpftool prog show` as people paste it: a line with type, name and tag, then indented details. */
import { InputError } from "../../base/input-error.ts";
import type { Program } from "../../model/snapshot.ts";
import type { BlockShape, ByteSource, FactSink } from "../importer.ts";
import type { Line } from "../lines.ts";
import { resemblesRest } from "./broken-lines.ts";
import { endsListing, leftOut, notesOn, opensRecord, recordsIn } from "./listing.ts";
import { parsePids } from "./pids.ts";

const FIRST = /^\s*(\d+): (?:type )?(\S+)(?:\s+name (\S+))?\s+tag ([0-9a-f]{16})\b/;
/** The same by its type, where the line was broken; `struct_ops` is a type of maps too. */
const BROKEN_FIRST =
  /^\s*\d{1,10}: (?:socket_filter|kprobe|sched_cls|sched_act|tracepoint|xdp|perf_event|cgroup_(?:skb|sock|device|sock_addr|sysctl|sockopt)|lwt_(?:in|out|xmit|seg6local)|sock_ops|sk_(?:skb|msg|reuseport|lookup)|raw_tracepoint(?:_writable)?|lirc_mode2|flow_dissector|tracing|ext|lsm|syscall|netfilter)\s+name\s/;
const SIZES =
  /\bxlated (\d+)B(?:\s+jited (\d+)B|\s+not jited)?(?:\s+memlock (\d+)B)?(?:\s+map_ids\s+(\d[\d,\s]*))?/;
const SIZES_LINE = /^\s*xlated \d+B\b/;
const DETAIL = /^\s*(?:loaded_at \S|pinned \/|btf_id \d|pids \S|metadata:)|^\s+\w+ = \S/;

const COMMAND = "bpftool -j prog show > progs.json";

const isDetail = (line: string) => SIZES_LINE.test(line) || DETAIL.test(line);

export const programListBlock: BlockShape = {
  begins: (line) => FIRST.test(line) || BROKEN_FIRST.test(line),
  belongs: (line) => isDetail(line) || opensRecord(line) || endsListing(line),
  resembles: resemblesRest,
};

export async function readProgramList(source: ByteSource, sink: FactSink): Promise<void> {
  const programs: Program[] = [];
  const problem = (line: Line, message: string) =>
    sink.diagnostic(leftOut(line, source, message, COMMAND));
  for await (const listed of recordsIn(source, isDetail)) {
    const text = listed.known.map((it) => it.text).join(" ");
    // A list of map ids may go on on the next line.
    const isWhole = FIRST.test(text) && !/map_ids[\s\d,]*,\s*$/.test(text);
    const first = FIRST.exec(isWhole ? text : listed.joined);
    for (const it of notesOn(listed, source, "program", COMMAND, !isWhole && first !== null))
      sink.diagnostic(it);
    const sizes = listed.known.filter((it) => SIZES_LINE.test(it.text));
    if (!first) {
      const message = Number.isNaN(listed.id)
        ? "the sizes of a program stand without the line that says of which"
        : `the first line of program ${listed.id} breaks off; the program is left out`;
      const [place] = Number.isNaN(listed.id) ? sizes : [listed.line];
      if (place) problem(place, message);
      continue;
    }
    for (const line of sizes.slice(1))
      problem(line, "the sizes of a program stand without the line that says of which");
    const [, id, type, name, tag] = first;
    const end = sizes[1] ? listed.known.indexOf(sizes[1]) : listed.known.length;
    programs.push({
      id: Number(id),
      type: type ?? "",
      ...(name !== undefined && { name }),
      ...(tag !== undefined && { tag }),
      mapIds: [],
      ...sizesIn(isWhole ? text : listed.joined),
      pids: listed.known.slice(1, end).flatMap((it) => parsePids(it.text)),
    });
  }
  if (programs.length === 0) {
    throw new InputError(
      "truncated",
      { file: source.file, offset: source.offset },
      "no program of the list can be read",
      `Write it again with \`${COMMAND}\`.`,
    );
  }
  sink.add("programs", programs);
}

function sizesIn(text: string): Partial<Program> {
  const [all, xlated, jited, memlock, mapIds] = SIZES.exec(text) ?? [];
  if (all === undefined) return {};
  return {
    bytesXlated: Number(xlated),
    ...(jited !== undefined && { bytesJited: Number(jited) }),
    ...(memlock !== undefined && { memlockBytes: Number(memlock) }),
    mapIds: (mapIds ?? "")
      .split(/[,\s]+/)
      .filter(Boolean)
      .map(Number),
  };
}
