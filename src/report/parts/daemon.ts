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
  const all = last((it) => it.daemonEvents !== undefined)?.daemonEvents ?? [];
  // That it started as always is no news by itself.
  const isNews = all.some((it) => it.kind !== "start" || it.subject !== "Normal");
  const events = verbose || isNews ? all : [];
  const states = last((it) => it.persistedStates !== undefined)?.persistedStates ?? [];
  const trees = last((it) => it.configTrees !== undefined)?.configTrees ?? [];
  const items = [...states.map(stateItem), ...trees.map(treeItem)];
  if (items.length + events.length === 0) return [];
  return [
    { kind: "heading", text: "What the daemon says" },
    ...(items.length > 0 ? [{ kind: "list", items } as const] : []),
    ...eventBlocks(events, verbose),
  ];
}

function eventBlocks(events: readonly Part<"daemonEvents">[], verbose: boolean): Block[] {
  if (events.length === 0) return [];
  const shown = verbose ? events : events.slice(0, MOST);
  const hidden = events.length - shown.length;
  return [
    {
      kind: "table",
      columns: [
        { title: "log", align: "left", drop: 0 },
        { title: "of", align: "left", drop: 0 },
        { title: "errno", align: "left", drop: 0 },
        { title: "times", align: "right", drop: 1 },
        { title: "first at", align: "left", drop: 2 },
        { title: "daemon", align: "left", drop: 3 },
      ],
      rows: shown.map(({ kind, subject, errno, count, firstAt, daemon }) => [
        kind.replaceAll("-", " "),
        subject ?? "",
        errno === undefined ? "" : `${errno}${nameOf(errno)}`,
        formatCount(count),
        firstAt ?? "",
        daemon,
      ]),
    },
    ...(hidden > 0
      ? [{ kind: "text", text: `${formatCount(hidden)} more; --verbose shows all` } as const]
      : []),
  ];
}

type Part<Key extends keyof AnalysisSnapshot> =
  NonNullable<AnalysisSnapshot[Key]> extends readonly (infer Item)[] ? Item : never;

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
  const words = Object.entries(counts).map(([what, count]) => {
    const [one, many] = WORDS[what as keyof typeof counts];
    return `${formatCount(count as number)} ${count === 1 ? one : many}`;
  });
  const whose =
    origin === "cache" ? "in the daemon's memory" : "in the daemon's memory or its maps";
  return { lead: source, text: `${mode} configuration, ${whose}: ${words.join(", ") || "empty"}` };
}

const WORDS: Record<
  Exclude<keyof Part<"configTrees">, "mode" | "origin" | "source">,
  readonly [one: string, many: string]
> = {
  clusters: ["cluster", "clusters"],
  endpoints: ["endpoint", "endpoints"],
  listeners: ["listener", "listeners"],
  filterChains: ["filter chain", "filter chains"],
  routes: ["route", "routes"],
  virtualHosts: ["virtual host", "virtual hosts"],
  workloads: ["workload", "workloads"],
  services: ["service", "services"],
  policies: ["policy", "policies"],
};
