/** The first page: one to three suspects, with their share, what of it is idle, and the finding that says why. */
import type { Analysis, Verdict } from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block, ListItem } from "./blocks.ts";
import { BASIS_MARK, bytesOf, FIGURE_TITLE, missingMaps, share, shareInWords } from "./numbers.ts";
import { savingOf } from "./saving.ts";

/** What there is in place of maps of a kernel. */
function withoutMaps(snapshots: Analysis["snapshots"]): string {
  const declared = snapshots.flatMap((it) => it.declared?.maps ?? []).length;
  if (declared > 0)
    return `${formatCount(declared)} maps are declared, and none was seen in a kernel`;
  const [persisted] = snapshots.flatMap((it) => it.persistedStates ?? []);
  if (persisted !== undefined) return withPersisted(persisted);
  if (snapshots.some((it) => it.metrics !== undefined)) return "Metrics, and none of them of a map";
  return "No map was found in the input";
}

type Persisted = NonNullable<Analysis["snapshots"][number]["persistedStates"]>[number];

/** What a daemon kept of its inner maps before it ended; by its counters where its slots are cut. */
function withPersisted({ allocatedBits, usedBits, claimed, used }: Persisted): string {
  const [maps, inUse] = [allocatedBits ?? claimed, usedBits ?? used];
  const kept = `${formatCount(maps)} inner ${maps === 1 ? "map" : "maps"}`;
  return `A daemon kept ${kept}, ${inUse === 0 ? "none" : formatCount(inUse)} in use; no map is listed`;
}

type Suspect = Verdict["suspects"][number];

/** Less than this of a family is no news. */
const LEAST_IDLE = 0.1;

export function verdictBlocks(analysis: Analysis): Block[] {
  const { verdict } = analysis;
  if (verdict === undefined) return [{ kind: "verdict", texts: withoutVerdict(analysis) }];
  return [
    { kind: "verdict", texts: lines(analysis, verdict) },
    { kind: "heading", text: "Suspects" },
    {
      kind: "list",
      items: verdict.suspects.map((it) => suspectItem(it, verdict, nominal(analysis, verdict))),
    },
    ...lostBlocks(analysis),
  ];
}

/** Without maps an input may be about pods. */
function withoutVerdict({ snapshots, findings, diagnostics }: Analysis): string[] {
  const hasMaps = snapshots.some((it) => it.families.length > 0);
  const below = findings.length > 0 ? "findings" : diagnostics.length > 0 ? "diagnostics" : "";
  const text = hasMaps ? "No map has a known size" : withoutMaps(snapshots);
  const instead = hasMaps ? undefined : comparedPods(snapshots);
  if (instead !== undefined) return [instead, text];
  return below === "" ? [text] : [`${text}; see the ${below} below`, text];
}

/** Of an input about pods: the comparison with the largest difference. */
function comparedPods(snapshots: Analysis["snapshots"]): string | undefined {
  const all = snapshots.flatMap((it) => it.podComparisons ?? []);
  const [most] = [...all].sort(
    (a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value),
  );
  if (most === undefined) return undefined;
  const { subject, from, to } = most;
  const side = (it: typeof from) => `${formatBytes(it.total.value)} (${it.variant})`;
  return `${subject}: ${side(from)} against ${side(to)}; no map is in the input`;
}

/** From the longest to the shortest: the first that fits is taken. */
function lines({ snapshots }: Analysis, { suspects, total, figure, snapshot }: Verdict): string[] {
  const where = snapshots.length > 1 ? ` (${snapshot})` : "";
  const missing = total.missing === 0 ? "" : `; ${missingMaps(total)} not known`;
  const [first, ...others] = suspects;
  if (first === undefined) return [];
  const idle = isWorthTelling(first.idle) ? `, ${share(first.idle.share)} of it idle` : "";
  const also =
    others.length === 0
      ? ""
      : `; ${others.map((it) => `${it.label} ${share(it.share)}`).join(", ")}`;
  const [part, whole] = [share(first.share), `${bytesOf(total)} ${FIGURE_TITLE[figure]}`];
  const long = `${first.what} ${first.count === 1 ? "takes" : "take"} ${part} of the ${whole}`;
  const short = `${first.label}: ${part} of ${whole}`;
  // How much is left out of the sum is said before anything else is.
  const all = [
    `${long}${idle}${also}${missing}${where}`,
    `${long}${idle}${missing}${where}`,
    `${long}${missing}${where}`,
    `${short}${missing}${where}`,
    `${short}${missing}`,
  ];
  return missing === "" ? [...all.slice(0, 3), `${long}${idle}`, long, short] : [...all, short];
}

/** Sums of an input that was read in part only are not all there is. */
function lostBlocks({ diagnostics }: Analysis): Block[] {
  return diagnostics.some((it) => it.level === "data-loss")
    ? [{ kind: "text", text: "part of the input could not be read: see Diagnostics below" }]
    : [];
}

function isWorthTelling(idle: Suspect["idle"]): idle is NonNullable<Suspect["idle"]> {
  return idle !== undefined && idle.share >= LEAST_IDLE;
}

/** Up to Linux 6.3 what is reported of a map follows from its definition, so that the first of all may take next to nothing. */
function nominal({ snapshots }: Analysis, { snapshot, figure }: Verdict): string {
  const accounting = snapshots.find((it) => it.label === snapshot)?.host.accounting?.value;
  return figure === "memlockBytes" && accounting !== undefined && accounting !== "per-type"
    ? "; that was fixed when it was created, whatever it holds"
    : "";
}

function suspectItem(
  { what, value, share: part, idle, atCreation, finding }: Suspect,
  { figure, total }: Verdict,
  caveat: string,
): ListItem {
  const saves = finding && savingOf(finding);
  const why =
    finding === undefined
      ? atCreation === undefined
        ? caveat
        : ""
      : `. ${finding.title}: ${finding.rule}${saves === undefined ? "" : `, saves ${saves}`}`;
  const whole = total.missing === 0 ? `the ${bytesOf(total)}` : `the ${bytesOf(total)} known`;
  return {
    lead: what,
    text:
      `${formatBytes(value)} ${FIGURE_TITLE[figure]}, ${shareInWords(part)} of ${whole}` +
      (isWorthTelling(idle)
        ? `; ${shareInWords(idle.share)} of what it took holds nothing (${formatBytes(idle.bytes)}${BASIS_MARK[idle.basis]})`
        : "") +
      (atCreation === undefined
        ? ""
        : `; ${formatBytes(atCreation.bytes)}${BASIS_MARK[atCreation.basis]} taken at creation`) +
      why,
  };
}
