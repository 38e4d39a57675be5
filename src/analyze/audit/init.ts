/** `audit --init`: a config from what there is, at its size now plus a quarter. */
import { formatCount, KiB, MiB, roundUp } from "../../base/units.ts";
import type { ObjectMap } from "../../model/object-file.ts";
import type { SizeFigure } from "../../model/size.ts";
import { figureWord } from "./budget-name.ts";
import { type AuditConfig, configSchema } from "./config.ts";
import { isAlike } from "./definition-fields.ts";
import { type AuditInput, auditedMaps } from "./maps.ts";
import { costing, sumAt } from "./points.ts";

/** Maps smaller than this get no budget of their own: the total holds them. */
const LEAST_OWN = MiB;

/** Figures that are named in the file; a dump of a large host may lack thousands. */
const MOST_NOTES = 12;

const FIGURES = ["preallocatedBytes", "ceilingBytes"] as const satisfies readonly SizeFigure[];

export interface InitialBudget {
  readonly name: string;
  readonly map?: string;
  readonly exclude?: readonly string[];
  readonly fill?: readonly string[];
  readonly figure: SizeFigure;
  readonly max: string;
}

export interface InitialConfig {
  readonly budgets: readonly InitialBudget[];
  readonly config: AuditConfig;
  /** What no budget holds, and why: `m (hash), when full: its definition does not limit it`. */
  readonly leftOut: readonly string[];
}

/** Budgets for the total and for each large map, at the default kernels and CPUs. */
export function initialBudgets(input: AuditInput): InitialConfig {
  const config = configSchema.parse({ shared: declaredAlike(input) });
  const { maps } = auditedMaps(input, config);
  const costs = costing(config, maps);
  const at = (of: typeof maps, figure: SizeFigure) =>
    costs.points.map((point) => ({ point, ...sumAt(costs, of, point, figure) }));
  const leftOut: string[] = [];
  const names = [...new Set(maps.map((it) => it.name))].sort();
  const budgets = FIGURES.flatMap((figure): InitialBudget[] => {
    const rows = names.map((name) => {
      const own = maps.filter((it) => it.name === name);
      const missing = at(own, figure).filter((it) => it.missing > 0);
      // What a map of these sizes costs is known, though perhaps not what it costs on the host it was found on.
      const isLiveKnown = missing.every((it) => it.point.fill !== "live");
      const isKnown = missing.every((it) => it.point.fill === "live");
      const sums = at(own, figure).filter((it) => isLiveKnown || it.point.fill !== "live");
      const [reason] = missing.flatMap((it) => it.because ?? []);
      if (reason !== undefined) {
        leftOut.push(
          `${name}, ${figureWord(figure)}${isKnown ? ", as it was found" : ""}: ${reason.replace(`${name}: `, "")}`,
        );
      }
      return {
        name,
        own,
        bytes: Math.max(0, ...sums.map((it) => it.value)),
        isKnown: isKnown && sums.some((it) => it.maps > 0),
        isLiveKnown,
      };
    });
    const known = rows.filter((it) => it.isKnown);
    const costed = (of: readonly (typeof rows)[number][]) =>
      of.every((it) => it.isLiveKnown) ? {} : { fill: [...config.fill] };
    const all = known.flatMap((it) => it.own);
    const { fill } = costed(known);
    const total = Math.max(
      0,
      ...at(all, figure).map((it) => (fill && it.point.fill === "live" ? 0 : it.value)),
    );
    if (total === 0) return [];
    // What cannot be told of a map would leave the total undecided for good.
    const exclude = rows.filter((it) => !it.isKnown).map((it) => escaped(it.name));
    return [
      {
        name: `all maps, ${figureWord(figure)}`,
        ...(exclude.length > 0 && { exclude }),
        ...costed(known),
        figure,
        max: quarterMore(total),
      },
      ...known
        .filter((it) => it.bytes >= LEAST_OWN)
        .map((row) => ({
          name: `${row.name}, ${figureWord(figure)}`,
          map: escaped(row.name),
          ...costed([row]),
          figure,
          max: quarterMore(row.bytes),
        })),
    ];
  });
  return { budgets, config, leftOut };
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

export function initialConfigText({ budgets, config, leftOut }: InitialConfig): string {
  const list = (items: readonly unknown[]) => items.map((it) => JSON.stringify(it)).join(", ");
  const rows = budgets.map((budget) => {
    const text = Object.entries(budget).map(
      ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    );
    return `    { ${text.join(", ")} }`;
  });
  const notes = leftOut.slice(0, MOST_NOTES).map((it) => `\n  //   ${it}`);
  const more = leftOut.length - notes.length;
  if (more > 0) notes.push(`\n  //   and ${formatCount(more)} more`);
  const notHeld =
    notes.length === 0 ? "" : `\n  // Not held by any, as it is not known:${notes.join("")}`;
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

  // Sizes as they were when this file was written, and a quarter more.${notHeld}
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
export function initialSummary({ budgets, leftOut }: InitialConfig): string {
  const total = budgets.find((it) => it.map === undefined);
  const count = `${budgets.length} budget${budgets.length === 1 ? "" : "s"}`;
  const held = total === undefined ? count : `${count}; ${total.name} at most ${total.max}`;
  if (leftOut.length === 0) return held;
  return `${held}; ${formatCount(leftOut.length)} ${leftOut.length === 1 ? "figure that is" : "figures that are"} not known ${leftOut.length === 1 ? "is" : "are"} named in it`;
}
