/** A bpftool of which each answer is known, and what a test wants to know of an archive made with it. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll } from "vitest";
import { captureSchema } from "../../src/analyze/schema/capture.ts";
import { fromBytes } from "../../src/ingest/byte-source.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { Bench } from "./capture-script.ts";
import { component } from "./component.ts";

const map = (id: number, type: string, name?: string) => ({
  id,
  type,
  ...(name !== undefined && { name }),
  flags: 0,
  bytes_key: 4,
  bytes_value: 8,
  max_entries: 16,
  bytes_memlock: 4096,
  frozen: 0,
});
export const MAPS = [
  map(7, "hash", "kmesh_listener"),
  map(8, "array"),
  map(9, "ringbuf", "kmesh_events"),
  map(12, "hash", "kmesh_tail_call"),
  map(131072, "hash", "other.map"),
];
const entry = (byte: number) => ({
  key: [byte, 0, 0, 0].map((it) => `0x0${it}`),
  value: [byte, 0, 0, 0, 0, 0, 0, 0].map((it) => `0x0${it}`),
});
export const DUMP = JSON.stringify([entry(1), entry(2)]);

/** Answers as bpftool does; a test puts other answers in front. */
const bpftool = (before = "") => `#!/bin/sh
case "$*" in
${before}
  *"-j -f map show") echo '${JSON.stringify(MAPS)}' ;;
  *"-j -f prog show" | *"-j -f link show") echo '[]' ;;
  "-j btf show") echo '[{"id":1,"size":5,"kernel":true,"name":"vmlinux"}]' ;;
  "-j map dump id "*) echo '${DUMP}' ;;
  version) printf 'bpftool v7.1.0\\nusing libbpf v1.1\\n' ;;
  "btf dump file "*) printf "[1] STRUCT 'bpf_map' size=296 vlen=1\\n\\t'x' type_id=1\\n[2] STRUCT 'bpf_array' size=312 vlen=1\\n[3] STRUCT 'bpf_htab' size=832 vlen=1\\n[4] STRUCT 'bpf_map' size=1 vlen=1\\n[5] STRUCT 'task' size=9 vlen=1\\n" ;;
  *) echo "Error: unknown: $*" >&2; exit 255 ;;
esac
`;

const benches: Bench[] = [];
export function bench(before = ""): Bench {
  const made = new Bench();
  made.program("bpftool", bpftool(before));
  benches.push(made);
  return made;
}
afterAll(() => {
  for (const it of benches) it.remove();
});

export async function readArchive(bytes: Uint8Array, file = "capture.tar.gz") {
  return ingest([fromBytes(file, bytes)], { component: await component() });
}

/** Paths of the archive's members without the first folder, with their content; by GNU tar. */
export function members(archive: string | Buffer): Record<string, string> {
  const input = typeof archive === "string" ? readFileSync(archive) : archive;
  const packed = input[0] === 0x1f ? "-z" : "";
  const tar = (...args: string[]) =>
    spawnSync("tar", [...args, ...(packed ? [packed] : [])], {
      input,
      maxBuffer: 2 ** 26,
    }).stdout.toString();
  const names = tar("-t").trimEnd().split("\n");
  return Object.fromEntries(
    names.map((name) => [name.replace(/^[^/]*\//, ""), tar("-x", "-O", "-f", "-", name)]),
  );
}

/** The manifests, the archive's own and those of its looks, checked against their schema. */
export function manifests(archive: string | Buffer) {
  const found = Object.entries(members(archive)).filter(([name]) => name.endsWith("capture.json"));
  const parsed = found.map(([name, text]) => ({ name, ...captureSchema.parse(JSON.parse(text)) }));
  const whole = parsed.find(({ name }) => name === "capture.json");
  if (whole === undefined) throw new Error("the archive has no manifest");
  const looks = parsed.filter((it) => it !== whole);
  return { whole, looks, steps: [...whole.commands, ...looks.flatMap(({ commands }) => commands)] };
}
