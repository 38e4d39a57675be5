/** What daemons said of their own maps: failures with their errno, persisted state, configuration. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { formatCount } from "../../base/units.ts";
import type { Block, ListItem } from "./blocks.ts";

const MOST = 10;

/** Names of the errnos that map operations end with (include/uapi/asm-generic/errno-base.h). */
const ERRNO_NAMES: Readonly<Record<number, string>> = {
  1: "EPERM",
  2: "ENOENT",
  7: "E2BIG",
  9: "EBADF",
  11: "EAGAIN",
  12: "ENOMEM",
  13: "EACCES",
  14: "EFAULT",
  16: "EBUSY",
  17: "EEXIST",
  22: "EINVAL",
  23: "ENFILE",
  24: "EMFILE",
  28: "ENOSPC",
};

/** The last snapshot that has them tells of the whole log. */
export function daemonBlocks(snapshots: readonly AnalysisSnapshot[], verbose: boolean): Block[] {
  const last = (has: (it: AnalysisSnapshot) => boolean) => snapshots.findLast(has);
  const events = last((it) => it.daemonEvents !== undefined)?.daemonEvents ?? [];
  const states = last((it) => it.persistedStates !== undefined)?.persistedStates ?? [];
  const trees = last((it) => it.configTrees !== undefined)?.configTrees ?? [];
  const items = [...events.map(eventItem), ...states.map(stateItem), ...trees.map(treeItem)];
  if (items.length === 0) return [];
  const shown = verbose ? items : items.slice(0, MOST);
  const hidden = items.length - shown.length;
  return [
    { kind: "heading", text: "What the daemon says" },
    { kind: "list", items: shown },
    ...(hidden > 0
      ? [{ kind: "text", text: `${formatCount(hidden)} more; --format json has all` } as const]
      : []),
  ];
}

type Part<Key extends keyof AnalysisSnapshot> =
  NonNullable<AnalysisSnapshot[Key]> extends readonly (infer Item)[] ? Item : never;

function eventItem({
  kind,
  daemon,
  subject,
  errno,
  count,
  firstAt,
}: Part<"daemonEvents">): ListItem {
  const what = kind.replaceAll("-", " ");
  const about = subject === undefined ? "" : `: ${subject}`;
  const why = errno === undefined ? "" : ` (errno ${errno}${nameOf(errno)})`;
  const times = count === 1 ? "" : `, ${formatCount(count)} times`;
  const when = firstAt === undefined ? "" : `, ${count === 1 ? "at" : "first at"} ${firstAt}`;
  return { lead: daemon, text: `${what}${about}${why}${times}${when}` };
}

function nameOf(errno: number): string {
  const name = ERRNO_NAMES[errno];
  return name === undefined ? "" : ` ${name}`;
}

function stateItem(state: Part<"persistedStates">): ListItem {
  const { used, claimed, maxIndex, usedBits, allocatedBits, innerMapsListed, source } = state;
  const bits =
    usedBits === undefined || allocatedBits === undefined
      ? ""
      : `; the slots themselves: ${formatCount(usedBits)} in use, ${formatCount(allocatedBits)} with a map`;
  const listed =
    innerMapsListed === undefined
      ? ""
      : `; its ${formatCount(innerMapsListed)} map ids are in the list of maps`;
  return {
    lead: source,
    text: `persisted: ${formatCount(used)} slots used of ${formatCount(claimed)} claimed, the last is ${formatCount(maxIndex)}${bits}${listed}`,
  };
}

function treeItem({ mode, origin, source, ...counts }: Part<"configTrees">): ListItem {
  const words = Object.entries(counts).map(
    ([what, count]) =>
      `${formatCount(count as number)} ${WORDS[what as keyof typeof counts] ?? what}`,
  );
  const whose =
    origin === "cache" ? "in the daemon's memory" : "in the daemon's memory or its maps";
  return { lead: source, text: `${mode} configuration, ${whose}: ${words.join(", ") || "empty"}` };
}

const WORDS: Partial<Record<keyof Part<"configTrees">, string>> = {
  filterChains: "filter chains",
  virtualHosts: "virtual hosts",
};
