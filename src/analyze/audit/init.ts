/** `audit --init`: a config from what there is, at its size now plus a quarter. */
import { KiB, MiB, roundUp } from "../../base/units.ts";
import type { ObjectMap } from "../../model/object-file.ts";
import type { SizeFigure } from "../../model/size.ts";
import { figureWord } from "./budget-name.ts";
import { type AuditConfig, configSchema } from "./config.ts";
import { type AuditInput, auditedMaps, isAlike } from "./maps.ts";
import { costing, sumAt } from "./points.ts";

/** Maps smaller than this get no budget of their own: the total holds them. */
const LEAST_OWN = MiB;

const FIGURES = ["preallocatedBytes", "ceilingBytes"] as const satisfies readonly SizeFigure[];

export interface InitialBudget {
  readonly name: string;
  readonly map?: string;
  readonly exclude?: readonly string[];
  readonly figure: SizeFigure;
  readonly max: string;
}

/** Budgets for the total and for each large map, at the default kernels and CPUs. */
export function initialBudgets(input: AuditInput): {
  readonly budgets: readonly InitialBudget[];
  readonly config: AuditConfig;
} {
  const config = configSchema.parse({ shared: declaredAlike(input) });
  const { maps } = auditedMaps(input, config);
  const costs = costing(config, maps);
  const at = (of: typeof maps, figure: SizeFigure) =>
    costs.points.map((point) => sumAt(costs, of, point, figure));
  const names = [...new Set(maps.map((it) => it.name))].sort();
  const budgets = FIGURES.flatMap((figure): InitialBudget[] => {
    const rows = names.map((name) => {
      const own = maps.filter((it) => it.name === name);
      const sums = at(own, figure);
      return {
        name,
        own,
        bytes: Math.max(0, ...sums.map((it) => it.value)),
        isKnown: sums.every((it) => it.missing === 0),
      };
    });
    const known = rows.filter((it) => it.isKnown);
    const all = known.flatMap((it) => it.own);
    const total = Math.max(0, ...at(all, figure).map((it) => it.value));
    if (total === 0) return [];
    // What cannot be told of a map would leave the total undecided for good.
    const exclude = rows.filter((it) => !it.isKnown).map((it) => escaped(it.name));
    return [
      {
        name: `all maps, ${figureWord(figure)}`,
        ...(exclude.length > 0 && { exclude }),
        figure,
        max: quarterMore(total),
      },
      ...known
        .filter((it) => it.bytes >= LEAST_OWN)
        .map(({ name, bytes }) => ({
          name: `${name}, ${figureWord(figure)}`,
          map: escaped(name),
          figure,
          max: quarterMore(bytes),
        })),
    ];
  });
  return { budgets, config };
}

/** Maps that several objects declare alike: taken as one, which the config says, for people to judge. */
function declaredAlike({ objects }: AuditInput): string[] {
  const seen = new Map<string, ObjectMap[]>();
  for (const map of objects.flatMap((it) => it.maps)) {
    if (map.origin === "btf" || map.origin === "legacy")
      seen.set(map.name, [...(seen.get(map.name) ?? []), map]);
  }
  return [...seen]
    .filter(([, [first, ...others]]) => {
      if (first === undefined || others.length === 0 || first.pinning !== undefined) return false;
      return others.every((it) => isAlike(it.definition, first.definition));
    })
    .map(([name]) => escaped(name))
    .sort();
}

/** Rounded up to a step that people would write: 16 KiB, then whole MiB. */
function quarterMore(bytes: number): string {
  const wanted = Math.ceil(bytes * 1.25);
  const step = wanted >= 8 * MiB ? MiB : 16 * KiB;
  const rounded = roundUp(wanted, step);
  return rounded % MiB === 0 ? `${rounded / MiB} MiB` : `${rounded / KiB} KiB`;
}

/** A name as a glob that matches it alone. */
function escaped(name: string): string {
  return name.replace(/[*?[\]{}()!+@\\]/g, "\\$&");
}

export function initialConfigText({ budgets, config }: ReturnType<typeof initialBudgets>): string {
  const list = (items: readonly unknown[]) => items.map((it) => JSON.stringify(it)).join(", ");
  const rows = budgets.map((budget) => {
    const text = Object.entries(budget).map(
      ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    );
    return `    { ${text.join(", ")} }`;
  });
  return `{
  "$schema": "./node_modules/mapscope/schemas/config.json",

  // Where maps are costed: on each of these kernels, with each of these counts of possible CPUs.
  "kernels": [${list(config.kernels)}],
  "possibleCpus": [${list(config.possibleCpus)}],

  // What a cluster may reach, in entries for each glob of map names; a map that is too small fails the audit.
  // "scalePoints": { "5,000 services": { "*_service": 5000, "*_endpoint": "50%" } },
  "scalePoints": {},

  // Maps that several objects declare and a loader makes once; those pinned by name are so anyway. These are
  // declared alike in several objects: take out the ones that each object has for itself.
  "shared": [${list(config.shared)}],

  // Sizes as they were when this file was written, and a quarter more.
  "budgets": [
${rows.join(",\n")}
  ],

  // off, info, warning or error for each rule: "idle-preallocation": ["error", { "minIdleBytes": 1048576 }]
  "rules": {},

  // { "map": "big_*", "reason": "shrinks in the next release", "until": "2027-01-31" }
  "waivers": [],

  "failOn": "error"
}
`;
}

/** For the line that tells what was written. */
export function initialSummary({ budgets }: ReturnType<typeof initialBudgets>): string {
  const total = budgets.find((it) => it.map === undefined);
  const count = `${budgets.length} budget${budgets.length === 1 ? "" : "s"}`;
  return total === undefined ? count : `${count}; ${total.name} at most ${total.max}`;
}
