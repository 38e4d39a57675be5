/** Makes the pages that list what grows: rules, map types, formats, reports, error codes. */
import {
  code,
  firstSentence,
  generatedFrom,
  leadingCode,
  section,
  summaryOf,
  table,
} from "./markdown.mjs";

/** What of a result's JSON `kind` a person knows: the command that makes it. */
const COMMANDS = {
  analysis: "analyze",
  audit: "audit",
  comparison: "compare",
  objects: "inspect",
  simulation: "simulate",
  sizes: "size",
};

export function rulesPage(rules, needs) {
  const rows = byId(rules).map((it) => [link(it.id), it.severity, it.title, needText(it.needs)]);
  const used = [...new Set(rules.flatMap((it) => it.needs))].sort();
  return `# Rules

${generatedFrom("src/analyze/rules/")}

Each rule finds one thing that is wrong with maps, pods or a capture, and says what proves it and what to do. A rule
whose facts are in no input is *not applicable*, and the report says how to capture them. \`--fail-on warning\` makes
findings an exit status; what [audit](../audit.md#findings) finds besides is on that page.

${table(["id", "severity", "finds", "needs"], rows)}

## What rules need

${table(
  ["fact", "how to get it"],
  used.map((need) => [need, sentence(needs[need].capture)]),
)}
`;
}

export function mapTypesPage(mapTypes) {
  const rows = [...mapTypes]
    .sort((a, b) => a.uapi - b.uapi)
    .map((it) => [
      link(it.name),
      it.uapi,
      it.since.join("."),
      holds(it),
      sentence(it.maxEntriesMeans),
    ]);
  return `# Map types

${generatedFrom("src/model/map-types/")}

What a map of each type takes of the kernel's memory, and what kernels report of it, by version. How figures are made
of that: [how the numbers come about](../how-numbers-come-about.md).

${table(["type", "number", "since", "holds", "max_entries"], rows)}
`;
}

/** @param pages text of each format's page, by id */
export function formatsPage(importers, pages) {
  const rows = byId(importers).map((it) => [link(it.id), it.title, howTo(pages[it.id])]);
  return `# Input formats

${generatedFrom("src/ingest/importers/ and the pages")}

What mapscope reads. It recognises a format by its content, never by a file's name; any mix of files, folders and archives makes
one report. Most facts come from \`bpftool -j map show\`; everything else adds to it.

${table(["id", "what", "one way to get it"], rows)}
`;
}

/** @param pages text of each format's page, by id */
export function reportsPage(renderers, pages) {
  const rows = renderers.map((it) => [
    link(it.id),
    it.title,
    code(it.extension),
    it.kinds.map((kind) => code(COMMANDS[kind] ?? kind)).join(", "),
    summaryOf(pages[it.id]),
  ]);
  return `# Report formats

${generatedFrom("src/report/")}

\`--format <id>\` chooses one, \`--output <file>\` writes it to a file. The first is what is printed when none is asked
for. The members of the JSON are in [the analysis](../report-format.md).

${table(["id", "title", "file", "commands", "what it is"], rows)}
`;
}

export function errorCodesPage(codes) {
  return `# Error codes

${generatedFrom("src/base/error-codes.ts")}

What can be wrong with an input. Each message names the file and the place in it; \`mapscope explain <code>\` prints the
meaning. Of an error nothing could be read; of a diagnostic the rest was.

${table(
  ["code", "meaning"],
  Object.entries(codes)
    .sort(([a], [b]) => compare(a, b))
    .map(([id, meaning]) => [code(id), meaning]),
)}
`;
}

function byId(things) {
  return [...things].sort((a, b) => compare(a.id, b.id));
}

/** By code unit, so that no locale matters. */
function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

function link(id) {
  return `[${id}](${id}.md)`;
}

function needText(needs) {
  return needs.length === 0 ? "-" : needs.join(", ");
}

function holds({ holds: what, isPerCpu }) {
  const text = what === "none" ? "neither" : what;
  return isPerCpu ? `${text}, for each CPU` : text;
}

function howTo(page) {
  const text = section(page, "How to capture it");
  if (text === undefined) return "";
  const command = leadingCode(text);
  return command === undefined ? firstSentence(text) : code(command);
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
