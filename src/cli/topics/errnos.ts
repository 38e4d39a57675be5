/** An errno as `explain` tells it: what it means, and for each operation and map type when it comes and from where. */
import { ERRNOS, type Errno, MAP_ERRORS, type MapError } from "../../model/map-errors.ts";
import { wrap } from "../../report/parts/text-width.ts";
import type { Topic } from "./topic.ts";

const WIDTH = 80;

export function errnoTopics(): Topic[] {
  return (Object.keys(ERRNOS) as Errno[]).map((name) => {
    const [number, meaning] = ERRNOS[name];
    const rows = distinct(MAP_ERRORS.filter((it) => it.errno === name));
    return {
      name,
      kind: "errno",
      title: `errno ${number}: ${meaning}`,
      aliases: [String(number), `-${number}`],
      text: async () =>
        [...wrap(`${name} (errno ${number}): ${meaning}`, WIDTH), "", ...byOperation(rows)].join(
          "\n",
        ),
      details: { number, meaning, answers: rows.map(asDetail) },
    };
  });
}

/** What operations on maps of this type answer: the end of a map type's page. */
export function answersOf(type: string): readonly string[] {
  const rows = distinct(MAP_ERRORS.filter((it) => it.types.includes(type)));
  return rows.length === 0
    ? []
    : ["", "## What failing operations answer", "", ...rows.flatMap(asLine)];
}

function asLine({ errno, operation, when, source }: MapError): string[] {
  return indented(`- ${errno} (${ERRNOS[errno][0]}), ${operation}: ${when} (${source})`, 0, 2);
}

function byOperation(rows: readonly MapError[]): string[] {
  const operations = [...new Set(rows.map((it) => it.operation))];
  return operations.flatMap((operation) => [
    `${operation}:`,
    ...rows
      .filter((it) => it.operation === operation)
      .flatMap(({ types, when, source, act }) => [
        ...indented(types === "any" ? "any map type" : types.join(", "), 2),
        ...indented(`when ${when}`, 4),
        ...indented(`${source}${act === undefined ? "" : "; asked of a live 6.18 kernel"}`, 4),
      ]),
  ]);
}

function indented(text: string, by: number, rest = by): string[] {
  return wrap(text, WIDTH - rest).map((line, index) => " ".repeat(index === 0 ? by : rest) + line);
}

/** Several operations may be refused for one reason by one function. */
function distinct(rows: readonly MapError[]): MapError[] {
  const known = new Map(
    rows.map((it) => [JSON.stringify([it.errno, it.types, it.operation, it.when, it.source]), it]),
  );
  return [...known.values()];
}

function asDetail({ operation, types, when, source, act }: MapError) {
  return { operation, types, when, source, isMeasured: act !== undefined };
}
