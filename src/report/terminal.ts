/** The report for a terminal: plain lines that fit its width, readable without colour. */
import type { DiagnosticLevel } from "../base/diagnostic.ts";
import type { Block, FindingItem, ListItem } from "./parts/blocks.ts";
import { type Paint, painter, type Style } from "./parts/colors.ts";
import { outlineOf } from "./parts/outlines.ts";
import { safeText } from "./parts/safe-text.ts";
import { textTable } from "./parts/text-table.ts";
import { cut, textWidth, wrap } from "./parts/text-width.ts";
import { defineRenderer } from "./renderer.ts";

/** Narrower than this no table can be read; lines then run over. */
const MIN_WIDTH = 60;

export const terminal = defineRenderer({
  id: "terminal",
  title: "plain text for a terminal",
  extension: ".txt",
  kinds: ["analysis", "audit", "comparison", "objects", "simulation", "sizes"],
  render(result, { width, color, verbose }) {
    return `${linesOfBlocks(outlineOf(result, { verbose }), { width, color }).join("\n")}\n`;
  },
});

export function linesOfBlocks(
  blocks: readonly Block[],
  { width, color }: { readonly width: number; readonly color: boolean },
): string[] {
  const paint = painter(color);
  return blocks.flatMap((it) => linesOf(it, Math.max(MIN_WIDTH, width), paint));
}

function linesOf(block: Block, width: number, paint: Paint): string[] {
  switch (block.kind) {
    case "verdict":
      return [paint("strong", oneLine(block.texts.map(safeText), width))];
    case "heading":
      return ["", paint("strong", cut(safeText(block.text), width))];
    case "text":
      return wrap(safeText(block.text), width).map((line) => paint("dim", line));
    case "table":
      return tableLines(block, width, paint);
    case "list":
      return block.items.flatMap((item) => itemLines(item, width, paint));
    case "findings":
      return block.items.flatMap((item, index) => [
        // Those that are told in brief stand close together.
        ...(index > 0 && block.items[index - 1]?.docs !== undefined ? [""] : []),
        ...findingLines(item, width, paint),
      ]);
  }
}

function oneLine(texts: readonly string[], width: number): string {
  return texts.find((text) => textWidth(text) <= width) ?? cut(texts.at(-1) ?? "", width);
}

function tableLines(block: Extract<Block, { kind: "table" }>, width: number, paint: Paint) {
  const columns = block.columns.map((it) => ({ ...it, title: safeText(it.title) }));
  const rows = block.rows.map((row) => row.map(safeText));
  const [head = "", ...body] = textTable(columns, rows, width);
  return [paint("dim", head), ...body];
}

const LEVEL_STYLE: Record<DiagnosticLevel, Style> = {
  "data-loss": "error",
  warning: "warning",
  info: "info",
};

function itemLines({ lead, level, text }: ListItem, width: number, paint: Paint): string[] {
  const whole = [level, lead === undefined ? undefined : `${lead}:`, text]
    .filter((it) => it !== undefined)
    .join(" ");
  const [first = "", ...rest] = wrap(safeText(whole), width - 4);
  const lines = [`  ${first}`, ...rest.map((line) => `    ${line}`)];
  return level === undefined ? lines : colorStart(lines, level, LEVEL_STYLE[level], paint);
}

function findingLines(item: FindingItem, width: number, paint: Paint): string[] {
  const { severity, rule, where, saves, message, recommendation, docs } = item;
  const head = [`${severity}: ${rule}`, where, saves === undefined ? "" : `saves ${saves}`]
    .filter((it) => it !== "")
    .join("  ");
  const [first = "", ...rest] = wrap(safeText(head), width - 4);
  return [
    ...colorStart(
      [`  ${first}`, ...rest.map((line) => `    ${line}`)],
      `${severity}:`,
      severity,
      paint,
    ),
    ...indented(safeText(message), "    ", width),
    ...(recommendation === undefined
      ? []
      : indented(safeText(`do: ${recommendation}`), "    ", width)),
    ...(docs === undefined
      ? []
      : indented(safeText(`see ${docs}`), "    ", width).map((line) => paint("dim", line))),
  ];
}

function indented(text: string, indent: string, width: number): string[] {
  return wrap(text, width - indent.length).map((line) => indent + line);
}

/** Colours the first word of the first line. */
function colorStart(lines: string[], word: string, style: Style, paint: Paint): string[] {
  const [first = "", ...rest] = lines;
  return [first.replace(word, paint(style, word)), ...rest];
}
