/** What a page shows of an analysis besides the report: cards, pictures, the tree of maps, and every formula. */
import type { Analysis, AnalysisFamily, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import { BYTE_FIGURES, FIGURE_MEANING } from "../../analyze/figures.ts";
import { mainSeries } from "../../analyze/series.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import { growth } from "../charts/growth.ts";
import { scaling } from "../charts/scaling.ts";
import { topFamilies } from "../charts/top-families.ts";
import { bytesOf, FIGURE_TITLE } from "../parts/numbers.ts";
import { type Section, tableOf } from "./blocks.ts";
import { drawnCharts } from "./charts.ts";
import { element, type Html, prose, text } from "./markup.ts";

/** Families whose formulas are spelled out. */
const MOST_FORMULAS = 40;

export function cards({ snapshots }: Analysis): Html[] {
  const last = mainSeries(snapshots).at(-1);
  if (last === undefined || last.totals.maps === 0) return [];
  const { totals, host } = last;
  const figures = [
    "memlockBytes",
    "preallocatedBytes",
    "usedBytes",
    "idleBytes",
    "residentBytes",
  ] as const;
  const all: (readonly [string, string, string])[] = [
    ["maps", formatCount(totals.maps), snapshots.length > 1 ? last.label : ""],
    ...figures.flatMap((name) => {
      const total = totals[name];
      if (total === undefined) return [];
      const missing = total.missing === 0 ? "" : `, not known for ${formatCount(total.missing)}`;
      return [[FIGURE_TITLE[name], formatBytes(total.value), `${total.basis}${missing}`] as const];
    }),
    [
      "kernel",
      kernelText(host),
      host.possibleCpus === undefined
        ? "CPUs not known"
        : `${host.possibleCpus.value} possible CPUs`,
    ],
  ];
  const items = all.map(([name, value, note]) =>
    element("div", {}, [
      element("dt", {}, [text(name)]),
      element("dd", {}, [
        text(value),
        ...(note === "" ? [] : [element("small", {}, [text(note)])]),
      ]),
    ]),
  );
  return [element("dl", { class: "cards" }, items)];
}

/** The version; what a vendor adds to it stands with the host's facts below. */
function kernelText({ kernelRelease, accounting }: AnalysisSnapshot["host"]): string {
  const version = /^\d+(?:\.\d+)+/.exec(kernelRelease?.value ?? "")?.[0];
  return version ?? accounting?.value ?? "not known";
}

export async function pictures({ snapshots }: Analysis): Promise<Html[]> {
  const own = mainSeries(snapshots);
  const last = own.findLast((it) => it.families.length > 0);
  const scaled = snapshots.findLast((it) => it.scaling !== undefined)?.scaling;
  return drawnCharts([
    last === undefined ? undefined : topFamilies(last),
    growth(own),
    scaled === undefined ? undefined : scaling(scaled),
  ]);
}

/** Outer maps with the inner maps that they hold. */
export function treeSection(snapshot: AnalysisSnapshot): Section | undefined {
  const byOuter = grouped(snapshot.families);
  const outers = snapshot.families.filter((it) => it.role === "outer" || byOuter.has(it.id));
  if (outers.length === 0) return undefined;
  const items = outers.map((outer) => {
    const inner = byOuter.get(outer.id) ?? [];
    const children = inner.map((it) =>
      element("li", {}, [
        text(nodeText(it)),
        element("span", { class: "note" }, [
          text(` (tied by ${it.outer?.evidence}, confidence ${it.outer?.confidence})`),
        ]),
      ]),
    );
    return element("li", {}, [
      text(nodeText(outer)),
      element(
        "ul",
        {},
        children.length > 0 ? children : [element("li", {}, ["no inner map is known"])],
      ),
    ]);
  });
  return {
    id: "maps-in-maps",
    title: "Maps in maps",
    body: [element("div", { class: "tree" }, [element("ul", {}, items)])],
  };
}

function grouped(families: readonly AnalysisFamily[]) {
  const groups = new Map<string | undefined, AnalysisFamily[]>();
  for (const it of families) {
    const key = it.outer?.family;
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return groups;
}

function nodeText(family: AnalysisFamily): string {
  const size = family.residentBytes ?? family.memlockBytes;
  const count = family.count === 1 ? "" : `${formatCount(family.count)} x `;
  const what = family.residentBytes === undefined ? "reported" : "resident";
  return `${count}${familyLabel(family)} (${family.type ?? "type not known"}): ${bytesOf(size)} ${what}`;
}

/** How each number was computed: value, basis and formula of the largest families, component by component. */
export function formulaSection(snapshot: AnalysisSnapshot): Section | undefined {
  const shown = snapshot.families.slice(0, MOST_FORMULAS);
  if (shown.length === 0) return undefined;
  const hidden = snapshot.families.length - shown.length;
  return {
    id: "how-each-number-was-computed",
    title: "How each number was computed",
    body: [
      ...shown.map(formulasOf),
      ...(hidden > 0
        ? [
            element("p", { class: "note" }, [
              text(`${formatCount(hidden)} smaller ones: see the JSON report.`),
            ]),
          ]
        : []),
    ],
  };
}

function formulasOf(family: AnalysisFamily): Html {
  return element("details", {}, [
    element("summary", {}, [text(nodeText(family))]),
    familyFormulas(family),
  ]);
}

/** Every figure of a family with its basis and formula, or why it is not known; and its allocations. */
export function familyFormulas(family: AnalysisFamily): Html {
  const figures = (["entries", "nonZeroSlots", ...BYTE_FIGURES] as const).flatMap((name) => {
    const figure = family[name];
    const reason = family.unknown?.[name];
    if (figure !== undefined) {
      const value = name.endsWith("Bytes") ? formatBytes(figure.value) : formatCount(figure.value);
      return [[name, value, figure.basis, figure.formula ?? ""]];
    }
    return reason === undefined ? [] : [[name, "-", "not known", reason]];
  });
  const parts = [...(family.components ?? []), ...(family.entryComponents ?? [])].map((it) => [
    it.name,
    it.allocator,
    formatBytes(it.bytes),
    formatBytes(it.residentBytes),
    it.formula,
    it.source,
  ]);
  const name = familyLabel(family);
  const column = (title: string, align: "left" | "right" = "left") => ({ title, align, drop: 0 });
  return [
    tableOf(
      {
        columns: [
          column("figure"),
          column("value", "right"),
          column("basis"),
          column("formula or reason"),
        ],
        rows: figures,
      },
      `figures of ${name}`,
    ),
    ...(parts.length === 0
      ? []
      : [
          tableOf(
            {
              columns: [
                column("allocation of one map"),
                column("allocator"),
                column("bytes", "right"),
                column("resident", "right"),
                column("formula"),
                column("source"),
              ],
              rows: parts,
            },
            `allocations of ${name}`,
          ),
        ]),
  ].join("");
}

export function glossarySection(): Section {
  const rows = BYTE_FIGURES.map((name) =>
    [
      element("dt", {}, [text(FIGURE_TITLE[name])]),
      element("dd", {}, [prose(FIGURE_MEANING[name])]),
    ].join(""),
  );
  return { id: "words", title: "What the numbers mean", body: [element("dl", {}, rows)] };
}
