// The script and the style of the HTML report as a TypeScript module, with the hashes that its policy names.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { rolldown } from "rolldown";

export async function standaloneModule(root) {
  const build = await rolldown({ input: join(root, "src/viewer/standalone.ts"), tsconfig: false });
  const { output } = await build.generate({ format: "iife", minify: true });
  await build.close();
  const script = output[0].code.trim();
  const style = await styleOf(root, ["tokens", "standalone"]);
  for (const part of [script, style]) {
    if (/<\/|<!--/.test(part)) throw new Error("it would end the element that it stands in");
  }
  const hash = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
  return `/** Written by scripts/generate-docs.mjs from src/viewer/{standalone.ts,tokens.css,standalone.css}; do not edit. */

export const SCRIPT = ${JSON.stringify(script)};
export const SCRIPT_HASH = ${JSON.stringify(hash(script))};

export const STYLE = ${JSON.stringify(style)};
export const STYLE_HASH = ${JSON.stringify(hash(style))};
`;
}

/** Sheets of src/viewer as one, without its line breaks. */
export async function styleOf(root, names) {
  const sheets = names.map((name) => readFile(join(root, `src/viewer/${name}.css`), "utf8"));
  return (await Promise.all(sheets))
    .join("")
    .replace(/\s*\n\s*/g, "")
    .trim();
}
