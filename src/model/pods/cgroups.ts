/** Rows of systemd-cgtop -> control groups by part of the report, each with its readings and its parent. */
import type { Rounded } from "../rounded.ts";
import type { CgroupUsage } from "../usage/cgroup-usage.ts";
import type { ReportPart } from "../usage/part.ts";
import { type CgroupPath, parseCgroupPath } from "./cgroup-path.ts";
import { partKey } from "./part-key.ts";

export interface Cgroup extends CgroupPath {
  readonly path: string;
  readonly isCut: boolean;
  readonly part?: ReportPart;
  /** The nearest group above it that was listed: its figures include this one's, so never add the two. */
  readonly parent?: string;
  readonly tasks?: number;
  readonly cpuPercent?: Rounded;
  /** In the order of the input; a row without a figure is none. */
  readonly readings: readonly { readonly memory: Rounded; readonly source: string }[];
  /** Of the last row. */
  readonly source: string;
}

export function cgroupsOf(rows: readonly CgroupUsage[]): readonly Cgroup[] {
  const parts = new Map<string, Map<string, CgroupUsage[]>>();
  for (const row of rows) {
    const key = partKey(row.part);
    const paths = parts.get(key) ?? new Map<string, CgroupUsage[]>();
    parts.set(key, paths);
    const same = paths.get(row.path);
    if (same) same.push(row);
    else paths.set(row.path, [row]);
  }
  return [...parts.values()].flatMap((paths) =>
    [...paths].map(([path, same]) => cgroupOf(path, same, parentIn(paths, path))),
  );
}

function cgroupOf(path: string, rows: readonly CgroupUsage[], parent: string | undefined): Cgroup {
  const last = rows.at(-1) as CgroupUsage;
  const { part, tasks, cpuPercent, isCut, source } = last;
  return {
    ...(isCut ? { role: "other" as const } : parseCgroupPath(path)),
    path,
    isCut,
    ...(part !== undefined && { part }),
    ...(parent !== undefined && { parent }),
    ...(tasks !== undefined && { tasks }),
    ...(cpuPercent !== undefined && { cpuPercent }),
    readings: rows.flatMap(({ memory, source: place }) =>
      memory === undefined ? [] : [{ memory, source: place }],
    ),
    source,
  };
}

/** The root is left out: systemd-cgtop takes its figure from the whole host, which can be below a child's. */
function parentIn(paths: ReadonlyMap<string, unknown>, path: string): string | undefined {
  let at = path.lastIndexOf("/");
  while (at > 0) {
    const above = path.slice(0, at);
    if (paths.has(above)) return above;
    at = above.lastIndexOf("/");
  }
  return undefined;
}
