/** The first page: totals, one to three suspects, and the findings that weigh most. */
import type { Analysis, Finding, Verdict } from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import { cards } from "../../report/html/analysis-sections.ts";
import {
  bytesOf,
  FIGURE_TITLE,
  MARKS_LEGEND,
  share,
  shortenBytes,
} from "../../report/parts/numbers.ts";
import { savingOf } from "../../report/parts/saving.ts";
import { verdictBlocks } from "../../report/parts/verdict.ts";
import { diagnosticList } from "../parts/diagnostics.ts";
import { button, el, fromHtml, proseNodes } from "../parts/dom.ts";
import { findingKey } from "../parts/finding-key.ts";
import { shareBars } from "../parts/share-bars.ts";
import { defineView, type ViewContext } from "../view.ts";
import { hasObjects } from "./objects.ts";

/** Findings that are named here; the rest has its own view. */
const MOST_FINDINGS = 5;

type Suspect = Verdict["suspects"][number];

export const overview = defineView({
  id: "overview",
  title: "Overview",
  question: "Who takes the memory?",
  absent: () => undefined,
  mount(place, context) {
    const { analysis, snapshot } = context;
    const [verdict] = verdictBlocks(analysis);
    const line = verdict?.kind === "verdict" ? (verdict.texts[0] ?? "") : "";
    place.append(
      el("p", { class: "verdict" }, line),
      fromHtml(cards({ ...analysis, snapshots: [snapshot] }).join("")),
      ...(snapshot.families.length === 0 ? withoutMaps(context) : []),
      ...shares(context),
      ...suspects(context),
      ...findings(context),
      ...(snapshot.families.length === 0 ? [] : [el("p", { class: "note" }, MARKS_LEGEND)]),
    );
  },
});

/** Nothing was counted: what was read instead, or why nothing was. */
function withoutMaps({ analysis, open }: ViewContext): Node[] {
  const lead = hasObjects(analysis)
    ? [
        el(
          "p",
          {},
          "The compiled objects declare maps; what they would cost is in ",
          button("Objects and layouts", () => open("objects"), { class: "quiet" }),
        ),
      ]
    : [];
  const { diagnostics } = analysis;
  return diagnostics.length === 0
    ? lead
    : [...lead, el("h3", {}, "Diagnostics"), ...diagnosticList(diagnostics)];
}

/** By what the verdict's shares are shares of. */
function shares({ analysis, snapshot, open }: ViewContext): Node[] {
  const figure =
    analysis.verdict?.snapshot === snapshot.label
      ? analysis.verdict.figure
      : snapshot.totals.residentBytes === undefined
        ? "memlockBytes"
        : "residentBytes";
  const bars = shareBars(snapshot, figure, (map) =>
    open("maps", { snapshot: snapshot.label, map }),
  );
  if (bars === undefined) return [];
  return [el("h3", {}, `Where it is: ${FIGURE_TITLE[figure]}`), bars];
}

function suspects({ analysis, open }: ViewContext): Node[] {
  const { verdict } = analysis;
  if (verdict === undefined || verdict.suspects.length === 0) return [];
  const items = verdict.suspects.map((it) =>
    el(
      "li",
      {},
      el("h4", {}, it.what),
      el("p", {}, ...sizeWords(it, verdict)),
      ...reasonOf(it, analysis),
      el(
        "p",
        { class: "actions" },
        button("Show the maps", () => open("maps", { snapshot: verdict.snapshot, map: it.family })),
        ...findingButton(it, analysis, open),
      ),
    ),
  );
  return [el("h3", {}, "Suspects"), el("ol", { class: "suspects" }, ...items)];
}

function sizeWords({ value, share: part, idle }: Suspect, { figure, total }: Verdict) {
  const known = total.missing === 0 ? "" : " that is known";
  return [
    el("strong", {}, `${formatBytes(value)} ${FIGURE_TITLE[figure]}`),
    `, ${share(part)} of all${known}`,
    idle === undefined
      ? undefined
      : `; ${bytesOf({ value: idle.bytes, basis: idle.basis })} of what it took hold nothing (${share(idle.share)})`,
  ];
}

function findingOf(
  { finding }: Suspect,
  { findings: all, verdict }: Analysis,
): Finding | undefined {
  return all.find(
    (it) =>
      it.rule === finding?.rule &&
      it.subject.id === finding.subject &&
      it.subject.snapshot === verdict?.snapshot,
  );
}

function reasonOf(suspect: Suspect, analysis: Analysis): Node[] {
  const finding = findingOf(suspect, analysis);
  if (finding === undefined) return [];
  return [el("p", {}, ...proseNodes(shortenBytes(finding.message)))];
}

function findingButton(suspect: Suspect, analysis: Analysis, open: ViewContext["open"]): Node[] {
  const finding = findingOf(suspect, analysis);
  if (finding === undefined) return [];
  const saves = savingOf(finding);
  return [
    button(saves === undefined ? "What to do" : `What to do (saves ${saves})`, () =>
      open("findings", { snapshot: finding.subject.snapshot, finding: findingKey(finding) }),
    ),
  ];
}

function findings({ analysis, snapshot, open }: ViewContext): Node[] {
  const told = new Set(analysis.verdict?.suspects.map((it) => findingOf(it, analysis)));
  const all = analysis.findings.filter((it) => it.subject.snapshot === snapshot.label);
  // Those of the suspects stand above.
  const own = all.filter((it) => !told.has(it));
  if (all.length === 0) {
    const passed = analysis.rules.filter((it) => it.outcome === "passed").length;
    return [
      el(
        "p",
        { class: "note" },
        `No findings: ${passed} of ${analysis.rules.length} rules passed.`,
      ),
    ];
  }
  const items = own.slice(0, MOST_FINDINGS).map((it) =>
    el(
      "li",
      { class: it.severity },
      el(
        "p",
        {},
        el("span", { class: "level" }, it.severity),
        ": ",
        ...proseNodes(shortenBytes(it.message)),
      ),
      button(it.rule, () => open("findings", { finding: findingKey(it) }), { class: "quiet" }),
    ),
  );
  const more = button(`All ${formatCount(all.length)} findings`, () => open("findings"));
  return [
    el("h3", {}, told.size > 0 ? "Other findings" : "Findings"),
    el("ul", { class: "findings" }, ...items),
    el("p", {}, more),
  ];
}
