/** `/sys/devices/system/cpu/possible`, the CPUs that per-CPU maps are sized by, and `online` beside it. */
import { readAll } from "../byte-source.ts";
import { countCpus, isCpuList } from "../cpu-list.ts";
import { baseName } from "../file-name.ts";
import { defineImporter } from "../importer.ts";
import { redactLines } from "../redact/lines.ts";

const MAX_BYTES = 4096;

export const possibleCpus = defineImporter({
  id: "possible-cpus",
  title: "List of possible CPUs",
  docs: "docs/formats/possible-cpus.md",
  priority: 61, // A whole input of digits, which no other format is.
  sniff: (head) => head.complete && isCpuList(head.text),
  redact: redactLines(),

  async read(source, sink) {
    const { bytes } = await readAll(source, MAX_BYTES);
    const value = countCpus(new TextDecoder().decode(bytes).trim());
    // Both lists look the same: only the name can tell.
    const name = baseName(source.file);
    const isPossible = /possible/i.test(name);
    const isOnline = !isPossible && /online/i.test(name);
    sink.host({
      fact: isOnline ? "onlineCpus" : "possibleCpus",
      value,
      basis: isPossible || isOnline ? "reported" : "assumed",
      source: `${source.file} line ${source.firstLine ?? 1}`,
    });
  },
});
