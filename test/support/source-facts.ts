/** What a TypeScript file imports, calls and compares, by a real parser. */
import { parseSync, Visitor } from "rolldown/utils";
import { read } from "./project-files.ts";

export interface SourceFacts {
  /** Every specifier of an import, export from, `import()` or `import("…").Type`. */
  readonly imports: readonly string[];
  readonly comments: number;
  /** Texts that something is compared with (`===`, `case`). */
  readonly comparedTexts: readonly string[];
  /** `object.property` pairs: `process.exitCode`. */
  readonly members: readonly string[];
}

export function sourceFacts(path: string): SourceFacts {
  const { program, comments, errors } = parseSync(path, read(path));
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const imports: string[] = [];
  const comparedTexts: string[] = [];
  const members: string[] = [];
  const compared = (node: { type: string; value?: unknown } | null) => {
    if (node?.type === "Literal" && typeof node.value === "string") comparedTexts.push(node.value);
  };
  new Visitor({
    ImportDeclaration: (node) => void imports.push(node.source.value),
    ExportAllDeclaration: (node) => void imports.push(node.source.value),
    ExportNamedDeclaration: (node) => void (node.source && imports.push(node.source.value)),
    ImportExpression: (node) => {
      // `import(path)` with a computed path would hide what is imported.
      imports.push(
        node.source.type === "Literal" ? String(node.source.value) : "(a computed specifier)",
      );
    },
    TSImportType: (node) => void imports.push(node.source.value),
    BinaryExpression: (node) => {
      if (!/^[!=]==?$/.test(node.operator)) return;
      compared(node.left);
      compared(node.right);
    },
    SwitchCase: (node) => compared(node.test),
    MemberExpression: (node) => {
      if (node.object.type === "Identifier" && node.property.type === "Identifier") {
        members.push(`${node.object.name}.${node.property.name}`);
      }
    },
  }).visit(program);
  return { imports, comments: comments.length, comparedTexts, members };
}
