/** Makes the page docs/report-format.md from the JSON Schema of the analysis. */

const INTRO = `# The analysis: what \`--format json\` writes

<!-- Written by scripts/generate-docs.mjs from src/analyze/schema/; do not edit. -->

One JSON object: snapshots with their maps and figures, findings, and what was checked. Its definition is the zod schema in \`src/analyze/schema/\`; \`mapscope schema\` prints
it as JSON Schema, and this page is made from that.

## Reading it

- Bytes are whole numbers. A figure is \`{ value, basis, formula? }\`, summed over the family's maps.
- A number that is not known is absent, never 0; the reason stands in \`unknown\` under its name.
- A total sums what is known, carries the weakest basis, and says for how many maps it is \`missing\`.
- \`basis\`, from the strongest to the weakest: \`reported\` by the kernel or a tool, \`counted\` in the input,
  \`modeled\` from the definition, \`inferred\` from other facts of the input, \`assumed\`.
- Messages of findings write byte counts out exactly: \`174,403,584 bytes\`.

## Versions

- **1**: the first.

## Members
`;

/** Sections of equal shape are one; a member of that shape names where it is told. */
export function reportFormatPage(schema) {
  const sections = new Map();
  collect("(the analysis)", schema, sections);
  const parts = [...sections.values()].map(
    ({ paths, rows }) =>
      `### ${heading(paths)}\n\n` +
      `| member | type | | meaning |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`,
  );
  return `${INTRO}\n${parts.join("\n")}`;
}

function collect(path, schema, sections) {
  if (schema.type === "array") return collect(`${path}[]`, schema.items, sections);
  if (schema.anyOf) {
    for (const it of schema.anyOf) collect(path, it, sections);
    return undefined;
  }
  if (schema.properties === undefined) return undefined;
  const { description: _, ...shape } = schema;
  const key = JSON.stringify(shape);
  const known = sections.get(key);
  if (known !== undefined) {
    known.paths.push(path);
    return undefined;
  }
  const members = Object.entries(schema.properties);
  const rows = members.map(([name, member]) => row(name, member, schema.required ?? []));
  sections.set(key, { paths: [path], rows });
  const parent = path === "(the analysis)" ? "" : `${path}.`;
  for (const [name, member] of members) collect(parent + name, member, sections);
  return undefined;
}

/** Members of one parent are told together: `totals.{memlockBytes, usedBytes}`. */
function heading(paths) {
  const byParent = new Map();
  for (const path of paths) {
    const at = path.lastIndexOf(".") + 1;
    const parent = path.slice(0, at);
    byParent.set(parent, [...(byParent.get(parent) ?? []), path.slice(at)]);
  }
  return [...byParent]
    .map(([parent, names]) =>
      names.length > 1 ? `${parent}{${names.join(", ")}}` : parent + names[0],
    )
    .map((path) => `\`${path}\``)
    .join(", ");
}

function row(name, member, required) {
  const presence = required.includes(name) ? "" : "optional";
  const meaning = member.description ?? member.items?.description ?? "";
  return `| \`${name}\` | ${typeName(member)} | ${presence} | ${meaning.replaceAll("|", "\\|")} |`;
}

function typeName(schema) {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((it) => `\`${it}\``).join(", ");
  if (schema.anyOf) return schema.anyOf.map(typeName).join(" or ");
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeName).join(", ")}]`;
  if (schema.type === "array") return `array of ${typeName(schema.items)}`;
  if (schema.type === "object") {
    return schema.properties ? "object" : `object of ${typeName(schema.additionalProperties)}`;
  }
  return schema.type ?? "anything";
}
