/** The report to paste back into an issue: GitHub-flavoured Markdown, names of the input made harmless. */
import type { Block, FindingItem, ListItem } from "./parts/blocks.ts";
import { markdownLine, markdownText } from "./parts/markdown-text.ts";
import { outlineOf } from "./parts/outlines.ts";
import { defineRenderer } from "./renderer.ts";

export const markdown = defineRenderer({
  id: "markdown",
  title: "Markdown to paste into an issue",
  extension: ".md",
  kinds: ["analysis", "audit", "comparison", "objects", "simulation", "sizes"],
  render(result, { verbose }) {
    const parts = outlineOf(result, { verbose }).map(markdownOf);
    // An audit becomes a comment of a pull request, which takes no more.
    return `${(result.kind === "audit" ? cutToComment(parts) : parts).join("\n\n")}\n`;
  },
});

function markdownOf(block: Block): string {
  switch (block.kind) {
    case "verdict":
      return `**${markdownText(block.texts[0] ?? "")}**`;
    case "heading":
      return `### ${markdownText(block.text)}`;
    case "text":
      return markdownLine(block.text);
    case "table":
      return tableOf(block);
    case "list":
      return block.items.map(listItem).join("\n");
    case "findings":
      return block.items.map(findingItem).join("\n");
  }
}

/** What GitHub takes as one comment, in characters, with room for the note. */
const MOST_OF_COMMENT = 65_000;

/** Whole lines from the start, as long as they fit. */
function cutToComment(parts: readonly string[]): readonly string[] {
  const lines = parts.flatMap((part) => ["", ...part.split("\n")]).slice(1);
  let length = 0;
  const end = lines.findIndex((line) => {
    length += line.length + 1;
    return length > MOST_OF_COMMENT;
  });
  if (end < 0) return parts;
  return [
    lines.slice(0, end).join("\n"),
    `*Cut to the size of a comment: ${lines.length - end} lines more; the JSON report has all.*`,
  ];
}

function tableOf({ columns, rows }: Extract<Block, { kind: "table" }>): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownText).join(" | ")} |`;
  const rule = columns.map((it) => (it.align === "right" ? "---:" : "---")).join(" | ");
  return [line(columns.map((it) => it.title)), `| ${rule} |`, ...rows.map(line)].join("\n");
}

function listItem({ lead, level, text }: ListItem): string {
  const start = [level, lead].filter((it) => it !== undefined).map(markdownText);
  return start.length === 0
    ? `- ${markdownLine(text)}`
    : `- **${start.join(" ")}**: ${markdownText(text)}`;
}

function findingItem(item: FindingItem): string {
  const { severity, rule, where, saves, message, recommendation, docs } = item;
  const head = [`**${severity}: ${markdownText(rule)}**`];
  if (where !== "") head.push(markdownText(where));
  if (saves !== undefined) head.push(`saves ${markdownText(saves)}`);
  return [
    `- ${head.join(", ")}`,
    `  ${markdownLine(message)}`,
    ...(recommendation === undefined
      ? []
      : [
          `  *Do:* ${markdownText(recommendation)}${docs === undefined ? "" : ` (${markdownText(docs)})`}`,
        ]),
  ].join("  \n");
}
