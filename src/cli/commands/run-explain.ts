/** What `explain` does: find the topic, or the one that was meant, and print it. */
import { safeText } from "../../report/parts/safe-text.ts";
import { cut, wrap } from "../../report/parts/text-width.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { nearest } from "../nearest.ts";
import { checked, oneOf } from "../options/checks.ts";
import { fill } from "../topics/fill.ts";
import { allTopics } from "../topics/index.ts";
import { kindTopics } from "../topics/kinds.ts";
import { memberTopics } from "../topics/members.ts";
import { type NamedTopic, TOPIC_KINDS, type Topic, type TopicKind } from "../topics/topic.ts";
import { UsageError } from "../usage-error.ts";

const WIDTH = 80;

export async function runExplain(
  word: string | undefined,
  raw: { readonly format: string },
  io: Io,
): Promise<ExitCode> {
  const format = checked("format", oneOf(["text", "json"]), raw.format);
  const topics = await allTopics();
  const print = (value: unknown) => io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  if (word === undefined) {
    if (format === "json") print(topics.map(({ name, kind, title }) => ({ name, kind, title })));
    else io.stdout.write(listOf(topics));
    return EXIT.done;
  }
  const found = [...topicsOf(word, topics), ...topicsOf(word, kindTopics(topics))];
  if (found.length === 0) found.push(...(await memberTopics(word)));
  if (found.length === 0) throw unknown(word, topics);
  if (format === "json") {
    const told = await Promise.all(found.map(asJson));
    print(told.length === 1 ? told[0] : told);
  } else {
    const texts = await Promise.all(found.map(asText));
    io.stdout.write(`${texts.join("\n\n")}\n`);
  }
  return EXIT.done;
}

/** A word may be two things: `entries` is a figure and a cause. Case does not matter where it decides nothing. */
function topicsOf(word: string, topics: readonly NamedTopic[]): NamedTopic[] {
  const named = (fold: (text: string) => string) =>
    topics.filter(({ name, aliases = [] }) =>
      [name, ...aliases].some((it) => fold(it) === fold(word)),
    );
  const exact = named((it) => it);
  return exact.length > 0 ? exact : named((it) => it.toLowerCase().replaceAll("-", "_"));
}

function unknown(word: string, topics: readonly Topic[]): UsageError {
  const guess = nearest(
    word,
    topics.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  );
  return new UsageError(
    `nothing is known of ${safeText(word)}`,
    guess === undefined ? "`mapscope explain` lists all topics." : `Did you mean ${guess}?`,
  );
}

const PAGES: readonly NamedTopic["kind"][] = ["rule", "map type", "format", "policy"];

async function asText({ kind, text }: NamedTopic): Promise<string> {
  const whole = (await text()).trimEnd();
  if (PAGES.includes(kind)) return fill(whole, WIDTH);
  return whole
    .split("\n")
    .flatMap((line) => (line.length > WIDTH ? wrap(line, WIDTH) : [line]))
    .join("\n");
}

async function asJson({ name, kind, title, text, details }: NamedTopic) {
  return { name, kind, title, ...details, text: (await text()).trimEnd() };
}

function listOf(topics: readonly Topic[]): string {
  const kinds = Object.keys(TOPIC_KINDS) as TopicKind[];
  const parts = kinds.map((kind) => {
    const own = topics.filter((it) => it.kind === kind);
    const room = Math.max(...own.map((it) => it.name.length)) + 2;
    const lines = own.map(({ name, title }) => cut(`  ${name.padEnd(room)}${title}`, WIDTH));
    return [TOPIC_KINDS[kind], ...lines].join("\n");
  });
  return `${parts.join("\n\n")}\n`;
}
