/** The transcript in README.md: parts of a golden report, so that it is what the tool prints. */
import { read } from "./project-files.ts";

const REPORT = "test/golden/issue-945/report.txt";
const BLOCK = /(<!-- transcript: .*-->\n```text\n)([\s\S]*?)(```\n)/;

/** How the parts begin that a reader meets first; of a part with several findings the first is shown. */
const PARTS = [/^/, /^Suspects/, /^Findings/, /^Growth/, /^Maps, largest first/];

export function transcriptIn(readme: string): string | undefined {
  return BLOCK.exec(readme)?.[2];
}

export function withTranscript(readme: string): string {
  return readme.replace(BLOCK, (_all, before, _old, after) => `${before}${transcript()}${after}`);
}

/** Parts of a report are set apart by empty lines; where some are left out, three dots stand. */
export function transcript(): string {
  const parts = read(REPORT).trimEnd().split("\n\n");
  const shown: string[] = [];
  let last = -1;
  for (const part of PARTS) {
    const at = parts.findIndex((text) => part.test(text));
    const text = parts[at];
    if (text === undefined) throw new Error(`${REPORT} has no part ${part}`);
    if (at > last + 1) shown.push("...");
    shown.push(text);
    last = at;
  }
  return `${[...shown, "..."].join("\n\n")}\n`;
}
