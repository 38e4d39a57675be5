/** `bpftool prog show` as people paste it: a line with type, name and tag, then indented details. */
import { InputError } from "../../base/input-error.ts";
import type { Program } from "../../model/snapshot.ts";
import type { BlockShape, ByteSource, FactSink } from "../importer.ts";
import { linesOf } from "../lines.ts";
import { parsePids } from "./pids.ts";

const FIRST = /^\s*(\d+): (?:type )?(\S+)(?:\s+name (\S+))?\s+tag ([0-9a-f]{16})\b/;
const SIZES =
  /^\s*xlated (\d+)B(?:\s+jited (\d+)B|\s+not jited)?(?:\s+memlock (\d+)B)?(?:\s+map_ids ([\d,]+))?/;
const DETAIL = /^\s*(?:loaded_at \S|pinned \/|btf_id \d|pids \S|metadata:)/;

export const programListBlock: BlockShape = {
  begins: (line) => FIRST.test(line),
  belongs: (line) => SIZES.test(line) || DETAIL.test(line),
};

export async function readProgramList(source: ByteSource, sink: FactSink): Promise<void> {
  const programs: Program[] = [];
  for await (const { text } of linesOf(source)) {
    const first = FIRST.exec(text);
    if (first) {
      const [, id, type, name, tag] = first;
      programs.push({
        id: Number(id),
        type: type ?? "",
        ...(name !== undefined && { name }),
        ...(tag !== undefined && { tag }),
        mapIds: [],
        pids: [],
      });
      continue;
    }
    const program = programs.pop();
    if (program) programs.push({ ...program, ...details(text, program) });
  }
  if (programs.length === 0) {
    throw new InputError(
      "truncated",
      { file: source.file, offset: source.offset },
      "no program of the list can be read",
      "Write it again with `bpftool -j prog show > progs.json`.",
    );
  }
  sink.add("programs", programs);
}

function details(line: string, program: Program): Partial<Program> {
  const pids = parsePids(line);
  if (pids.length > 0) return { pids: [...program.pids, ...pids] };
  const [all, xlated, jited, memlock, mapIds] = SIZES.exec(line) ?? [];
  if (all === undefined) return {};
  return {
    bytesXlated: Number(xlated),
    ...(jited !== undefined && { bytesJited: Number(jited) }),
    ...(memlock !== undefined && { memlockBytes: Number(memlock) }),
    mapIds: (mapIds ?? "").split(",").filter(Boolean).map(Number),
  };
}
