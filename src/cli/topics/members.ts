/** Members of the analysis (`savesBytes`, `verdict`): what the page made of its schema says of them. */
import { readDocsPage } from "../package-files.ts";
import type { NamedTopic } from "./topic.ts";

const PAGE = "report-format.md";
/** The same name in more places says little. */
const MOST_PLACES = 6;

interface Member {
  readonly place: string;
  readonly type: string;
  readonly meaning: string;
}

/** None when no member is called so. */
export async function memberTopics(word: string): Promise<NamedTopic[]> {
  const found = membersIn((await readDocsPage(PAGE)) ?? "", word);
  if (found.length === 0) return [];
  const told = found.filter((it) => it.meaning !== "");
  const shown = (told.length > 0 ? told : found).slice(0, MOST_PLACES);
  const rows = shown.map(({ place, type, meaning }) =>
    [`${word} of ${place}: ${type}`, meaning].filter(Boolean).join(". "),
  );
  return [
    {
      name: word,
      kind: "member",
      title: shown[0]?.meaning ?? "",
      text: async () => [...rows, `see docs/${PAGE}`].join("\n"),
    },
  ];
}

function membersIn(page: string, word: string): Member[] {
  const members: Member[] = [];
  let place = "";
  for (const line of page.split("\n")) {
    if (line.startsWith("### ")) place = line.slice(4).split(", ")[0]?.replaceAll("`", "") ?? "";
    const [, type, optional, meaning] = cellsOf(line, word);
    if (type === undefined) continue;
    members.push({
      place,
      type: optional ? `${type}, optional` : type,
      meaning: meaning ?? "",
    });
  }
  return members;
}

function cellsOf(line: string, word: string): string[] {
  if (!line.startsWith(`| \`${word}\` |`)) return [];
  return line
    .slice(1, -1)
    .split("|")
    .map((it) => it.trim().replaceAll("`", ""));
}
