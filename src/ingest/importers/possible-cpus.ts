/** `/sys/devices/system/cpu/possible`: the CPUs that per-CPU maps are sized by. */
import { readAll } from "../byte-source.ts";
import { baseName } from "../file-name.ts";
import { defineImporter } from "../importer.ts";

/** CPU 0 is always possible, so a list that begins with another number is something else. */
const CPU_LIST = /^0(?:-\d{1,5})?(?:,\d{1,5}(?:-\d{1,5})?)*\s*$/;

const MAX_BYTES = 4096;

export const possibleCpus = defineImporter({
  id: "possible-cpus",
  title: "List of possible CPUs",
  docs: "docs/formats/possible-cpus.md",
  priority: 61, // A whole input of digits, which no other format is.
  sniff: (head) => head.complete && CPU_LIST.test(head.text),

  async read(source, sink) {
    const { bytes } = await readAll(source, MAX_BYTES);
    const value = countCpus(new TextDecoder().decode(bytes).trim());
    // The list of CPUs that are online looks the same: only the name can tell.
    const named = /possible/i.test(baseName(source.file));
    sink.host({
      fact: "possibleCpus",
      value,
      basis: named ? "reported" : "assumed",
      source: `${source.file} line ${source.firstLine ?? 1}`,
    });
  },
});

/** `0-3,8-11` -> 8. */
function countCpus(list: string) {
  return list.split(",").reduce((sum, range) => {
    const [first, last = first] = range.split("-").map(Number);
    return sum + Math.max(0, (last ?? 0) - (first ?? 0) + 1);
  }, 0);
}
