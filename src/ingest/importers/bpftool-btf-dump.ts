/** `bpftool btf dump`, JSON or plain text: struct sizes of the kernel, and where fields of known messages are. */

import type { StructLayout } from "../../model/struct-layout.ts";
import { KERNEL_STRUCTS } from "../../model/struct-profiles/index.ts";
import { isKnownMessage, messageName } from "../../model/xds/messages.ts";
import { peek } from "../byte-source.ts";
import { type BlockShape, type ByteSource, defineImporter, type FactSink } from "../importer.ts";
import { type JsonObject, type JsonValue, jsonRecords, uint32 } from "../json-records.ts";
import { linesOf } from "../lines.ts";
import { skippedLine } from "../tables/skipped-line.ts";
import { walkJson } from "../walk-json.ts";

const COMMAND = "bpftool -j btf dump file /sys/kernel/btf/vmlinux > vmlinux-btf.json";
const AGAIN = `Write it again: \`${COMMAND}\`.`;
const LINE = "line of bpftool btf dump";
/** Damaged lines told one by one. */
const MAX_TOLD = 5;

/** `[12] STRUCT 'bpf_map' size=256 vlen=32`; one line a type, its members below it behind a tab. */
const TYPE_LINE = /^\[(\d+)\] ([A-Z_0-9]+) '([^']*)'/;
const SIZED = /^\[\d+\] (?:STRUCT|UNION) '([^']*)' size=(\d+) vlen=\d+$/;
const HAS_SIZE = /^\[\d+\] (?:STRUCT|UNION) /;
const MEMBERS = / vlen=(\d+)/;
/** Behind a tab; copies from a terminal have blanks there. */
const MEMBER = /^\s+'([^']*)' type_id=(\d+) bits_offset=(\d+)/;
const OTHER_MEMBER = /^\s+(?:'[^']*' (?:type_id|val)=|type_id=\d+ offset=)/;

const block: BlockShape = {
  begins: (line) => TYPE_LINE.test(line),
  belongs: (line) => MEMBER.test(line) || OTHER_MEMBER.test(line),
  resembles: (line) => /^\[\d+\]?(?: [A-Z_]*(?: '.*)?)?$|^\s+'\w*'?(?: \w*)?$/.test(line),
};

/** What `format c` begins with: C text, in which sizes are not said. */
const C_HEADER = /^#ifndef __VMLINUX_H__$/m;

export const bpftoolBtfDump = defineImporter({
  id: "bpftool-btf-dump",
  title: "bpftool btf dump",
  docs: "docs/formats/bpftool-btf-dump.md",
  priority: 22, // Its shape is in no other format.
  sniff: (head) =>
    head.isMostly(block) ||
    (head.isText && head.json === undefined && C_HEADER.test(head.text.slice(0, 200))) ||
    (head.hasKeys("types") && /"kind"\s*:\s*"[A-Z]/.test(head.text.slice(0, 400))),
  block,

  async read(input, sink) {
    const { head, source } = await peek(input);
    const types = new Types(source.file);
    if (head.json !== undefined)
      await walkJson(
        source,
        sink,
        jsonRecords(2, (it) => types.json(it)),
        COMMAND,
      );
    else if (C_HEADER.test(head.text.slice(0, 200))) return sayNoSizes(source, sink);
    else {
      let lost = 0;
      for await (const line of linesOf(source)) {
        if (types.line(line.text.trimEnd())) continue;
        lost += 1;
        if (lost <= MAX_TOLD) sink.diagnostic(skippedLine(source, line, LINE, AGAIN));
      }
      if (lost > MAX_TOLD) sayMore(source, sink, lost - MAX_TOLD);
    }
    if (types.isCut) sayCut(source, sink);
    if (types.uneven > 0) sayUneven(source, sink, types.uneven);
    if (!types.report(sink)) sayNothing(source, sink, types.count);
  },
});

class Types {
  count = 0;
  /** Types that have fewer members than they say, or more. */
  uneven = 0;
  /** Of the last type of a text: how many of its members are not there. */
  #membersToCome = 0;
  readonly #source: string;
  readonly #sizes = new Map<string, number>();
  readonly #layouts = new Map<string, StructLayout>();
  /** Offsets of the fields of anonymous unions, which fields of messages refer to by their type's id. */
  readonly #anonymous = new Map<number, Record<string, number>>();
  readonly #unions: { readonly layout: string; readonly type: number; readonly offset: number }[] =
    [];
  #current: { name: string; size: number; id: number; offsets: Record<string, number> } | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  json(record: JsonObject): void {
    const { kind, name, size, members } = record;
    this.count += 1;
    if ((kind !== "STRUCT" && kind !== "UNION") || typeof name !== "string") return;
    const id = uint32(record.id);
    const bytes = uint32(size);
    if (bytes === undefined || id === undefined) return;
    this.#begin(id, name, bytes);
    if (this.#current !== undefined && Array.isArray(members))
      for (const it of members) this.#jsonMember(it);
    this.#flush();
  }

  /** False for a line that is cut or damaged. */
  line(text: string): boolean {
    if (text === "") return true;
    if (text.startsWith("[")) {
      this.#flush();
      if (this.#membersToCome !== 0) this.uneven += 1;
      this.#membersToCome = Number(MEMBERS.exec(text)?.[1] ?? 0);
      const type = TYPE_LINE.exec(text);
      if (type === null) return false;
      this.count += 1;
      const sized = SIZED.exec(text);
      if (sized !== null) this.#begin(Number(type[1]), sized[1] as string, Number(sized[2]));
      return sized !== null || !HAS_SIZE.test(text);
    }
    const member = MEMBER.exec(text);
    if (member === null && !OTHER_MEMBER.test(text)) return false;
    this.#membersToCome -= 1;
    if (member !== null) this.#member(member[1] as string, Number(member[2]), Number(member[3]));
    return true;
  }

  get isCut(): boolean {
    return this.#membersToCome > 0;
  }

  /** @returns whether any of the types says something. */
  report(sink: FactSink): boolean {
    this.#flush();
    const sizes = Object.fromEntries(this.#sizes);
    // Only a kernel's own BTF has its map structs; that of a module or a program has not.
    if (sizes.bpf_map !== undefined) sink.structSizes({ sizes, source: this.#source });
    for (const { layout, type, offset } of this.#unions) {
      const fields = this.#anonymous.get(type) ?? {};
      const known = this.#layouts.get(layout);
      if (known === undefined) continue;
      const moved = Object.entries(fields).map(([name, at]) => [name, at + offset]);
      this.#layouts.set(layout, {
        ...known,
        offsets: { ...known.offsets, ...Object.fromEntries(moved) },
      });
    }
    sink.add("structLayouts", [...this.#layouts.values()]);
    return sizes.bpf_map !== undefined || this.#layouts.size > 0;
  }

  #begin(id: number, name: string, size: number): void {
    // Two types of one name: the first is the one that libbpf finds.
    if (WANTED.has(name) && !this.#sizes.has(name)) this.#sizes.set(name, size);
    if (name === ANONYMOUS || isKnownMessage(name)) this.#current = { id, name, size, offsets: {} };
  }

  #jsonMember(member: JsonValue): void {
    if (typeof member !== "object" || member === null || Array.isArray(member)) return;
    const type = uint32(member.type_id);
    const offset = uint32(member.bits_offset);
    if (typeof member.name === "string" && type !== undefined && offset !== undefined) {
      this.#member(member.name, type, offset);
    }
  }

  #member(name: string, type: number, bits: number): void {
    const current = this.#current;
    if (current === undefined) return;
    if (name !== ANONYMOUS && name !== "") current.offsets[name] = bits / 8;
    else if (current.name !== ANONYMOUS) {
      this.#unions.push({ layout: messageName(current.name), type, offset: bits / 8 });
    }
  }

  #flush(): void {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return;
    const { id, name, size, offsets } = current;
    // A kernel has thousands without a name; those of a mesh's objects are few.
    if (name === ANONYMOUS) {
      if (this.#anonymous.size < MAX_ANONYMOUS) this.#anonymous.set(id, offsets);
    } else
      this.#layouts.set(messageName(name), {
        name: messageName(name),
        size,
        offsets,
        source: this.#source,
      });
  }
}

const ANONYMOUS = "(anon)";
const MAX_ANONYMOUS = 20_000;
const WANTED: ReadonlySet<string> = new Set(KERNEL_STRUCTS);

/** Text has no end of its own: only a type that lacks members shows that there was more. */
function sayCut({ file, offset, bytes }: ByteSource, sink: FactSink): void {
  sink.diagnostic({
    level: "data-loss",
    code: "truncated",
    file,
    offset: offset + (bytes ?? 0),
    message: "the dump ends before the members of its last type do; what stands before is read",
    hint: AGAIN,
  });
}

/** A line was lost between them, or the number of members was cut. */
function sayUneven({ file, offset }: ByteSource, sink: FactSink, types: number): void {
  sink.diagnostic({
    level: "data-loss",
    code: "truncated",
    file,
    offset,
    message: `${types === 1 ? "a type has" : `${types} types have`} other members than ${types === 1 ? "it says" : "they say"}: lines are lost between them`,
    hint: AGAIN,
  });
}

function sayMore({ file, offset }: ByteSource, sink: FactSink, lines: number): void {
  sink.diagnostic({
    level: "data-loss",
    code: "skipped-record",
    file,
    offset,
    message: `${lines} more lines are no lines of the dump`,
    hint: AGAIN,
  });
}

function sayNoSizes({ file, offset }: ByteSource, sink: FactSink): void {
  sink.diagnostic({
    level: "warning",
    code: "nothing-known",
    file,
    offset,
    message: "BTF as C text does not say the sizes of its structs",
    hint: `Dump it as it is: \`${COMMAND}\`, or pass /sys/kernel/btf/vmlinux itself.`,
  });
}

function sayNothing({ file, offset }: ByteSource, sink: FactSink, count: number): void {
  sink.diagnostic({
    level: "info",
    code: "no-facts",
    file,
    offset,
    message: `none of its ${count} types is a struct of the kernel's maps, or one that a known daemon stores`,
    hint: `For struct sizes, dump the kernel's own types: \`${COMMAND}\`.`,
  });
}
