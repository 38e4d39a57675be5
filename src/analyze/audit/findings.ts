/** What an audit finds of its own: budgets, scale points, refusals, pins, inputs. Levels and waivers come after. */
import { formatBytes, formatCount } from "../../base/units.ts";
import type { MapDefinition } from "../../model/definition.ts";
import type { RuleFinding } from "../rule.ts";
import { figureWord } from "./budget-name.ts";
import { excess, isOpen, type JudgedBudget, type Reading, readingText } from "./budgets.ts";
import { fieldTexts, layoutTexts } from "./change-costs.ts";
import { type MapChange, nameOf } from "./changes.ts";
import { isReadOtherwise } from "./layout-changes.ts";
import type { AuditedMap, SharedConflict } from "./maps.ts";
import { type Point, pointName } from "./point.ts";
import type { Costing, Sum } from "./points.ts";
import type { AuditRuleId } from "./rules.ts";

/** A finding before its level is settled, with what waivers ask and where it is shown. */
export interface RawFinding extends RuleFinding {
  readonly rule: string;
  readonly budget?: string;
  readonly maps: readonly AuditedMap[];
  /** The objects that it is about, each by all its names, where they are not those of the maps. */
  readonly objects?: readonly (readonly string[])[];
  /** What makes it the same problem in another run, besides rule and subject. */
  readonly identity?: string;
}

export const rawFinding = (rule: AuditRuleId, rest: Omit<RawFinding, "rule">): RawFinding => ({
  rule,
  ...rest,
});

export function budgetFindings(judged: readonly JudgedBudget[]): RawFinding[] {
  return judged.flatMap(({ budget, name, groups }) =>
    groups.flatMap((group) => {
      const { worst } = group;
      if (worst === undefined || group.outcome === "met") return [];
      const about = budget.per === "total" ? "" : `${group.id}: `;
      const common = {
        subject: { snapshot: "", kind: "object" as const, id: group.id },
        maps: group.maps,
        budget: name,
        identity: name,
      };
      if (group.outcome === "undecided") {
        const unsure = group.readings.find(isOpen) ?? worst;
        return [
          rawFinding("budget-undecided", {
            ...common,
            message: `${about}${unknownText(figureWord(budget.figure), unsure)}; what is known is ${readingText(unsure)}`,
            evidence: {
              budget: name,
              missing: unsure.sum.missing,
              ...(unsure.unknownBefore && { missingInBaseline: unsure.unknownBefore.missing }),
              point: pointName(unsure.point),
            },
            recommendation:
              "Leave these maps out of the budget, limit another figure, or give what is missing.",
          }),
        ];
      }
      const over = group.readings.filter((it) => excess(it) > 0);
      return [
        rawFinding("budget-exceeded", {
          ...common,
          severity: budget.level,
          message: `${about}${figureWord(budget.figure)} is ${readingText(worst)}: ${formatBytes(excess(worst))} over${elsewhere(over, worst)}`,
          evidence: {
            budget: name,
            figure: budget.figure,
            value: worst.sum.value,
            limit: worst.limit,
            over: excess(worst),
            ...(worst.baseline !== undefined && { baseline: worst.baseline }),
            points: over.map((it) => `${pointName(it.point)}: ${it.sum.value}`),
          },
          recommendation: `Make these maps smaller (\`mapscope size\` tells what an entry costs), or raise the limit of the budget${largest(group.maps)}.`,
          savesBytes: excess(worst),
        }),
      ];
    }),
  );
}

function unknownText(figure: string, { sum, unknownBefore }: Reading): string {
  const of = (it: Sum) => `${count(it.missing, "map")} (${it.because})`;
  if (unknownBefore === undefined) return `${figure} is not known for ${of(sum)}`;
  if (sum.missing === 0) return `${figure} is not known for ${of(unknownBefore)} of the baseline`;
  return `${figure} is not known for ${of(sum)}, nor for ${count(unknownBefore.missing, "map")} of the baseline`;
}

/** A budget for growth alone waits for a baseline, which is no mistake. */
export function unusedBudgets(judged: readonly JudgedBudget[], hasBaseline: boolean): RawFinding[] {
  return judged.flatMap(({ budget, name, groups }) => {
    if (groups.some((it) => it.readings.length > 0)) return [];
    if (budget.max === undefined && !hasBaseline) return [];
    const isOfMaps = groups.some((it) => it.maps.length > 0);
    const why = isOfMaps ? "is for points at which nothing is costed" : "matches no map";
    return [
      rawFinding("unused-budget", {
        subject: { snapshot: "", kind: "object", id: name },
        maps: [],
        budget: name,
        message: `the budget ${JSON.stringify(name)} ${why}`,
        evidence: { budget: name },
        recommendation: isOfMaps
          ? "Compare its kernels, possibleCpus and fill with those of the config; live is what dumps and analyses have."
          : "Compare its globs with the names in the objects (`mapscope inspect` lists them), or take it out.",
        identity: name,
      }),
    ];
  });
}

function elsewhere(over: readonly Reading[], worst: Reading): string {
  const others = over.filter((it) => it !== worst).length;
  return others === 0 ? "" : `, and over at ${count(others, "other point")}`;
}

function largest(maps: readonly AuditedMap[]): string {
  const names = [...new Set(maps.map((it) => it.name))];
  if (names.length < 2) return "";
  return `; it is about ${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;
}

/** Once a map: the scale point that asks for the most. */
export function overflowFindings(maps: readonly AuditedMap[], costs: Costing): RawFinding[] {
  return maps.flatMap((map) => {
    let worst: { wanted: number; most: number; point: Point } | undefined;
    for (const point of costs.points) {
      for (const price of costs.prices(map, point)) {
        if (!("figures" in price) || price.overflow === undefined) continue;
        if (worst === undefined || price.overflow.wanted > worst.wanted)
          worst = { ...price.overflow, point };
      }
    }
    if (worst === undefined) return [];
    const { wanted, most, point } = worst;
    return [
      rawFinding("scale-point-overflow", {
        subject: { snapshot: "", kind: "object", id: map.name },
        maps: [map],
        message: `${map.name} can have ${formatCount(most)} entries, and the scale point "${point.fill}" needs ${formatCount(wanted)}`,
        evidence: { scalePoint: point.fill, wanted, most },
        recommendation: `Raise max_entries of ${map.name} to at least ${formatCount(wanted)}; \`mapscope size\` tells what that costs.`,
      }),
    ];
  });
}

/** Once a map, with every kernel that refuses it. */
export function refusalFindings(maps: readonly AuditedMap[], costs: Costing): RawFinding[] {
  return maps.flatMap((map) => {
    const refused = costs.points.flatMap((point) =>
      costs
        .prices(map, point)
        .flatMap((price) =>
          "refused" in price ? [{ kernel: point.kernel, because: price.refused }] : [],
        ),
    );
    const [first] = refused;
    if (first === undefined) return [];
    const kernels = [...new Set(refused.map((it) => it.kernel))];
    return [
      rawFinding("refused-map", {
        subject: { snapshot: "", kind: "object", id: map.name },
        maps: [map],
        message: `${map.name} cannot be created on ${kernels.join(", ")}: ${first.because}`,
        evidence: { kernels },
        recommendation:
          "Change the definition, let the loader leave the map out there, or take these kernels out of the audit.",
      }),
    ];
  });
}

export function conflictFindings(
  conflicts: readonly SharedConflict[],
  namesOf: (file: string) => readonly string[],
): RawFinding[] {
  return conflicts.map(({ name, first, other }) =>
    rawFinding("shared-map-conflict", {
      subject: { snapshot: "", kind: "object", id: name },
      maps: [],
      objects: [namesOf(first.file), namesOf(other.file)],
      message: `${name} is ${shape(first.definition)} in ${first.file} and ${shape(other.definition)} in ${other.file}`,
      evidence: { first: first.file, other: other.file },
      recommendation: `Declare ${name} once, in a header that both include.`,
      identity: other.file,
    }),
  );
}

function shape({
  type,
  keySize,
  valueSize,
  maxEntries,
  flags,
  mapExtra = 0,
  inner,
}: MapDefinition): string {
  const extra = mapExtra === 0 ? "" : ` map_extra ${mapExtra}`;
  const held = inner === undefined ? "" : ` of ${shape(inner)}`;
  return `${type} ${keySize}/${valueSize}/${formatCount(maxEntries)} flags 0x${flags.toString(16)}${extra}${held}`;
}

/** libbpf reuses a pinned map only when all attributes are equal (bpf_map__reuse_fd(), map_is_reuse_compat()). */
export function pinFindings(changes: readonly MapChange[]): RawFinding[] {
  return changes.flatMap((change) => {
    const { from, to, fields } = change;
    if (change.change !== "changed" || from?.isPinned !== true || to?.isPinned !== true) return [];
    const layout = change.layout.filter(isReadOtherwise);
    if (fields.length + layout.length === 0) return [];
    const inner = fields.filter((it) => it.field.startsWith("inner"));
    const isRefused = fields.length > inner.length;
    const told = [
      ...fieldTexts({ ...change, fields: isRefused ? fields : inner }),
      ...(isRefused ? [] : layoutTexts({ ...change, layout })),
    ];
    const what = isRefused
      ? "a node that is upgraded in place still has the old one"
      : `its attributes are the same, so a node that is upgraded in place keeps ${inner.length === 0 ? "the old entries and reads them so" : "the old one, made for the old inner maps"}`;
    return [
      rawFinding("pinned-map-changed", {
        subject: { snapshot: "", kind: "object", id: nameOf(change) },
        maps: [to],
        message: `${nameOf(change)} is pinned, and changed: ${told.join("; ")}; ${what}`,
        evidence: {
          fields: fields.map((it) => it.field),
          ...(layout.length > 0 && { layout: layout.map((it) => it.text) }),
        },
        recommendation:
          "Migrate or remove the pin during the upgrade, or give the map another name.",
      }),
    ];
  });
}

export function inputFindings(
  diagnostics: readonly {
    readonly level: string;
    readonly file: string;
    readonly message: string;
  }[],
  namesOf: (file: string) => readonly string[],
): RawFinding[] {
  const grave = diagnostics.filter((it) => it.level === "data-loss");
  const byFile = new Map(grave.map((it) => [it.file, it]));
  return [...byFile.values()].map(({ file, message }) =>
    rawFinding("unreadable-input", {
      subject: { snapshot: "", kind: "object", id: file },
      maps: [],
      objects: [namesOf(file)],
      message: `${file}: ${message}`,
      evidence: { file },
      recommendation: "Build the object again, or take it out of the audit.",
    }),
  );
}

function count(number: number, what: string): string {
  return `${formatCount(number)} ${what}${number === 1 ? "" : "s"}`;
}
