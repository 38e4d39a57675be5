/** `uname -a` or `uname -srvm`: the kernel's release. */
import { defineImporter } from "../importer.ts";
import { linesOf, placeOf } from "../lines.ts";
import { redactLines } from "../redact/lines.ts";

/** With or without the host's name; the build's number follows the release. */
const UNAME = /^\s*Linux (?:[\w.-]+ )?(\d+\.\d+[^\s]*) #\d+/;

const block = {
  begins: (line: string) => UNAME.test(line),
  belongs: () => false,
};

export const uname = defineImporter({
  id: "uname",
  title: "uname",
  docs: "docs/formats/uname.md",
  priority: 60, // Told by its line, which is in no other format.
  sniff: (head) => head.isMostly(block),
  block,
  redact: redactLines(),

  async read(source, sink) {
    for await (const line of linesOf(source)) {
      const value = UNAME.exec(line.text)?.[1];
      if (value === undefined) continue;
      sink.host({ fact: "kernelRelease", value, basis: "reported", source: placeOf(source, line) });
    }
  },
});
