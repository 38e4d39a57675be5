/** What a config's text may not do, before anything looks at what it says; and where in it something is. */
import { createScanner, type Node } from "jsonc-parser";

/** The deepest that means anything in a config has 6. */
export const MOST_DEPTH = 64;

/** Offset of the first bracket that is too deep: the parser would go down with it. */
export function tooDeepAt(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const first = text[scanner.getTokenOffset()];
    if (first === "{" || first === "[") depth += 1;
    if (first === "}" || first === "]") depth -= 1;
    if (depth > MOST_DEPTH) return scanner.getTokenOffset();
  }
  return undefined;
}

/** JSON takes the last of two keys, and a budget of the first would silently be none. */
export function repeatedKey(node: Node): Node | undefined {
  const seen = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = node.type === "object" ? child.children?.[0] : undefined;
    if (key !== undefined && seen.has(key.value)) return key;
    seen.add(key?.value);
    const below = repeatedKey(child);
    if (below !== undefined) return below;
  }
  return undefined;
}

export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return `line ${line}, column ${offset - before.lastIndexOf("\n")}`;
}
