/** A page of docs for a terminal: paragraphs and list items are filled anew; code, tables and headings stay. */
import { wrap } from "../../report/parts/text-width.ts";

const ITEM = /^(\s*(?:[-*]|\d+\.) +)(.*)$/;
const AS_IT_IS = /^(?:#|\||```)/;

export function fill(text: string, width: number): string {
  const out: string[] = [];
  let open: { readonly lead: string; words: string } | undefined;
  let isCode = false;
  const close = () => {
    if (open === undefined) return;
    const { lead, words } = open;
    wrap(words, width - lead.length).forEach((line, at) => {
      out.push(`${at === 0 ? lead : " ".repeat(lead.length)}${line}`);
    });
    open = undefined;
  };
  for (const line of text.split("\n")) {
    const isFence = line.startsWith("```");
    const isIndented = open === undefined && /^ {4}/.test(line);
    if (isFence || isCode || isIndented || line.trim() === "" || AS_IT_IS.test(line)) {
      close();
      out.push(line);
      if (isFence) isCode = !isCode;
      continue;
    }
    const [, lead, words] = ITEM.exec(line) ?? [];
    if (lead !== undefined && words !== undefined) {
      close();
      open = { lead, words };
    } else if (open === undefined) open = { lead: "", words: line };
    else open.words += ` ${line.trim()}`;
  }
  close();
  return out.join("\n");
}
