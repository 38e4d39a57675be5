/** Makes docs/README.md: every page of docs, and what each folder is for. */
import { generatedFrom, summaryOf, titleOf } from "./markdown.mjs";

/** In the order in which a reader wants them. A folder that is not here has no purpose yet. */
const FOLDERS = {
  guides: "From a question to its answer, step by step, with what the tool prints.",
  formats: "Every input: how to get it, what is read, its traps.",
  rules: "Every finding: what it means, what to do, when to ignore it.",
  "map-types": "What a map of each type takes, and what kernels report of it.",
  reports: "Every output, and what is in it.",
  decisions: "Why it is so: what was chosen, and what was not.",
};

/** @param pages text by path, from docs: `audit.md`, `rules/near-full-map.md` */
export function contentsPage(pages) {
  const paths = Object.keys(pages).sort();
  const folders = new Set(paths.filter((it) => it.includes("/")).map((it) => it.split("/")[0]));
  const unknown = [...folders].filter((it) => FOLDERS[it] === undefined);
  if (unknown.length > 0)
    throw new Error(`docs/${unknown[0]}/: scripts/docs/contents.mjs has no purpose for it`);

  const parts = Object.entries(FOLDERS)
    .filter(([folder]) => folders.has(folder))
    .map(([folder, purpose]) => folderPart(folder, purpose, pages, paths));
  const single = paths.filter((it) => !it.includes("/") && it !== "README.md");
  return `# Documentation

${generatedFrom("the pages of docs/")}

What mapscope is and how to begin: [README](../README.md).

## Folders

${parts.join("\n")}

## Pages

${single.map((path) => line(path, pages[path])).join("\n")}
`;
}

/** A folder with an index of its own is one line; of others each page has a line. */
function folderPart(folder, purpose, pages, paths) {
  const index = `${folder}/README.md`;
  const own = paths.filter((path) => path.startsWith(`${folder}/`));
  if (own.includes(index)) {
    return `- [${folder}](${index}): ${purpose}`;
  }
  const lines = own.map((path) => `  ${line(path, pages[path])}`);
  return [`- ${folder}: ${purpose}`, ...lines].join("\n");
}

function line(path, page) {
  return `- [${titleOf(page)}](${path}): ${summaryOf(page)}`;
}
