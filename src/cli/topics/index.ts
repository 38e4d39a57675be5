/** All that `explain` knows, gathered from the code and the pages of docs that say it. */
import { z } from "zod";
import { AUDIT_RULE_IDS, AUDIT_RULES, auditRuleDocs } from "../../analyze/audit/rules.ts";
import {
  AUDIT_MEANING,
  CHANGE_MEANING,
  FILL_MEANING,
  OUTCOME_MEANING,
} from "../../analyze/audit/words.ts";
import { BYTE_FIGURES, COUNT_MEANING, FIGURE_MEANING } from "../../analyze/figures.ts";
import { rules } from "../../analyze/rules/index.ts";
import { CAUSE_MEANING } from "../../analyze/schema/comparison.ts";
import { ROLE_MEANING } from "../../analyze/schema/family.ts";
import { BASES } from "../../base/basis.ts";
import { ERROR_CODES } from "../../base/error-codes.ts";
import { accountings } from "../../model/accounting/index.ts";
import { MAP_ERRORS } from "../../model/map-errors.ts";
import { NO_POOL, PRESETS } from "../../model/scaling/presets.ts";
import { FIGURE_TITLE, TOTAL_TITLE } from "../../report/parts/numbers.ts";
import { listDocs, readDocsPage } from "../package-files.ts";
import { answersOf, errnoTopics } from "./errnos.ts";
import type { Topic } from "./topic.ts";

const NUMBERS_PAGE = "how-numbers-come-about.md";

/** In the order in which they are listed. */
export async function allTopics(): Promise<Topic[]> {
  const numbers = (await readDocsPage(NUMBERS_PAGE)) ?? "";
  return [
    ...rules.map(
      ({ id, title, severity, needs, options, docs }): Topic => ({
        name: id,
        kind: "rule",
        title,
        text: () => page(`rules/${id}.md`),
        details: { severity, needs, docs, options: z.toJSONSchema(options, { io: "input" }) },
      }),
    ),
    ...AUDIT_RULE_IDS.map((id): Topic => {
      const { title, why, severity } = AUDIT_RULES[id];
      const docs = auditRuleDocs(id);
      return {
        name: id,
        kind: "audit rule",
        title,
        text: async () => `${id}: ${title}\n${why}\nsee ${docs}`,
        details: { severity, docs },
      };
    }),
    ...meanings("audit word", AUDIT_MEANING, ""),
    ...meanings("outcome", OUTCOME_MEANING, ""),
    ...meanings("fill", FILL_MEANING, ""),
    ...meanings("change", CHANGE_MEANING, ""),
    ...meanings("figure", { ...FIGURE_MEANING, ...COUNT_MEANING, ...chargedIn(numbers) }, numbers),
    ...meanings(
      "basis",
      Object.fromEntries(
        BASES.map((it) => [it, `a figure or fact is ${rowIn(numbers, it)?.[1] ?? ""}`]),
      ),
      "",
    ),
    ...Object.values(accountings).map(
      ({ id, title, kernels, source }): Topic => ({
        name: id,
        kind: "accounting",
        title: `${title} (kernels ${kernels})`,
        text: async () =>
          `${id}: ${title}, kernels ${kernels}\nbytes_memlock is ${rowIn(numbers, id)?.[2] ?? ""}\n${source}`,
        details: { kernels, source },
      }),
    ),
    ...meanings("role", ROLE_MEANING, ""),
    ...meanings("cause", CAUSE_MEANING, ""),
    ...(await pages("map-types", "map type")),
    ...errnoTopics(),
    ...(await pages("formats", "format")),
    ...["policy", "scaling", ...PRESETS.map((it) => it.name), NO_POOL.name].map(
      (name): Topic => ({
        name,
        kind: "policy",
        title: "how Kmesh scales its pool of inner maps",
        text: () => page("scaling.md"),
      }),
    ),
    ...meanings("diagnostic", ERROR_CODES, ""),
  ];
}

/** One line each; where a page has a row of a table for the word, its last cell too. */
function meanings(
  kind: Topic["kind"],
  known: Readonly<Record<string, string>>,
  inPage: string,
): Topic[] {
  return Object.entries(known).map(([name, meaning]) => {
    const row = rowIn(inPage, name);
    const more = row === undefined ? "" : `\nas computed: ${row.at(-1)}\nsee docs/${NUMBERS_PAGE}`;
    const aliases = titlesOf(name);
    return {
      name,
      kind,
      title: meaning,
      text: async () => `${name}: ${meaning}${more}`,
      ...(aliases.length > 0 && { aliases }),
    };
  });
}

/** What reports call a figure, and the kernel. */
function titlesOf(name: string): readonly string[] {
  const figure = BYTE_FIGURES.find((it) => it === name);
  if (figure === undefined) return [];
  const titles = [FIGURE_TITLE[figure], TOTAL_TITLE[figure]];
  return figure === "memlockBytes" ? [...titles, "memlock", "bytes_memlock"] : titles;
}

/** A figure that no family has by itself: each component says it, and `size` sums it. */
function chargedIn(numbers: string): Record<string, string> {
  const meaning = rowIn(numbers, "chargedBytes")?.[1];
  return meaning === undefined ? {} : { chargedBytes: meaning };
}

/** The cells of the table row that begins with this word, without code marks and links. */
function rowIn(text: string, word: string): string[] | undefined {
  const line = text.split("\n").find((it) => it.startsWith(`| \`${word}\` |`));
  return line
    ?.slice(1, -1)
    .split("|")
    .map((it) =>
      it
        .trim()
        .replaceAll("`", "")
        .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1"),
    );
}

async function pages(folder: string, kind: "map type" | "format"): Promise<Topic[]> {
  const names = await listDocs(folder);
  return Promise.all(
    names.map(async (name): Promise<Topic> => {
      const text = await page(`${folder}/${name}.md`);
      const [heading = name] = text.split("\n");
      const answers = kind === "map type" ? answersOf(name) : [];
      return {
        name,
        kind,
        title: heading.replace(/^# /, "").replace(`${name}: `, ""),
        text: async () => [text.trimEnd(), ...answers].join("\n"),
        ...(kind === "map type" && { aliases: [`BPF_MAP_TYPE_${name.toUpperCase()}`] }),
        ...(answers.length > 0 && {
          details: { answers: MAP_ERRORS.filter((it) => it.types.includes(name)) },
        }),
      };
    }),
  );
}

async function page(path: string): Promise<string> {
  return (await readDocsPage(path)) ?? `docs/${path} is not in this package`;
}
