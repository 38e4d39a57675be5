/** Links of the documents lead somewhere: to a file that exists and, behind `#`, to a heading of it. */
import { describe, expect, test } from "vitest";
import { rules } from "../../src/analyze/rules/index.ts";
import { exists, filesUnder, read } from "../support/project-files.ts";

const pages = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"],
  ...filesUnder("docs").filter((path) => path.endsWith(".md")),
];

test.each(pages)("%s links to what exists", (page) => {
  const broken = linksIn(read(page)).filter((link) => !leadsSomewhere(link, page));
  expect(broken).toEqual([]);
});

test("a link to nothing is noticed", () => {
  const text =
    "[a](README.md#nothing) [b](nothing.md) ![c](no.png) [d](#links-of-a-page) [e](README.md#try-it)";
  const page = "README.md";
  const broken = linksIn(text).filter((link) => !leadsSomewhere(link, page));
  expect(broken).toEqual(["README.md#nothing", "nothing.md", "no.png", "#links-of-a-page"]);
});

test("headings are named as GitHub names them", () => {
  const text =
    "# `mapscope/btf`: a *library*\n## What is read\n```sh\n# no heading\n```\n## What is read\n### [Link](x.md)_y";
  expect(anchorsOf(text)).toEqual([
    "mapscopebtf-a-library",
    "what-is-read",
    "what-is-read-1",
    "link_y",
  ]);
});

describe("docs/decisions", () => {
  const names = filesUnder("docs/decisions")
    .map((path) => path.slice("docs/decisions/".length))
    .filter((name) => name !== "README.md");

  test("are all listed in README.md, by their titles", () => {
    const index = read("docs/decisions/README.md");
    const unlisted = names.filter((name) => {
      const title = /^# (.+)$/m.exec(read(`docs/decisions/${name}`))?.[1];
      return !index.includes(`- [${title}](${name})`);
    });
    expect(unlisted).toEqual([]);
  });

  test("have a number each", () => {
    const numbers = names.map((name) => name.slice(0, 4));
    expect(numbers).toEqual([...new Set(numbers)]);
    const wrong = names.filter(
      (name) => !read(`docs/decisions/${name}`).startsWith(`# ${name.slice(0, 4)}: `),
    );
    expect(wrong).toEqual([]);
  });
});

test("findings send to pages that exist", () => {
  expect(rules.map((rule) => rule.docs).filter((page) => !exists(page))).toEqual([]);
});

/** Targets of links and images, but for those that lead out of the project. */
function linksIn(markdown: string): string[] {
  const text = withoutCode(markdown).replace(/`[^`\n]*`/g, "");
  return [...text.matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)].map((match) => match[1] as string);
}

function leadsSomewhere(link: string, page: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : decodeURI(new URL(path, `file:///${page}`).pathname).slice(1);
  if (!exists(target)) return false;
  return anchor === undefined || anchorsOf(read(target)).includes(anchor);
}

/** As GitHub makes them: small letters, no punctuation, hyphens for spaces, a number where one is there already. */
function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  return [...withoutCode(markdown).matchAll(/^#{1,6} (.+)$/gm)].map((match) => {
    const text = (match[1] as string).replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    const name = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-");
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}-${count}`;
  });
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^ {0,3}(```+)[\s\S]*?^ {0,3}\1$/gm, "");
}
