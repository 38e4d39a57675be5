/**
 * Lists and dumps of one report that cannot be of one host at one time are kept apart: each such look is a section. A
 * look is found by contradiction, as between files, or by a heading that names a host.
 */
import type { Diagnostic } from "../../base/diagnostic.ts";
import { listsConflict } from "../conflicts.ts";
import { Facts } from "../facts.ts";

/** What was read from one block, and what stands around it. */
export interface BlockFacts {
  readonly facts: Facts;
  /** From 1. */
  readonly line: number;
  /** The host that a heading above it names. */
  readonly host: string | undefined;
  /** The host of the prompt before it: one host may be reached from another, so it only names what is apart. */
  readonly prompt: string | undefined;
  readonly heading: string | undefined;
}

export interface Look {
  readonly name: string;
  readonly line: number;
  readonly facts: Facts;
}

export interface Apart {
  /** Facts of the one look, or those that go with each of several. */
  readonly common: Facts;
  /** None where all that was read can be of one moment. */
  readonly looks: readonly Look[];
}

interface Group {
  readonly first: BlockFacts;
  readonly facts: Facts;
}

export function keepApart(blocks: readonly BlockFacts[]): Apart {
  const groups: Group[] = [];
  const rest: { block: BlockFacts; group: Group | undefined }[] = [];
  for (const block of blocks) {
    const own = groups.filter(({ first }) => first.host === block.host);
    if (!isList(block.facts)) {
      rest.push({ block, group: block.facts.hasMoment ? own.at(-1) : undefined });
      continue;
    }
    // The last one first: a dump below two lists is of the second.
    let group = own.findLast(
      (it) => !listsConflict(it.facts, block.facts) && !ofOtherHost(it, block),
    );
    if (!group) {
      group = { first: block, facts: new Facts() };
      groups.push(group);
    }
    group.facts.absorb(block.facts);
  }
  const common = new Facts();
  if (groups.length < 2) {
    for (const { facts } of blocks) common.absorb(facts);
    return { common, looks: [] };
  }
  for (const { block, group } of rest) {
    const sameHost = groups.find(({ first }) => first.host === block.host);
    const place = group ?? (block.host === undefined ? undefined : sameHost);
    (place?.facts ?? common).absorb(block.facts);
  }
  return { common, looks: named(groups) };
}

/** The prompts before two lists name two hosts, and the lists are not the same: one host reached in two ways. */
function ofOtherHost({ first, facts }: Group, block: BlockFacts): boolean {
  if (first.prompt === undefined || block.prompt === undefined) return false;
  if (first.prompt === block.prompt || facts.maps.length === 0 || block.facts.maps.length === 0)
    return false;
  const ids = (of: Facts) => of.maps.flatMap(({ id }) => [...id]).sort((a, b) => a - b);
  return ids(facts).join() !== ids(block.facts).join();
}

/** What says which maps and programs there are, or what is in them. */
function isList({ maps, rows }: Facts): boolean {
  return [maps, rows.summaries, rows.dumps, rows.programs].some((it) => it.length > 0);
}

function named(groups: readonly Group[]): Look[] {
  const prompts = groups.map(({ first }) => first.prompt);
  const byPrompt = new Set(prompts).size === groups.length && !prompts.includes(undefined);
  const hostOf = ({ host, prompt }: BlockFacts) => host ?? (byPrompt ? prompt : undefined);
  const nameOf = ({ first }: Group) => hostOf(first) ?? first.heading ?? `line ${first.line}`;
  return groups.map((group) => {
    const { first, facts } = group;
    const isAlone = groups.filter((it) => nameOf(it) === nameOf(group)).length === 1;
    const host = hostOf(first);
    if (host !== undefined) facts.place = host;
    return {
      name: isAlone ? nameOf(group) : `${nameOf(group)}, line ${first.line}`,
      line: first.line,
      facts,
    };
  });
}

/** Nothing is guessed silently. */
export function lookNote(looks: readonly Look[], file: string): Diagnostic {
  const places = looks.map(({ name, line }) =>
    name.endsWith(`line ${line}`) ? name : `${name} (line ${line})`,
  );
  const hosts = new Set(looks.map(({ facts }) => facts.place)).size;
  return {
    level: "info",
    code: "ambiguous",
    file,
    path: `line ${looks[0]?.line}`,
    message: `the lists and dumps of this report cannot all be of one moment; they are read as ${looks.length} ${
      hosts > 1 ? "hosts" : "looks at one host"
    }: ${places.join(", ")}`,
    hint: "To say which is which, put each under a heading of its own: `## before`, `## after`, `## node NAME`.",
  };
}
