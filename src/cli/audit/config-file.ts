/** `mapscope.config.json`: JSON with comments, read and checked; what is wrong is told with line and column. */
import { readFile, readlink } from "node:fs/promises";
import { resolve } from "node:path";
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { z } from "zod";
import {
  type AuditConfig,
  budgetSchema,
  configSchema,
  waiverSchema,
} from "../../analyze/audit/config.ts";
import { AUDIT_RULE_IDS } from "../../analyze/audit/rules.ts";
import { rules } from "../../analyze/rules/index.ts";
import { mapTypes } from "../../model/map-types/index.ts";
import { readFailure } from "../file-errors.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage-error.ts";
import { lineAndColumn, lostKey, MOST_DEPTH, repeatedKey, tooDeepAt } from "./config-text.ts";
import { unmatchedPart } from "./unmatched-part.ts";

export const CONFIG_NAME = "mapscope.config.json";

const HINT =
  "`mapscope audit --init` writes one to begin with, `mapscope schema config` its JSON Schema.";

/** Undefined when none was named and none is there. @throws {UsageError} */
export async function readConfig(
  named: string | undefined,
  cwd: string,
): Promise<{ readonly config: AuditConfig; readonly file: string } | undefined> {
  const file = named ?? CONFIG_NAME;
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), "utf8");
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    const target = failure.code === "ENOENT" ? await linkedTo(resolve(cwd, file)) : undefined;
    if (target !== undefined) {
      throw new UsageError(
        `${file}: it is a link to ${target}, which is not there`,
        "Mend the link, or remove it.",
      );
    }
    if (named === undefined && failure.code === "ENOENT") return undefined;
    throw new UsageError(`${file}: ${readFailure(failure)}`, HINT);
  }
  return { config: checkedConfig(text.replace(/^\ufeff/, ""), file), file };
}

/** Undefined for what is no link. */
async function linkedTo(path: string): Promise<string | undefined> {
  return readlink(path).catch(() => undefined);
}

function checkedConfig(text: string, file: string): AuditConfig {
  const tooDeep = tooDeepAt(text);
  if (tooDeep !== undefined) {
    const where = lineAndColumn(text, tooDeep);
    throw new UsageError(`${file} ${where}: brackets are nested deeper than ${MOST_DEPTH}`, HINT);
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [broken] = errors;
  if (broken !== undefined || tree === undefined) {
    const offset = broken?.offset ?? 0;
    const what = broken === undefined ? "it is empty" : parseErrorText(broken);
    throw new UsageError(`${file} ${lineAndColumn(text, offset)}: ${what}`, HINT);
  }
  const twice = repeatedKey(tree);
  if (twice !== undefined) {
    throw new UsageError(
      `${file} ${lineAndColumn(text, twice.offset)}: there is a key ${JSON.stringify(twice.value)} before, which would not count`,
      "Put what both say into one.",
    );
  }
  const lost = lostKey(tree);
  if (lost !== undefined) {
    throw new UsageError(
      `${file} ${lineAndColumn(text, lost.offset)}: nothing can be called ${JSON.stringify(lost.value)}, which would not count`,
      "Give it another name.",
    );
  }
  const result = configSchema.safeParse(getNodeValue(tree));
  if (!result.success) throw refusal(result.error.issues[0], tree, text, file);
  checkRules(result.data, tree, text, file);
  checkTypes(result.data, { tree, text, file });
  checkWaivers(result.data, { tree, text, file });
  return result.data;
}

/** `CommaExpected` -> `a comma is expected`. */
function parseErrorText({ error }: ParseError): string {
  const words = printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return `it is not JSON (${words})`;
}

type Issue = z.core.$ZodIssue;

function refusal(issue: Issue | undefined, tree: Node, text: string, file: string): UsageError {
  if (issue === undefined) return new UsageError(`${file}: it is no config`, HINT);
  const found = innermost(issue);
  if (found.code === "unrecognized_keys") {
    const [key = ""] = found.keys;
    const guess = nearest(key, keysAt(found.path));
    return complaint(
      [...found.path, key],
      `there is no key ${JSON.stringify(key)}`,
      guess === undefined
        ? `Known here: ${keysAt(found.path).join(", ")}.`
        : `Did you mean ${JSON.stringify(guess)}?`,
      { tree, text, file },
    );
  }
  const guess = found.code === "invalid_value" ? guessOf(found, tree) : undefined;
  return complaint(
    found.path,
    messageOf(found),
    guess === undefined ? HINT : `Did you mean ${JSON.stringify(guess)}?`,
    { tree, text, file },
  );
}

/** Of alternatives, the one that went furthest is what was meant. */
function innermost(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const deepest = issue.errors
    .flat()
    .map(innermost)
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (deepest === undefined || deepest.path.length === 0) return issue;
  return { ...deepest, path: [...issue.path, ...deepest.path] } as Issue;
}

function messageOf(issue: Issue): string {
  // What the schema itself says of a key is more than its type.
  if (issue.message.startsWith("must ")) return issue.message;
  if (issue.code === "invalid_value")
    return `must be one of ${issue.values.map((it) => String(it)).join(", ")}`;
  if (issue.code === "invalid_type") return `must be ${article(issue.expected)}`;
  if (issue.code === "too_small" && issue.origin === "array") return "must have at least one item";
  if (issue.code === "too_small" && issue.origin === "string")
    return "must have at least one letter";
  // What is wrong with a key that people name themselves.
  if (issue.code === "invalid_key")
    return issue.issues[0] === undefined ? issue.message : messageOf(issue.issues[0]);
  return issue.message;
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function guessOf(issue: Extract<Issue, { code: "invalid_value" }>, tree: Node): string | undefined {
  const value = valueAt(tree, issue.path);
  return typeof value === "string" ? nearest(value, issue.values.map(String)) : undefined;
}

const RULE_IDS: readonly string[] = [...rules.map((it) => it.id), ...AUDIT_RULE_IDS];

/** What is for no map type limits nothing. */
function checkTypes({ budgets }: AuditConfig, source: Source): void {
  const known = mapTypes.map((it) => it.name);
  budgets.forEach(({ type = [] }, index) => {
    const path = ["budgets", index, "type"];
    const isList = Array.isArray(valueAt(source.tree, path));
    type.forEach((glob, place) => {
      const word = unmatchedPart(glob, known);
      if (word === undefined) return;
      const guess = nearest(word.trim().toLowerCase(), known);
      throw complaint(
        isList ? [...path, place] : path,
        `there is no map type ${JSON.stringify(word)}`,
        guess === undefined
          ? "`mapscope explain` lists all map types."
          : `Did you mean ${JSON.stringify(guess)}?`,
        source,
      );
    });
  });
}

/** What is no rule's is a slip: it would waive nothing, quietly. */
function checkWaivers({ waivers }: AuditConfig, source: Source): void {
  waivers.forEach(({ rule = [] }, index) => {
    for (const glob of rule) {
      const id = unmatchedPart(glob, RULE_IDS);
      if (id !== undefined) throw noSuchRule(id, ["waivers", index, "rule"], source);
    }
  });
}

function noSuchRule(id: string, path: readonly PropertyKey[], source: Source): UsageError {
  const guess = nearest(id, RULE_IDS);
  return complaint(
    path,
    `there is no rule ${JSON.stringify(id)}`,
    guess === undefined ? "`mapscope explain` lists all rules." : `Did you mean ${guess}?`,
    source,
  );
}

function checkRules(config: AuditConfig, tree: Node, text: string, file: string): void {
  for (const [id, rule] of Object.entries(config.rules)) {
    const known = rules.find((it) => it.id === id);
    if (known === undefined && !RULE_IDS.includes(id)) {
      throw noSuchRule(id, ["rules", id], { tree, text, file });
    }
    if (!Array.isArray(rule)) continue;
    const options = known?.options ?? z.strictObject({});
    const result = options.safeParse(rule[1]);
    const issue = result.success ? undefined : result.error.issues[0];
    if (issue === undefined) continue;
    const key = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
    const guess = key === undefined ? undefined : nearest(key, keysOf(options));
    throw complaint(
      ["rules", id, 1, ...issue.path, ...(key === undefined ? [] : [key])],
      key === undefined ? messageOf(issue) : `rule ${id} has no option ${JSON.stringify(key)}`,
      guess === undefined
        ? optionsHint(id, keysOf(options))
        : `Did you mean ${JSON.stringify(guess)}?`,
      { tree, text, file },
    );
  }
}

function optionsHint(id: string, known: readonly string[]): string {
  return known.length === 0
    ? `${id} has no options.`
    : `Its options are ${known.join(", ")}: \`mapscope explain ${id}\`.`;
}

interface Source {
  readonly tree: Node;
  readonly text: string;
  readonly file: string;
}

function complaint(
  path: readonly PropertyKey[],
  message: string,
  hint: string,
  { tree, text, file }: Source,
): UsageError {
  const value = valueAt(tree, path);
  const found =
    value === undefined || typeof value === "object" ? "" : `, not ${JSON.stringify(value)}`;
  const where = path.length === 0 ? "" : `${pathText(path)}: `;
  const isExpectation = message.startsWith("must");
  const missing = isExpectation && value === undefined && path.length > 0 ? "is missing, and " : "";
  return new UsageError(
    `${file} ${lineAndColumn(text, offsetOf(tree, path))}: ${where}${missing}${message}${isExpectation ? found : ""}`,
    hint,
  );
}

/** The nearest part of the file that is there: what is missing has no place of its own. */
function offsetOf(tree: Node, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length) as (string | number)[]);
    if (node !== undefined)
      return node.parent?.type === "property" ? node.parent.offset : node.offset;
  }
  return tree.offset;
}

function valueAt(tree: Node, path: readonly PropertyKey[]): unknown {
  const node = findNodeAtLocation(tree, [...path] as (string | number)[]);
  return node === undefined ? undefined : getNodeValue(node);
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((it, index) =>
      typeof it === "number" ? `[${it}]` : `${index > 0 ? "." : ""}${String(it)}`,
    )
    .join("");
}

const keysOf = (options: z.ZodType) =>
  options instanceof z.ZodObject ? Object.keys(options.shape) : [];

/** Which keys a part of the config has. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const [first, ...rest] = path;
  if (first === undefined) return Object.keys(configSchema.shape);
  if (first === "budgets" && rest.length === 1) return Object.keys(budgetSchema.shape);
  if (first === "waivers" && rest.length === 1) return Object.keys(waiverSchema.shape);
  return [];
}
