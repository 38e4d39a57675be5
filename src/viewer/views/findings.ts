/** Findings with their evidence and what to do, by severity; a link can lead to one of them. */
import { familyLabel } from "../../analyze/family-label.ts";
import { formatCount } from "../../base/units.ts";
import { DOCS } from "../../report/html/blocks.ts";
import { evidenceRows } from "../../report/parts/evidence.ts";
import { shortenBytes } from "../../report/parts/numbers.ts";
import { savingOf } from "../../report/parts/saving.ts";
import { choice } from "../parts/choice.ts";
import { button, el, proseNodes } from "../parts/dom.ts";
import { findingKey } from "../parts/finding-key.ts";
import { type Finding, SEVERITY_ORDER, type Severity } from "../parts/severity.ts";
import { defineView, type ViewContext } from "../view.ts";

/** Shown at a time: a flood of the same is asked for in parts. */
const PAGE = 100;

export const findings = defineView({
  id: "findings",
  title: "Findings",
  question: "What is wrong, what proves it, and what to do about it?",
  absent({ analysis }) {
    if (analysis.findings.length > 0) return undefined;
    const passed = analysis.rules.filter((it) => it.outcome === "passed").length;
    const rest = analysis.rules.length - passed;
    return `No findings: ${passed} rules passed, ${rest} had nothing to judge; the view of sources tells what they lack.`;
  },
  mount(place, context) {
    const list = el("ul", { class: "findings" });
    const note = el("p", { class: "note", role: "status" });
    const draw = (severity: string) => show(list, note, context, severity);
    const severities = SEVERITY_ORDER.filter((it) =>
      context.analysis.findings.some((finding) => finding.severity === it),
    );
    const options = ["all", ...severities];
    const asked = context.state.get("severity") ?? "all";
    const chosen = options.includes(asked) ? asked : "all";
    place.append(
      el(
        "div",
        { class: "tools" },
        choice(
          "Severity",
          options,
          chosen,
          (it) => {
            context.keep("severity", it === "all" ? undefined : it);
            draw(it);
          },
          counted(options, context),
        ),
      ),
      note,
      list,
    );
    draw(chosen);
    const wanted = context.state.get("finding");
    if (wanted !== undefined) reveal(list, wanted, context);
  },
});

/** Each with how many there are in the snapshot that is looked at. */
function counted(options: readonly string[], { analysis, snapshot }: ViewContext) {
  const own = analysis.findings.filter((it) => it.subject.snapshot === snapshot.label);
  const count = (option: string) =>
    own.filter((it) => option === "all" || it.severity === option).length;
  return Object.fromEntries(options.map((it) => [it, `${it} ${formatCount(count(it))}`]));
}

function show(list: HTMLElement, note: HTMLElement, context: ViewContext, severity: string): void {
  const { analysis, snapshot } = context;
  const fits = (it: Finding) => severity === "all" || it.severity === (severity as Severity);
  const own = analysis.findings.filter((it) => it.subject.snapshot === snapshot.label && fits(it));
  const others = analysis.findings.filter(
    (it) => it.subject.snapshot !== snapshot.label && fits(it),
  );
  note.textContent =
    `${formatCount(own.length)} in ${snapshot.label}` +
    (others.length > 0 ? `, ${formatCount(others.length)} in other snapshots` : "");
  list.replaceChildren();
  let shown = 0;
  const more = () => {
    list.append(...own.slice(shown, shown + PAGE).map((it) => itemOf(it, context)));
    shown += PAGE;
    if (shown >= own.length) return;
    const next = el("li", {});
    next.append(
      button(`Show ${Math.min(PAGE, own.length - shown)} more`, () => {
        next.remove();
        more();
      }),
    );
    list.append(next);
  };
  more();
}

function reveal(
  list: HTMLElement,
  wanted: string,
  { analysis, snapshot, signal }: ViewContext,
): void {
  const isWanted = (it: Element) => it.getAttribute("data-finding") === wanted;
  const finding = analysis.findings.find(
    (it) => findingKey(it) === wanted && it.subject.snapshot === snapshot.label,
  );
  let item = [...list.children].find(isWanted);
  while (item === undefined && finding !== undefined) {
    const next = list.querySelector<HTMLElement>(":scope > li:last-child > button");
    if (next === null) break;
    next.click();
    item = [...list.children].find(isWanted);
  }
  if (item === undefined) {
    list.before(el("p", { class: "absent" }, "The finding of this link is not in this snapshot."));
    return;
  }
  item.classList.add("chosen");
  // After the page's own focus, which is at its top.
  requestAnimationFrame(() => {
    if (signal.aborted) return;
    item.scrollIntoView({ block: "start" });
    (item as HTMLElement).focus({ preventScroll: true });
  });
}

function itemOf(finding: Finding, context: ViewContext): HTMLElement {
  const { severity, rule, message, evidence, recommendation, docs } = finding;
  const saves = savingOf(finding);
  const item = el("li", { class: severity, tabindex: -1 });
  item.setAttribute("data-finding", findingKey(finding));
  const link = el("a", { rel: "noreferrer", target: "_blank" }, "What the rule finds, and why");
  link.href = DOCS + docs;
  item.append(
    el(
      "h3",
      {},
      el("span", { class: "level" }, severity),
      `: ${titleOf(rule, context)}${subjectOf(finding, context)} `,
      el("code", { class: "rule" }, rule),
      ...(saves === undefined ? [] : [" ", el("span", { class: "saves" }, `saves ${saves}`)]),
    ),
    el("p", {}, ...proseNodes(shortenBytes(message))),
    el("p", {}, el("strong", {}, "Do: "), ...proseNodes(shortenBytes(recommendation))),
    el("details", {}, el("summary", {}, "Evidence"), evidenceTable(evidence)),
    el("p", { class: "actions" }, ...mapButton(finding, context), link),
  );
  return item;
}

/** As a person would say it; an analysis that was saved by another version may lack the rule. */
function titleOf(rule: string, { analysis }: ViewContext): string {
  return analysis.rules.find((it) => it.id === rule)?.title ?? rule;
}

function subjectOf({ subject }: Finding, { snapshot }: ViewContext): string {
  if (subject.kind === "snapshot") return "";
  const family = snapshot.families.find((it) => subject.kind === "family" && it.id === subject.id);
  return `: ${family === undefined ? subject.id : familyLabel(family)}`;
}

function mapButton({ subject }: Finding, { open }: ViewContext): Node[] {
  if (subject.kind !== "family") return [];
  return [
    button("Show the maps", () => open("maps", { snapshot: subject.snapshot, map: subject.id })),
  ];
}

function evidenceTable(evidence: Finding["evidence"]): HTMLElement {
  const rows = evidenceRows(evidence).map(([name, text]) =>
    el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, text)),
  );
  return el(
    "div",
    { class: "scroll" },
    el("table", { class: "evidence" }, el("tbody", {}, ...rows)),
  );
}
