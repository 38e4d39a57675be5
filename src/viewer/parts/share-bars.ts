/** Who has how much of the whole, as bars that need no chart: the largest families, and how much of each lies idle. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { familyLabel } from "../../analyze/family-label.ts";
import type { ByteFigure } from "../../analyze/figures.ts";
import { formatBytes } from "../../base/units.ts";
import { share } from "../../report/parts/numbers.ts";
import { button, el } from "./dom.ts";

const MOST = 5;

const WORDS = { used: "in use", idle: "idle", unknown: "use not known" } as const;
type Kind = keyof typeof WORDS;
type Part = readonly [kind: Kind, share: number];

/** @param open a family's id, chosen by its name. */
export function shareBars(
  { families, totals }: AnalysisSnapshot,
  figure: ByteFigure,
  open: (family: string) => void,
): HTMLElement | undefined {
  const total = totals[figure]?.value ?? 0;
  const shown = families
    .flatMap((family) => {
      const bytes = family[figure]?.value ?? 0;
      return bytes > 0 ? [{ family, bytes }] : [];
    })
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, MOST);
  const most = shown[0]?.bytes ?? 0;
  if (most === 0 || total <= 0) return undefined;
  const rest = total - shown.reduce((sum, it) => sum + it.bytes, 0);
  const rows = shown.map(({ family, bytes }) =>
    row(
      button(familyLabel(family), () => open(family.id), { class: "link name" }),
      partsOf(family).map(([kind, part]): Part => [kind, (part * bytes) / most]),
      `${formatBytes(bytes)}, ${share(bytes / total)}`,
    ),
  );
  if (rest > 0) {
    const words = `${formatBytes(rest)}, ${share(rest / total)}`;
    rows.push(row("all others", [["unknown", Math.min(1, rest / most)]], words));
  }
  const kinds = new Set(shown.flatMap(({ family }) => partsOf(family).map(([kind]) => kind)));
  return el(
    "div",
    {},
    el("ul", { class: "shares" }, ...rows),
    el("p", { class: "note share-legend" }, ...[...kinds].map(key)),
  );
}

function partsOf({ idleBytes, allocatedBytes }: AnalysisFamily): Part[] {
  if (idleBytes === undefined || allocatedBytes === undefined || allocatedBytes.value <= 0)
    return [["unknown", 1]];
  const idle = Math.min(1, Math.max(0, idleBytes.value / allocatedBytes.value));
  const parts: Part[] = [
    ["used", 1 - idle],
    ["idle", idle],
  ];
  return parts.filter(([, part]) => part > 0);
}

function row(name: Node | string, parts: readonly Part[], words: string): HTMLElement {
  const track = el("span", { class: "share-track", "aria-hidden": "true" });
  for (const [kind, part] of parts) {
    const bar = el("span", { class: `share-${kind}` });
    // Not an attribute: the page's policy has no room for styles in markup.
    bar.style.width = `${(part * 100).toFixed(2)}%`;
    track.append(bar);
  }
  const idle = parts.find(([kind]) => kind === "idle");
  const whole = parts.reduce((sum, [, part]) => sum + part, 0);
  const hidden =
    idle === undefined
      ? undefined
      : el("span", { class: "hidden-text" }, `, ${share(idle[1] / whole)} of it idle`);
  return el(
    "li",
    {},
    el("span", { class: "share-name" }, name),
    track,
    el("span", { class: "share-size" }, words, hidden),
  );
}

function key(kind: Kind): HTMLElement {
  return el(
    "span",
    {},
    el("span", { class: `share-key share-${kind}`, "aria-hidden": "true" }),
    ` ${WORDS[kind]}`,
  );
}
