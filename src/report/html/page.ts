/** The page around a report: policy, style, script, contents. Nothing in it is loaded from anywhere. */
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from "./assets.ts";
import { type Section, sectionHtml } from "./blocks.ts";
import { element, type Html, text } from "./markup.ts";

const POLICY = [
  "default-src 'none'",
  `style-src '${STYLE_HASH}'`,
  `script-src '${SCRIPT_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export interface Page {
  readonly title: string;
  readonly verdict: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** Under the verdict, before the contents. */
  readonly lead: readonly Html[];
  readonly sections: readonly Section[];
}

export function pageOf({ title, verdict, tool, lead, sections }: Page): string {
  const contents = sections.map(({ id, title: name }) =>
    element("li", {}, [element("a", { href: `#${id}` }, [text(name)])]),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#report">Skip to the report</a>
<header>
<h1>${text(title)}</h1>
<p class="verdict">${text(verdict)}</p>
${lead.join("\n")}
<nav aria-label="Contents"><ul>${contents.join("")}</ul></nav>
</header>
<main id="report">
${sections.map((it) => sectionHtml(it)).join("\n")}
</main>
<footer>
<p>Made by ${text(tool.name)} ${text(tool.version)}. This file loads nothing and sends nothing.</p>
</footer>
<script type="module">${SCRIPT}</script>
</body>
</html>
`;
}
