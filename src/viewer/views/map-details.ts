/** All that is known of one family: what it is, whose it is, its findings, and how each number came about. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel, familyPhrase } from "../../analyze/family-label.ts";
import { formatCount } from "../../base/units.ts";
import { familyFormulas } from "../../report/html/analysis-sections.ts";
import { plainCount } from "../../report/parts/numbers.ts";
import { button, el, fromHtml } from "../parts/dom.ts";
import { findingKey } from "../parts/finding-key.ts";
import type { ViewContext } from "../view.ts";

/** Ranges of ids that are spelled out. */
const MOST_RANGES = 20;

export function mapDetails(
  family: AnalysisFamily,
  mapId: number | undefined,
  context: ViewContext,
): Node[] {
  const rows = facts(family, context.snapshot).map(([name, text]) =>
    el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, text)),
  );
  return [
    el("h3", {}, familyPhrase(family)),
    ...(mapId === undefined
      ? []
      : [
          el(
            "p",
            {},
            `Map ${mapId} is one of them; they are alike, and the figures are of all together.`,
          ),
        ]),
    el("div", { class: "scroll" }, el("table", { class: "evidence" }, el("tbody", {}, ...rows))),
    ...links(family, context),
    fromHtml(familyFormulas(family)),
  ];
}

type Fact = readonly [name: string, text: string];

function facts(family: AnalysisFamily, snapshot: AnalysisSnapshot): Fact[] {
  const { type, role, keySize, valueSize, maxEntries, flags, definition } = family;
  return [
    ["name", family.name ?? "none"],
    ...(family.fullName === undefined
      ? []
      : [
          [
            "full name",
            family.fullNameFrom === undefined
              ? family.fullName
              : `${family.fullName} (${family.fullNameFrom.source})`,
          ] as Fact,
        ]),
    ["type", type ?? "not known"],
    ["role", role],
    [
      "key, value, max_entries",
      `${plainCount(keySize)} B, ${plainCount(valueSize)} B, ${plainCount(maxEntries)}`,
    ],
    ["flags", flags === null ? "not known" : `0x${flags.toString(16)}`],
    ...(definition === undefined ? [] : [["defined by", definition.source] as Fact]),
    ...outerFact(family, snapshot),
    ...(family.owner === undefined
      ? []
      : [
          ["owner", `${family.owner.name} (${family.owner.basis}: ${family.owner.source})`] as Fact,
        ]),
    ...(family.owners ?? []).map(
      ({ kind, name, maps }): Fact => [kind, `${name} (${formatCount(maps)} maps)`],
    ),
    ...idFact(family),
  ];
}

function outerFact({ outer }: AnalysisFamily, { families }: AnalysisSnapshot): Fact[] {
  if (outer === undefined) return [];
  const held = families.find((it) => it.id === outer.family);
  const name = held === undefined ? (outer.name ?? outer.family) : familyLabel(held);
  return [["held by", `${name} (${outer.evidence}, confidence ${outer.confidence})`]];
}

function idFact({ mapIds }: AnalysisFamily): Fact[] {
  if (mapIds.length === 0) return [];
  const shown = mapIds
    .slice(0, MOST_RANGES)
    .map(([first, last]) => (first === last ? `${first}` : `${first}..${last}`));
  const hidden = mapIds.length - shown.length;
  const rest = hidden > 0 ? `, and ${formatCount(hidden)} more ranges` : "";
  return [["map ids", shown.join(", ") + rest]];
}

function links(family: AnalysisFamily, { analysis, snapshot, open }: ViewContext): Node[] {
  // A finding about a daemon may be what explains its maps: the verdict knows.
  const suspect = analysis.verdict?.suspects.find((it) => it.family === family.id)?.finding;
  const about = analysis.findings.filter(
    ({ rule, subject }) =>
      subject.snapshot === snapshot.label &&
      ((subject.kind === "family" && subject.id === family.id) ||
        (rule === suspect?.rule && subject.id === suspect.subject)),
  );
  const outer = family.outer?.family;
  const buttons = [
    ...about.map((it) =>
      button(`${it.severity}: ${it.rule}`, () => open("findings", { finding: findingKey(it) })),
    ),
    ...(outer !== undefined && snapshot.families.some((it) => it.id === outer)
      ? [button("The outer map", () => open("maps", { map: outer }))]
      : []),
  ];
  return buttons.length === 0 ? [] : [el("p", { class: "actions" }, ...buttons)];
}
