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
export function repeatedKey(tree: Node): Node | undefined {
  return firstKey(tree, (key, before) => before.has(key));
}

/** A key that JavaScript takes for something else, so that what it says is lost. */
export function lostKey(tree: Node): Node | undefined {
  return firstKey(tree, (key) => key === "__proto__");
}

/** @param isMeant is told which keys stand before in the same object. */
function firstKey(
  node: Node,
  isMeant: (key: unknown, before: ReadonlySet<unknown>) => boolean,
): Node | undefined {
  const before = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = node.type === "object" ? child.children?.[0] : undefined;
    if (key !== undefined && isMeant(key.value, before)) return key;
    before.add(key?.value);
    const below = firstKey(child, isMeant);
    if (below !== undefined) return below;
  }
  return undefined;
}

export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return `line ${line}, column ${offset - before.lastIndexOf("\n")}`;
}
