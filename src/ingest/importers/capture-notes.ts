/** What lies beside a capture and says nothing of maps: versions, lists of BTF objects and links, manifests. */
import { peek } from "../byte-source.ts";
import type { Head } from "../head.ts";
import { type BlockShape, defineImporter } from "../importer.ts";

const VERSION_LINE = /^bpftool v\d+\.\d+/;
const version: BlockShape = {
  begins: (line) => VERSION_LINE.test(line),
  belongs: (line) => /^(?:using libbpf v|features:)/.test(line),
};

interface Note {
  readonly what: string;
  readonly hint?: string;
  is(head: Head): boolean;
}

const NOTES: readonly Note[] = [
  { what: "the version of bpftool", is: (head) => head.isMostly(version) },
  {
    what: "a list of the host's BTF objects (bpftool btf show)",
    hint: "For the types themselves: `bpftool -j btf dump file /sys/kernel/btf/vmlinux > vmlinux-btf.json`.",
    is: (head) =>
      head.hasKeys("id", "size", "kernel") && !head.hasKeys("bytes_key") && !head.hasKeys("type"),
  },
  {
    what: "a list of BPF links (bpftool link show)",
    is: (head) => head.hasKeys("id", "type", "prog_id") && !head.hasKeys("bytes_key"),
  },
  {
    what: "a list of capture files with their tools and commands",
    is: (head) =>
      (head.hasKeys("files") || head.hasKeys("captures")) &&
      head.json !== undefined &&
      [...head.json.keys].every((key) => key === "files" || key === "captures") &&
      /"(?:path|folder)"\s*:/.test(head.text),
  },
];

export const captureNotes = defineImporter({
  id: "capture-notes",
  title: "notes beside a capture",
  docs: "docs/formats/capture-notes.md",
  priority: 90, // Last: whatever holds facts is another format's.
  sniff: (head) => NOTES.some((note) => note.is(head)),

  async read(input, sink) {
    const { head, source, close } = await peek(input);
    const note = NOTES.find((it) => it.is(head));
    for await (const _ of source.chunks()) {
      // Read to its end, so that its size and fingerprint are those of the file.
    }
    await close();
    sink.diagnostic({
      level: "info",
      code: "no-facts",
      file: source.file,
      offset: source.offset,
      message: `${note?.what ?? "notes"}: read, and nothing in it is about maps`,
      ...(note?.hint !== undefined && { hint: note.hint }),
    });
  },
});
