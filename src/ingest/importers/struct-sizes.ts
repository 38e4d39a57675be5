/** A JSON object of struct name to bytes, as `--struct-sizes` takes it and captures keep it. */

import { InputError } from "../../base/input-error.ts";
import { KERNEL_STRUCTS } from "../../model/struct-profiles/index.ts";
import { readAll } from "../byte-source.ts";
import { defineImporter } from "../importer.ts";
import { type JsonValue, uint32 } from "../json-records.ts";
import { policy, redactJson } from "../redact/json.ts";

const MAX_BYTES = 1024 * 1024;
const WANTED: ReadonlySet<string> = new Set(KERNEL_STRUCTS);

export const structSizes = defineImporter({
  id: "struct-sizes",
  title: "struct sizes of a kernel",
  docs: "docs/formats/struct-sizes.md",
  priority: 43, // Told by names of kernel structs as its keys, which are in no other format.
  sniff: (head) =>
    head.hasKeys("bpf_map") &&
    [...(head.json?.keys ?? [])].filter((it) => WANTED.has(it)).length > 2,
  redact: redactJson(policy(KERNEL_STRUCTS.join(" "), { allNumbers: true })),

  async read(source, sink) {
    const { bytes } = await readAll(source, MAX_BYTES);
    let value: Record<string, JsonValue>;
    try {
      value = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, JsonValue>;
    } catch (error) {
      throw new InputError(
        "malformed",
        { file: source.file, offset: source.offset },
        `the struct sizes are no JSON: ${(error as Error).message}`,
        "Write it again: `pahole --sizes vmlinux`, or pass /sys/kernel/btf/vmlinux itself.",
      );
    }
    const sizes: Record<string, number> = {};
    for (const [name, size] of Object.entries(value)) {
      const bytesOf = uint32(size);
      if (bytesOf !== undefined && bytesOf > 0) sizes[name] = bytesOf;
      else
        sink.diagnostic({
          level: "data-loss",
          code: "skipped-record",
          file: source.file,
          offset: source.offset,
          path: `$.${name.slice(0, 40)}`,
          message: `${JSON.stringify(size)?.slice(0, 40)} is no size of a struct`,
        });
    }
    if (sizes.bpf_map !== undefined) sink.structSizes({ sizes, source: source.file });
  },
});
