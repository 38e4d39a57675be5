/** Blocks of a report -> sections of HTML: one a heading, each with a place in the list of contents. */
import type { Block, FindingItem, ListItem } from "../parts/blocks.ts";
import type { EvidenceRow } from "../parts/evidence.ts";
import { anchor, element, type Html, prose, text } from "./markup.ts";

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: readonly Html[];
}

/** Rows of one table in a page; a browser gets slow with more, and nobody reads them. */
const MOST_ROWS = 2000;

/** Where the pages of docs can be read that a finding names. */
export const DOCS = "https://github.com/mapscope/mapscope/blob/main/";

export function sectionsOf(blocks: readonly Block[], lead: string): Section[] {
  const sections: { title: string; body: Html[] }[] = [{ title: lead, body: [] }];
  for (const block of blocks) {
    if (block.kind === "heading") sections.push({ title: block.text, body: [] });
    else sections.at(-1)?.body.push(htmlOf(block, sections.at(-1)?.title ?? lead));
  }
  const used = new Map<string, number>();
  return sections
    .filter((it) => it.body.length > 0)
    .map(({ title, body }) => {
      const name = anchor(title);
      const count = (used.get(name) ?? 0) + 1;
      used.set(name, count);
      return { id: count === 1 ? name : `${name}-${count}`, title, body };
    });
}

export function sectionHtml({ id, title, body }: Section, level: "h2" | "h3" = "h2"): Html {
  const heading = element(level, { id: `${id}-title` }, [text(title)]);
  return element("section", { id, "aria-labelledby": `${id}-title` }, [heading, ...body]);
}

function htmlOf(block: Exclude<Block, { kind: "heading" }>, title: string): Html {
  switch (block.kind) {
    case "verdict":
      return element("p", { class: "verdict" }, [text(block.texts[0] ?? "")]);
    case "text":
      return element("p", { class: "note" }, [prose(block.text)]);
    case "table":
      return tableOf(block, title);
    case "list":
      return element("ul", {}, block.items.map(itemOf));
    case "findings":
      return element("ul", { class: "findings" }, block.items.map(findingOf));
  }
}

export function tableOf(
  { columns, rows }: Pick<Extract<Block, { kind: "table" }>, "columns" | "rows">,
  title: string,
): Html {
  const shown = rows.slice(0, MOST_ROWS);
  const align = (at: number) => (columns[at]?.align === "right" ? "number" : undefined);
  const head = columns.map((it, at) =>
    element("th", { scope: "col", class: align(at) }, [text(it.title === "" ? "what" : it.title)]),
  );
  const body = shown.map((row) =>
    element(
      "tr",
      {},
      row.map((cell, at) =>
        at === 0
          ? element("th", { scope: "row", class: align(at) }, [text(cell)])
          : element("td", { class: align(at) }, [text(cell)]),
      ),
    ),
  );
  const table = element("table", {}, [
    element("thead", {}, [element("tr", {}, head)]),
    element("tbody", {}, body),
  ]);
  // Wide tables scroll by themselves, with the keyboard too.
  const box = element(
    "div",
    { class: "scroll", role: "region", tabindex: 0, "aria-label": `table: ${title}` },
    [table],
  );
  const hidden = rows.length - shown.length;
  if (hidden === 0) return box;
  const note = `${hidden} more rows are not in this page; the JSON report has all.`;
  return box + element("p", { class: "note" }, [text(note)]);
}

function itemOf({ lead, level, text: words }: ListItem): Html {
  return element("li", {}, [
    ...(level === undefined ? [] : [element("strong", { class: level }, [text(level)]), " "]),
    ...(lead === undefined ? [] : [element("strong", {}, [text(lead)]), ": "]),
    prose(words),
  ]);
}

function findingOf(item: FindingItem): Html {
  const { severity, rule, title, where, saves, message, recommendation, docs, evidence } = item;
  const isTitled = title !== undefined && title !== rule;
  return element("li", { class: severity }, [
    element("h3", {}, [
      element("span", { class: "level" }, [text(severity)]),
      `: ${text([title ?? rule, where].filter((it) => it !== "").join(" · "))} `,
      ...(isTitled ? [element("code", { class: "rule" }, [text(rule)])] : []),
      ...(saves === undefined
        ? []
        : [" ", element("span", { class: "saves" }, [text(`saves ${saves}`)])]),
    ]),
    element("p", {}, [prose(message)]),
    ...(recommendation === undefined
      ? []
      : [element("p", {}, [element("strong", {}, ["Do: "]), prose(recommendation)])]),
    ...(evidence === undefined || evidence.length === 0 ? [] : [evidenceOf(evidence)]),
    ...(docs === undefined
      ? []
      : [
          element("p", { class: "note" }, [
            element("a", { href: DOCS + docs, rel: "noreferrer" }, [text(docs)]),
          ]),
        ]),
  ]);
}

function evidenceOf(rows: readonly EvidenceRow[]): Html {
  const body = rows.map(([name, value]) =>
    element("tr", {}, [
      element("th", { scope: "row" }, [text(name)]),
      element("td", {}, [text(value)]),
    ]),
  );
  return element("details", {}, [
    element("summary", {}, ["Evidence"]),
    element("div", { class: "scroll" }, [
      element("table", { class: "evidence" }, [element("tbody", {}, body)]),
    ]),
  ]);
}
