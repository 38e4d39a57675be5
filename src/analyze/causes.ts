/** Why a family differs between two snapshots: each cause has a name, so that programs can tell them apart. */
import { formatCount } from "../base/units.ts";
import { findMapType } from "../model/map-types/index.ts";
import type { AnalysisFamily, AnalysisSnapshot, Cause } from "./analysis.ts";
import { counted, exactBytes } from "./wording.ts";

export interface Pair {
  readonly before: AnalysisFamily | undefined;
  readonly after: AnalysisFamily | undefined;
  /** What stood under the same name in the other snapshot, where the definition differs. */
  readonly renewed: AnalysisFamily | undefined;
}

export function causesOf(
  { before, after, renewed }: Pair,
  from: AnalysisSnapshot,
  to: AnalysisSnapshot,
): Cause[] {
  const family = after ?? before;
  if (family === undefined) return [];
  return [
    ...definitionCause(before, after, renewed),
    ...countCauses(before, after, renewed, from, to),
    ...entryCauses(before, after),
    ...cpuCause(family, from, to),
  ];
}

const FIELDS = ["type", "keySize", "valueSize", "maxEntries", "flags"] as const;
const WORDS: Readonly<Record<(typeof FIELDS)[number], string>> = {
  type: "type",
  keySize: "key size",
  valueSize: "value size",
  maxEntries: "max_entries",
  flags: "flags",
};

function* definitionCause(
  before: Pair["before"],
  after: Pair["after"],
  renewed: Pair["renewed"],
): Generator<Cause> {
  if (renewed === undefined) return;
  const [was, is] = after === undefined ? [before, renewed] : [renewed, after];
  if (was === undefined || is === undefined) return;
  const changes = FIELDS.filter((field) => was[field] !== is[field]).map(
    (field) => `${WORDS[field]} ${shown(was[field])} -> ${shown(is[field])}`,
  );
  if (changes.length > 0)
    yield { kind: "definition", text: `defined otherwise: ${changes.join(", ")}` };
}

function shown(value: string | number | null): string {
  return typeof value === "number" ? formatCount(value) : (value ?? "not known");
}

/** Maps that came or went, by what makes them: a daemon that scales, another set of maps, or something else. */
function* countCauses(
  before: Pair["before"],
  after: Pair["after"],
  renewed: Pair["renewed"],
  from: AnalysisSnapshot,
  to: AnalysisSnapshot,
): Generator<Cause> {
  const delta = (after?.count ?? 0) - (before?.count ?? 0);
  const family = after ?? before;
  if (delta === 0 || family === undefined || renewed !== undefined) return;
  const steps = stepsBetween(family, from, to);
  if (steps !== undefined) {
    yield { kind: "scale-step", text: steps };
    return;
  }
  const [few, many] = [instancesOf(from), instancesOf(to)];
  const each = family.count / Math.max(1, delta > 0 ? many : few);
  if (few !== many && few > 0 && many > 0 && delta === each * (many - few)) {
    yield {
      kind: "repeated-set",
      text: `${counted(many, "set")} of the maps in this kernel, ${formatCount(few)} before: ${counted(Math.abs(delta), "map")} ${delta > 0 ? "more" : "fewer"}`,
    };
    return;
  }
  const release = releaseCause(from, to);
  const why = release === undefined ? "" : ` (${release})`;
  if (before === undefined)
    yield { kind: "new-map", text: `was not there: ${counted(delta, "map")}${why}` };
  else if (after === undefined)
    yield { kind: "gone-map", text: `is not there any more: ${counted(-delta, "map")}${why}` };
  else
    yield {
      kind: delta > 0 ? "more-maps" : "fewer-maps",
      text: `${counted(Math.abs(delta), "map")} ${delta > 0 ? "more" : "fewer"}`,
    };
}

/** Undefined unless the family is the pool that daemons scale, and both snapshots fit the policy. */
function stepsBetween(
  family: AnalysisFamily,
  from: AnalysisSnapshot,
  to: AnalysisSnapshot,
): string | undefined {
  const [was, is] = [from.scaling?.innerMaps, to.scaling?.innerMaps];
  const policy = to.scaling?.policy;
  if (was === undefined || is === undefined || policy === undefined) return undefined;
  if (is.family !== family.id || was.daemons !== is.daemons) return undefined;
  const [claimedBefore, claimed] = [was.claimedPerDaemon, is.claimedPerDaemon];
  const [liveBefore, live] = [was.livePerDaemon, is.livePerDaemon];
  if (claimed === undefined || claimedBefore === undefined || claimed === claimedBefore)
    return undefined;
  if (live === undefined || liveBefore === undefined) return undefined;
  const step = claimed > claimedBefore ? policy.scaleUpStep : policy.scaleInStep;
  const steps = Math.abs(claimed - claimedBefore) / step;
  if (!Number.isInteger(steps)) return undefined;
  const name = claimed > claimedBefore ? "scale-up" : "scale-in";
  const daemons =
    (is.daemons ?? 1) > 1 ? ` on each of ${formatCount(is.daemons ?? 1)} daemons` : "";
  return (
    `${counted(steps, name)} of ${formatCount(step)} slots${daemons}: claimed ${formatCount(claimedBefore)} -> ${formatCount(claimed)}, ` +
    `${formatCount(Math.abs(live - liveBefore))} maps ${live > liveBefore ? "more" : "fewer"}${daemons === "" ? "" : " each"}` +
    (is.usedPerDaemon === undefined ? "" : `, ${formatCount(is.usedPerDaemon)} in use`)
  );
}

function instancesOf({ software = [] }: AnalysisSnapshot): number {
  return software[0]?.instances ?? 0;
}

/** `Kmesh v0.4.0 kernel-native -> v0.5.0 kernel-native`, where that differs. */
export function releaseCause(from: AnalysisSnapshot, to: AnalysisSnapshot): string | undefined {
  const text = ({ software = [] }: AnalysisSnapshot) =>
    software.map(({ name, version, mode }) => `${name} ${version} ${mode}`).join(", ");
  const [was, is] = [text(from), text(to)];
  return was === is || was === "" || is === "" ? undefined : `${was} -> ${is}`;
}

function* entryCauses(before: Pair["before"], after: Pair["after"]): Generator<Cause> {
  if (before === undefined || after === undefined) return;
  const [was, is] = [before.entries?.value, after.entries?.value];
  if (was !== undefined && is !== undefined && was !== is) {
    const each = after.entryComponents?.reduce((sum, it) => sum + it.residentBytes, 0) ?? 0;
    const cost = each === 0 ? ", in room that was taken before" : ` of ${exactBytes(each)} each`;
    yield {
      kind: "entries",
      text: `${counted(Math.abs(is - was), "entry", "entries")} ${is > was ? "more" : "fewer"}${cost} (${formatCount(was)} -> ${formatCount(is)})`,
    };
  }
  const [empty, filled] = [before.nonZeroSlots?.value, after.nonZeroSlots?.value];
  if (empty !== undefined && filled !== undefined && empty !== filled) {
    yield {
      kind: "slots",
      text: `${formatCount(empty)} -> ${formatCount(filled)} slots filled, in room that was taken before`,
    };
  }
}

function* cpuCause(
  { type }: AnalysisFamily,
  from: AnalysisSnapshot,
  to: AnalysisSnapshot,
): Generator<Cause> {
  const [was, is] = [from.host.possibleCpus?.value, to.host.possibleCpus?.value];
  if (was === undefined || is === undefined || was === is || type === null) return;
  if (findMapType(type)?.isPerCpu !== true) return;
  yield {
    kind: "possible-cpus",
    text: `a copy for each of ${formatCount(is)} possible CPUs, ${formatCount(was)} before`,
  };
}
