/** From the sum of a per-program tool to the sum over maps: what the tool counts twice, and what it never sees. */
import { formatCount } from "../../base/units.ts";
import type { Family } from "../families/figures.ts";
import type { Host } from "../host.ts";
import type { Software } from "../identify.ts";
import type { Program, ProgramUsage, Snapshot } from "../snapshot.ts";
import { type MemoryRow, matchRows, showsMemory } from "./rows.ts";
import { type Gap, type Step, stepOf, type View } from "./views.ts";

export interface ProgramFacts {
  readonly maps: Snapshot["maps"];
  readonly programs: readonly Program[];
  readonly usage: readonly ProgramUsage[];
  readonly families: readonly Family[];
  readonly software: Software | undefined;
  readonly host: Host | undefined;
}

/** Undefined when nothing shows programs with their maps. */
export function programStep(
  facts: ProgramFacts,
  total: View,
): { readonly view: View; readonly step: Step } | undefined {
  const usage = facts.usage.filter(showsMemory).filter((it) => it.programId > 0 || it.mapCount > 0);
  const listed = facts.programs.filter((it) => it.mapIds.length > 0);
  if (listed.length > 0 && facts.maps.rows > 0) return fromList(facts, listed, usage, total);
  return usage.length > 0 ? fromTable(facts, usage, total) : undefined;
}

/** Program list and map list together: every gap is known to the byte. */
function fromList(
  { maps, families }: ProgramFacts,
  programs: readonly Program[],
  usage: readonly MemoryRow[],
  total: View,
) {
  const bytesById = new Map<number, number>();
  for (let row = 0; row < maps.rows; row++)
    bytesById.set(maps.id[row] ?? Number.NaN, maps.memlockBytes[row] ?? Number.NaN);
  const uses = new Map<number, number>();
  let missing = 0;
  for (const { mapIds } of programs) {
    for (const id of mapIds) {
      if (Number.isNaN(bytesById.get(id) ?? Number.NaN)) missing += 1;
      else uses.set(id, (uses.get(id) ?? 0) + 1);
    }
  }
  if (uses.size === 0) return undefined;
  const named = sum([...uses.keys()], (id) => bytesById.get(id) ?? 0);
  const sums = sum([...uses], ([id, count]) => count * (bytesById.get(id) ?? 0));
  const shared = [...uses].filter(([, count]) => count > 1);
  const table = tableView(usage);
  const view: View = table ?? {
    id: "programs",
    isSeen: false,
    bytes: sums,
    basis: "reported",
    of: `the maps of each of ${formatCount(programs.length)} programs`,
  };
  const rounding = sums - view.bytes;
  const gaps: Gap[] = [
    ...(table === undefined
      ? []
      : [
          {
            id: "other-rows",
            what: "rows that only the table or the list has",
            bytes: rounding,
            basis: "reported",
          } as const,
        ]),
    sharedGap(sums - named, shared.length, "reported", "map ids of the program list"),
    ...unseenGaps(families, (family) => unnamedPart(family, uses, bytesById)),
  ];
  return {
    view,
    step: stepOf(view, total, gaps),
    ...(missing > 0 && { missing }),
  };
}

/** What of a family no program refers to. */
function unnamedPart(
  { seed }: Family,
  uses: ReadonlyMap<number, number>,
  bytesById: ReadonlyMap<number, number>,
): Part {
  let maps = 0;
  let bytes = 0;
  for (const [first, last] of seed.mapIds) {
    for (let id = first; id <= last; id++) {
      if (uses.has(id)) continue;
      maps += 1;
      bytes += finite(bytesById.get(id));
    }
  }
  return { maps, bytes };
}

/** A table without map ids: its rows are told by the release's own programs, where they fit to the byte. */
function fromTable(
  { families, software, host }: ProgramFacts,
  usage: readonly MemoryRow[],
  total: View,
) {
  const view = tableView(usage);
  if (view === undefined) return undefined;
  const matched =
    software === undefined || host === undefined ? [] : matchRows(usage, software, host);
  const once = new Map(matched.flatMap((it) => it.maps).map(({ key, bytes }) => [key, bytes]));
  const named = sum([...once.values()], (bytes) => bytes);
  const sums = sum(matched, (it) => sum(it.maps, ({ bytes }) => bytes));
  const counted = sum(matched, (it) => it.maps.length);
  const gaps: Gap[] = [];
  if (once.size > 0) {
    const evidence = `${matched.length} of ${usage.length} rows are programs of ${software?.project} ${software?.version} (${software?.mode}) with these maps and sums`;
    const rows = sum(matched, (it) => it.row.mapMemoryBytes);
    gaps.push(
      {
        id: "other-rows",
        what: `rows of programs not of ${software?.project}`,
        bytes: rows - view.bytes,
        basis: "reported",
      },
      {
        id: "rounding",
        what: "rounding of the table",
        bytes: sums - rows,
        basis: "inferred",
        evidence: `the sums of the same maps by the model, each within its row's rounding`,
      },
      sharedGap(sums - named, counted - once.size, "inferred", evidence),
    );
  }
  const others = matched.length < usage.length ? `not of ${software?.project}` : NAMED_BY_NONE;
  const isProject = ({ seed }: Family) => seed.owner?.name.startsWith(software?.project ?? " ");
  gaps.push(
    ...unseenGaps(
      families,
      (family) => {
        const part = { maps: family.seed.count, bytes: memlockOf(family) };
        if (family.seed.role === "inner") return part;
        // Without the maps of the rows only inner maps are sure to be in none of them.
        if (once.size === 0) return { maps: 0, bytes: 0 };
        return isProject(family) ? { maps: 0, bytes: 0 } : part;
      },
      others,
    ),
  );
  if (once.size > 0) {
    const own = families.filter((it) => isProject(it) && it.seed.role !== "inner");
    gaps.push({
      id: "unnamed-maps",
      what: `${software?.project}'s other maps, named by no row`,
      bytes: sum(own, memlockOf) - named,
      maps: sum(own, ({ seed }) => seed.count) - once.size,
      basis: "inferred",
    });
  }
  return { view, step: stepOf(view, total, gaps) };
}

const NAMED_BY_NONE = "named by no program";

interface Part {
  readonly maps: number;
  readonly bytes: number;
}

/** Maps that a per-program tool cannot see, inner maps apart from the others. */
function unseenGaps(
  families: readonly Family[],
  partOf: (family: Family) => Part,
  what = NAMED_BY_NONE,
): Gap[] {
  const inner: Part[] = [];
  const others: { part: Part; family: Family }[] = [];
  for (const family of families) {
    const part = partOf(family);
    if (part.maps === 0) continue;
    if (family.seed.role === "inner") inner.push(part);
    else others.push({ part, family });
  }
  const largest = [...others]
    .sort((a, b) => b.part.bytes - a.part.bytes)
    .slice(0, 1)
    .map(({ family }) => family.seed.fullName ?? family.seed.name ?? "unnamed maps");
  const gaps: Gap[] = [];
  if (inner.length > 0) {
    gaps.push({
      id: "inner-maps",
      what: "inner maps, which no program names",
      bytes: sum(inner, (it) => it.bytes),
      maps: sum(inner, (it) => it.maps),
      basis: "reported",
    });
  }
  if (others.length > 0) {
    gaps.push({
      id: "maps-without-program",
      what: `${what} (${largest.join(", ")}${others.length > 1 ? ", …" : ""})`,
      bytes: sum(others, ({ part }) => part.bytes),
      maps: sum(others, ({ part }) => part.maps),
      basis: "reported",
    });
  }
  return gaps;
}

function sharedGap(bytes: number, maps: number, basis: Gap["basis"], evidence: string): Gap {
  return {
    id: "shared-maps",
    what: "shared maps, counted again in each row",
    bytes: -bytes,
    ...(maps > 0 && basis === "reported" && { maps }),
    basis,
    evidence,
  };
}

function tableView(usage: readonly MemoryRow[]): View | undefined {
  if (usage.length === 0) return undefined;
  return {
    id: "programs",
    isSeen: true,
    bytes: sum(usage, (it) => it.mapMemoryBytes),
    errorBytes: sum(usage, (it) => it.mapMemoryErrorBytes),
    basis: "reported",
    of: `${formatCount(usage.length)} rows of a per-program table`,
  };
}

function memlockOf({ figures }: Family): number {
  const { memlockBytes } = figures;
  return memlockBytes !== undefined && "value" in memlockBytes ? memlockBytes.value : 0;
}

function finite(bytes: number | undefined): number {
  return bytes === undefined || Number.isNaN(bytes) ? 0 : bytes;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, it) => total + of(it), 0);
}
