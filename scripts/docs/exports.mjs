/** Makes the page docs/exports.md from the tables and gauges that can leave mapscope. */

const INTRO = `# Tables and gauges: what leaves mapscope for other tools

<!-- Written by scripts/generate-docs.mjs from src/analyze/exports/ and src/analyze/gauges/; do not edit. -->

\`--format csv\` and \`--format arrow\` write one table of the analysis, \`--format openmetrics\` its gauges. See
[CSV](reports/csv.md), [Arrow](reports/arrow.md) and [OpenMetrics](reports/openmetrics.md) for the formats.

## Tables

\`--table <name>\` chooses; without it the families are written. \`--table all --output <folder>\` writes each into
a file of its own.

- A unit stands in the name: \`residentBytes\`, \`cpuPercent\`, \`cpuMillis\`. A name without one is a count, an id or text.
- An \`integer\` is exact (64 bits, signed, in Arrow), a \`number\` may have a fraction (a double), \`text\` is UTF-8.
- What is not known is null (nothing between the commas of CSV), never 0. A column \`...Basis\` says how the number
  beside it is known, from the strongest to the weakest: \`reported\`, \`counted\`, \`modeled\`, \`inferred\`, \`assumed\`.
- A column may be added at any time, so read them by name.
`;

const GAUGES = `## Gauges

Every sample is a gauge without a timestamp. Bytes are whole numbers, and may be negative where a difference says so.
`;

export function exportsPage(tables, gauges) {
  const parts = tables.map(
    ({ name, title, row, columns }) =>
      `### \`${name}\`: ${title.toLowerCase()}\n\nA row is ${row}.\n\n` +
      `| column | type | meaning |\n| --- | --- | --- |\n` +
      columns.map((it) => `| \`${it.name}\` | ${it.type} | ${it.meaning} |\n`).join(""),
  );
  const rows = gauges.map(
    ({ name, labels, help }) =>
      `| \`${name}\` | ${labels.map((it) => `\`${it}\``).join(", ")} | ${help} |\n`,
  );
  return `${INTRO}\n${parts.join("\n")}\n${GAUGES}\n| gauge | labels | meaning |\n| --- | --- | --- |\n${rows.join("")}`;
}
