/** A kind of topic as a word of its own: `explain basis` tells all bases. */
import { wrap } from "../../report/parts/text-width.ts";
import { type NamedTopic, TOPIC_KINDS, type Topic, type TopicKind } from "./topic.ts";

const WIDTH = 80;

export function kindTopics(topics: readonly Topic[]): NamedTopic[] {
  return (Object.keys(TOPIC_KINDS) as TopicKind[]).map((kind) => ({
    name: kind,
    kind: "kind",
    title: TOPIC_KINDS[kind],
    aliases: [pluralOf(kind)],
    text: async () => {
      const own = topics.filter((it) => it.kind === kind);
      const room = Math.max(...own.map((it) => it.name.length)) + 4;
      const rows = own.flatMap(({ name, title }) =>
        wrap(title, WIDTH - room).map((line, at) =>
          at === 0 ? `  ${name}`.padEnd(room) + line : " ".repeat(room) + line,
        ),
      );
      return [TOPIC_KINDS[kind], ...rows].join("\n");
    },
  }));
}

function pluralOf(kind: string): string {
  if (kind.endsWith("is")) return `${kind.slice(0, -2)}es`;
  return kind.endsWith("y") ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
