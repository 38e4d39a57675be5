/** Families of maps that only metrics name: where no list of maps is in the input. */
import type { Batch, FamilySeed } from "../families/family.ts";
import { familyId } from "../families/family.ts";
import { kernelName } from "../kernel-name.ts";
import type { Measure, Metric } from "./metric.ts";
import { isOfMap } from "./tie-entries.ts";

const NOT_LISTED =
  "metrics do not say type, sizes and flags: capture `bpftool -j map show > maps.json` beside them";

/** One for each name; maps of one name with several ids, or on several nodes, are its batches. */
export function metricFamilies(metrics: readonly Metric[]): FamilySeed[] {
  const byName = new Map<string, Metric[]>();
  for (const metric of metrics.filter(isOfMap)) {
    const name = metric.name ?? `map ${metric.id}`;
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [metric]);
    else same.push(metric);
  }
  return [...byName].map(([name, own]) => seedOf(name, own));
}

function seedOf(name: string, metrics: readonly Metric[]): FamilySeed {
  const [first] = metrics;
  const ids = [...new Set(metrics.flatMap(({ id }) => id ?? []))].sort((a, b) => a - b);
  const groups = apart(metrics);
  const type = only(metrics.map((it) => it.type));
  const maxEntries = only(valuesOf(metrics, "max entries"));
  const keySize = only(valuesOf(metrics, "key size"));
  const valueSize = only(valuesOf(metrics, "value size"));
  const shown = kernelName(name);
  return {
    id: `${familyId(name, undefined)}:metrics`,
    name: shown,
    ...(shown !== name && { fullName: name }),
    definition: undefined,
    known: {
      ...(type !== undefined && { type }),
      ...(maxEntries !== undefined && { maxEntries }),
      ...(keySize !== undefined && { keySize }),
      ...(valueSize !== undefined && { valueSize }),
    },
    ...(first !== undefined && {
      definedBy: { basis: "reported", source: `${first.series} (${first.source})` } as const,
    }),
    undefinedBecause: NOT_LISTED,
    role: "plain",
    count: groups.length,
    mapIds: ids.map((id) => [id, id] as const),
    batches: groups.map((group) => batchOf(group, maxEntries)),
  };
}

/** Each id is a map of its own, and so is one name on each node. */
function apart(metrics: readonly Metric[]): readonly (readonly Metric[])[] {
  const groups = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const key = `${metric.node ?? ""} ${metric.id ?? ""}`;
    const same = groups.get(key);
    if (same === undefined) groups.set(key, [metric]);
    else same.push(metric);
  }
  return [...groups.values()];
}

function batchOf(metrics: readonly Metric[], maxEntries: number | undefined): Batch {
  const memlockBytes = only(valuesOf(metrics, "memlock"));
  const count = metrics.find((it) => it.measure === "entries");
  const ratio = metrics.find((it) => it.measure === "fill ratio");
  const base = { count: 1, ...(memlockBytes !== undefined && { memlockBytes }) };
  if (count !== undefined && count.doubt === undefined) {
    const source = `${count.series} (${count.source})`;
    return { ...base, entries: count.value, contents: { basis: "reported", source } };
  }
  if (ratio !== undefined && maxEntries !== undefined && ratio.value <= 1) {
    const source = `${ratio.series} (${ratio.source}) x ${maxEntries}`;
    const entries = Math.round(ratio.value * maxEntries);
    return { ...base, entries, contents: { basis: "inferred", source } };
  }
  const unknown = count?.doubt ?? "no metric counts its entries";
  return { ...base, contents: { unknown } };
}

function valuesOf(metrics: readonly Metric[], measure: Measure): number[] {
  return metrics.filter((it) => it.measure === measure).map((it) => it.value);
}

/** The value that all have that have one; undefined when they differ. */
function only<T>(values: readonly (T | undefined)[]): T | undefined {
  const known = new Set(values.filter((it) => it !== undefined));
  return known.size === 1 ? [...known][0] : undefined;
}
