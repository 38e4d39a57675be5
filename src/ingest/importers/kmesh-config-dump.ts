/**
 * `kmeshctl dump`, and the same from the status server: the objects of the control plane that a daemon
 * holds. They are the daemon's own memory, not the contents of its maps, and are counted as such.
 */
import type { Diagnostic } from "../../base/diagnostic.ts";
import type { ConfigTree } from "../../model/config-tree.ts";
import { peek } from "../byte-source.ts";
import { type BlockShape, defineImporter } from "../importer.ts";
import { linesOf } from "../lines.ts";
import { redactEither } from "../redact/either.ts";
import { policy, redactJson } from "../redact/json.ts";
import { redactLines } from "../redact/lines.ts";
import { walkJson } from "../walk-json.ts";

/** The tables of kmeshctl from 2026 on, told by their headings. */
const TABLES: readonly (readonly [RegExp, keyof Counts])[] = [
  [/^NAME +LB_POLICY +CONNECT_TIMEOUT\s*$/, "clusters"],
  [/^NAME +ADDRESS +PORT +FILTER_CHAINS\s*$/, "listeners"],
  [/^ROUTE +VIRTUAL_HOST +DOMAINS\s*$/, "virtualHosts"],
  [/^NAME +NAMESPACE +ADDRESSES +PROTOCOL +STATUS\s*$/, "workloads"],
  [/^NAME +NAMESPACE +HOSTNAME +VIPS\s*$/, "services"],
  [/^NAME +NAMESPACE +SCOPE +ACTION\s*$/, "policies"],
];
/** Columns are at least three blanks apart. */
const ROW = /^\S+(?: {2,}\S.*)?$/;

const block: BlockShape = {
  begins: (line) => TABLES.some(([heading]) => heading.test(line)),
  belongs: (line) => ROW.test(line),
};

type Counts = {
  -readonly [Key in keyof ConfigTree as ConfigTree[Key] extends number | undefined
    ? Key
    : never]?: number;
};

const COMMAND = "kmeshctl dump <pod> kernel-native -o json > kmesh-config.json";

/** Lists whose lengths are read, and what they stand in. */
const SHAPE =
  "dynamicResources clusterConfigs loadAssignment lbEndpoints endpoints listenerConfigs filterChains routeConfigs " +
  "virtualHosts workloads Workloads services Services policies Policies";

export const kmeshConfigDump = defineImporter({
  id: "kmesh-config-dump",
  title: "Kmesh configuration dump",
  docs: "docs/formats/kmesh-config-dump.md",
  priority: 41, // Told by keys and headings that are in no other format.
  sniff: (head) =>
    head.hasKeys("dynamicResources") ||
    (head.hasKeys("workloads") && !head.hasKeys("schemaVersion")) ||
    head.hasKeys("Workloads") ||
    head.isMostly(block),
  block,
  redact: redactEither(redactJson(policy(SHAPE, { shapeOnly: true })), redactLines()),

  async read(input, sink) {
    const { head, source } = await peek(input);
    const counts: Counts = {};
    if (head.json === undefined) await countRows(source, counts);
    else await walkJson(source, sink, counter(counts), COMMAND);
    const isNative = head.hasKeys("dynamicResources") || isNativeTable(counts);
    const isTable = head.json === undefined;
    const origin = isNative && !isTable ? "either" : "cache";
    sink.add("configTrees", [
      {
        // protobuf's JSON leaves out what is empty: what it does not have is 0.
        ...(isNative && !isTable && { clusters: 0, endpoints: 0, listeners: 0, filterChains: 0 }),
        ...counts,
        origin,
        mode: isNative ? "kernel-native" : "dual-engine",
        source: source.file,
      },
    ]);
    sink.diagnostic(whatItIs(source.file, source.offset, origin));
  },
});

function isNativeTable({ clusters, listeners, virtualHosts }: Counts): boolean {
  return clusters !== undefined || listeners !== undefined || virtualHosts !== undefined;
}

function whatItIs(file: string, offset: number, origin: ConfigTree["origin"]): Diagnostic {
  return {
    level: "info",
    code: "ambiguous",
    file,
    offset,
    message:
      origin === "cache"
        ? "the configuration in the daemon's own memory, which says nothing of its BPF maps"
        : "the daemon prints its own configuration and what it reads back from its BPF maps in the same form, so no map's entries are taken from it",
    hint: "Dump the maps themselves: `bpftool -j map dump name <name> > map-dump-<name>.json`.",
  };
}

/** Objects of these arrays, wherever they stand; protobuf's JSON leaves out what is empty. */
const COUNTED: Readonly<Record<string, keyof Counts>> = {
  clusterConfigs: "clusters",
  lbEndpoints: "endpoints",
  listenerConfigs: "listeners",
  filterChains: "filterChains",
  routeConfigs: "routes",
  virtualHosts: "virtualHosts",
  workloads: "workloads",
  Workloads: "workloads",
  services: "services",
  Services: "services",
  policies: "policies",
  Policies: "policies",
};
/** Lists of a dual-engine dump stand at the root; a workload has a list `services` of its own. */
const AT_ROOT = new Set(["services", "Services", "policies", "Policies", "workloads", "Workloads"]);

function counter(counts: Counts) {
  const lists: (keyof Counts | undefined)[] = [];
  return {
    open(kind: "object" | "array", key: string | undefined, depth: number) {
      const list = lists.at(-1);
      if (kind === "object" && list !== undefined) counts[list] = (counts[list] ?? 0) + 1;
      const counted = kind === "array" && key !== undefined ? COUNTED[key] : undefined;
      const isHere = key === undefined || !AT_ROOT.has(key) || depth === 1;
      lists.push(isHere ? counted : undefined);
    },
    close() {
      lists.pop();
    },
    scalar() {},
  };
}

async function countRows(source: Parameters<typeof linesOf>[0], counts: Counts): Promise<void> {
  let table: keyof Counts | undefined;
  for await (const { text } of linesOf(source)) {
    const heading = TABLES.find(([pattern]) => pattern.test(text));
    if (heading) {
      table = heading[1];
      counts[table] ??= 0;
    } else if (text.trim() === "") table = undefined;
    else if (table !== undefined) counts[table] = (counts[table] ?? 0) + 1;
  }
}
