/** The tables that rules query: every snapshot's facts as columns, one row a family, program, step. */
import type { Basis } from "../base/basis.ts";
import type {
  AnalysisFamily,
  AnalysisProgram,
  AnalysisScaling,
  AnalysisSnapshot,
} from "./analysis.ts";
import { familyLabel } from "./family-label.ts";
import { BYTE_FIGURES, type ByteFigure } from "./figures.ts";
import { NEEDS, type Need } from "./needs.ts";

type FigureName = ByteFigure | "entries" | "nonZeroSlots";
type FigureColumns = { readonly [Name in FigureName]: number | null } & {
  readonly [Name in `${FigureName}Basis`]: Basis | null;
};

/** One family of one snapshot. A number that is not known is null, never 0. */
export interface FamilyRow extends FigureColumns {
  readonly snapshot: string;
  readonly id: string;
  readonly label: string;
  readonly name: string | null;
  readonly type: string | null;
  readonly keySize: number | null;
  readonly valueSize: number | null;
  readonly maxEntries: number | null;
  readonly flags: number | null;
  readonly role: AnalysisFamily["role"];
  readonly outer: string | null;
  readonly outerName: string | null;
  readonly owner: string | null;
  readonly count: number;
  /** Room for entries is taken at creation; null when the components are not known. */
  readonly isPreallocated: boolean | null;
  /** Empty when they are not known. */
  readonly components: NonNullable<AnalysisFamily["components"]>;
}

/** One row of a program list or of a per-program tool. */
export interface ProgramRow {
  readonly snapshot: string;
  readonly name: string | null;
  readonly mapMemoryBytes: number | null;
  readonly mapCount: number | null;
  readonly families: readonly string[];
}

/** One step of a daemon that scales a pool of inner maps, in the order of its log. */
export interface StepRow {
  readonly snapshot: string;
  readonly daemon: string;
  /** Which of the snapshot's histories: a daemon that restarted has several under one name. */
  readonly life: number;
  readonly index: number;
  readonly event: string;
  readonly used: number | null;
  readonly usedBeforeAtLeast: number | null;
  readonly claimedBefore: number | null;
  readonly claimedAfter: number | null;
  readonly live: number | null;
  readonly idleSlotsAfter: number | null;
  readonly source: string;
}

/** Rows that stand for records and read their columns from them when asked. */
export interface RowTable<Row> {
  readonly length: number;
  readonly RowView: new (row: number) => { row: number } & Row;
}

export interface Tables {
  readonly families: RowTable<FamilyRow>;
  readonly programs: RowTable<ProgramRow>;
  readonly steps: RowTable<StepRow>;
  /** What is no table: host, software, policy. In the order in which they were given. */
  readonly snapshots: readonly AnalysisSnapshot[];
  /** By snapshot label, the facts it can offer. */
  readonly available: ReadonlyMap<string, ReadonlySet<Need>>;
}

export function buildTables(snapshots: readonly AnalysisSnapshot[]): Tables {
  return {
    families: tableOf(FAMILY_COLUMNS, snapshots, (it) => it.families),
    programs: tableOf(PROGRAM_COLUMNS, snapshots, (it) => it.programs),
    steps: tableOf(STEP_COLUMNS, snapshots, stepsOf),
    snapshots,
    available: new Map(
      snapshots.map((snapshot) => [snapshot.label, availableIn(snapshot, snapshots)]),
    ),
  };
}

/** Of the snapshot that a row is of. */
export function hostOfSnapshot({ snapshots }: Tables, label: string): AnalysisSnapshot["host"] {
  const snapshot = snapshots.find((it) => it.label === label);
  if (snapshot === undefined) throw new Error(`no snapshot is called ${label}`);
  return snapshot.host;
}

/**
 * The rows that a condition holds for, in table order. The condition sees one row after the other through the same
 * object, so it must not keep it; an object for each of 131,072 rows would take longer than the rules.
 *
 * @param _names the columns that the condition looks at: for the compiler, and for who reads the call.
 */
export function rowsWhere<Row, Name extends keyof Row & string>(
  { length, RowView }: RowTable<Row>,
  _names: readonly Name[],
  holds: (row: Pick<Row, Name>) => boolean,
): Row[] {
  const cursor = new RowView(0);
  const found: Row[] = [];
  for (let row = 0; row < length; row++) {
    cursor.row = row;
    if (holds(cursor)) found.push(new RowView(row));
  }
  return found;
}

/** How each column of a row is read from the record that the row stands for. */
type Columns<Row, Item> = {
  readonly [Name in keyof Row]: (item: Item, snapshot: AnalysisSnapshot) => Row[Name];
};

/** Nothing is copied: a copy of 131,072 families would take longer than the rules, which read few columns of few rows. */
function tableOf<Row, Item>(
  columns: Columns<Row, Item>,
  snapshots: readonly AnalysisSnapshot[],
  itemsOf: (snapshot: AnalysisSnapshot) => readonly Item[],
): RowTable<Row> {
  const items: Item[] = [];
  const owners: AnalysisSnapshot[] = [];
  for (const snapshot of snapshots) {
    for (const item of itemsOf(snapshot)) {
      items.push(item);
      owners.push(snapshot);
    }
  }
  class RowView {
    row: number;
    constructor(row: number) {
      this.row = row;
    }
  }
  for (const name of Object.keys(columns) as (keyof Row & string)[]) {
    const read = columns[name];
    Object.defineProperty(RowView.prototype, name, {
      get(this: RowView) {
        return read(items[this.row] as Item, owners[this.row] as AnalysisSnapshot);
      },
    });
  }
  // The compiler does not see the columns, which are of the prototype.
  return { length: items.length, RowView: RowView as RowTable<Row>["RowView"] };
}

const FIGURES = [...BYTE_FIGURES, "entries", "nonZeroSlots"] as const;

const FAMILY_COLUMNS: Columns<FamilyRow, AnalysisFamily> = {
  snapshot: (_, { label }) => label,
  id: (it) => it.id,
  label: (it) => familyLabel(it),
  name: (it) => it.name,
  type: (it) => it.type,
  keySize: (it) => it.keySize,
  valueSize: (it) => it.valueSize,
  maxEntries: (it) => it.maxEntries,
  flags: (it) => it.flags,
  role: (it) => it.role,
  outer: (it) => it.outer?.family ?? null,
  outerName: (it) => it.outer?.name ?? null,
  owner: (it) => it.owner?.name ?? null,
  count: (it) => it.count,
  isPreallocated: ({ components }) =>
    components?.some((it) => it.holds === "entries" && it.bytes > 0) ?? null,
  components: (it) => it.components ?? [],
  ...(Object.fromEntries(
    FIGURES.flatMap((name) => [
      [name, (it: AnalysisFamily) => it[name]?.value ?? null],
      [`${name}Basis`, (it: AnalysisFamily) => it[name]?.basis ?? null],
    ]),
  ) as Columns<FigureColumns, AnalysisFamily>),
};

const PROGRAM_COLUMNS: Columns<ProgramRow, AnalysisProgram> = {
  snapshot: (_, { label }) => label,
  name: (it) => it.name,
  mapMemoryBytes: (it) => it.mapMemoryBytes?.value ?? null,
  mapCount: (it) => it.mapCount ?? it.mapIds?.length ?? null,
  families: (it) => it.families ?? [],
};

type Daemon = AnalysisScaling["daemons"][number];
type Step = {
  readonly daemon: Daemon;
  readonly life: number;
  readonly index: number;
  readonly step: Daemon["steps"][number];
};

const STEP_COLUMNS: Columns<StepRow, Step> = {
  snapshot: (_, { label }) => label,
  daemon: ({ daemon }) => daemon.name,
  life: ({ life }) => life,
  index: ({ index }) => index,
  event: ({ step }) => step.event,
  used: ({ step }) => step.used ?? null,
  usedBeforeAtLeast: ({ step }) => step.usedBeforeAtLeast ?? null,
  claimedBefore: ({ step }) => step.claimedBefore ?? null,
  claimedAfter: ({ step }) => step.claimedAfter ?? null,
  live: ({ step }) => step.live ?? null,
  idleSlotsAfter: ({ step }) => step.idleSlotsAfter ?? null,
  source: ({ step }) => step.source,
};

function stepsOf({ scaling }: AnalysisSnapshot): Step[] {
  return (scaling?.daemons ?? []).flatMap((daemon, life) =>
    daemon.steps.map((step, index) => ({ daemon, life, index, step })),
  );
}

function availableIn(
  snapshot: AnalysisSnapshot,
  all: readonly AnalysisSnapshot[],
): ReadonlySet<Need> {
  const needs = Object.keys(NEEDS) as Need[];
  return new Set(needs.filter((need) => NEEDS[need].isIn(snapshot, all)));
}
