/** Maps that a C text declares, with what one of each would cost. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import type { Block, ListItem } from "./blocks.ts";
import { bytesOf, NOT_KNOWN, plainCount } from "./numbers.ts";

type Declared = NonNullable<AnalysisSnapshot["declared"]>;
type DeclaredMap = Declared["maps"][number];

/** Rows shown unless all are asked for. */
const TOP = 20;

export function declaredBlocks(
  { declared }: AnalysisSnapshot,
  where: string,
  verbose: boolean,
): Block[] {
  if (declared === undefined) return [];
  const { host, maps } = declared;
  const shown = verbose ? maps : maps.slice(0, TOP);
  const cpus = host.possibleCpus === undefined ? "" : ` with ${host.possibleCpus} possible CPUs`;
  const unknown = unknownItems(shown);
  return [
    { kind: "heading", text: `Declared maps, not seen in a kernel${where}` },
    {
      kind: "table",
      columns: [
        { title: "map", align: "left", drop: 0 },
        { title: "type", align: "left", drop: 1 },
        { title: "key", align: "right", drop: 3 },
        { title: "value", align: "right", drop: 2 },
        { title: "of", align: "right", drop: 0 },
        { title: "prealloc.", align: "right", drop: 0 },
        { title: "resident", align: "right", drop: 4 },
        { title: "when full", align: "right", drop: 0 },
      ],
      rows: shown.map((map) => [
        map.name,
        map.type ?? NOT_KNOWN,
        plainCount(map.keySize),
        plainCount(map.valueSize),
        plainCount(map.maxEntries),
        bytesOf(map.preallocatedBytes),
        bytesOf(map.residentBytes),
        bytesOf(map.ceilingBytes),
      ]),
    },
    {
      kind: "text",
      text: host.assumed
        ? `one map each, on Linux ${host.kernel}${cpus}, as nothing tells of the host; --kernel and --possible-cpus say otherwise`
        : `one map each, on Linux ${host.kernel}${cpus}; none of them is in the totals`,
    },
    ...(unknown.length > 0 ? [{ kind: "list", items: unknown } as const] : []),
  ];
}

/** Each reason once, with the maps that it holds for. */
function unknownItems(maps: readonly DeclaredMap[]): ListItem[] {
  const byReason = new Map<string, Set<string>>();
  for (const { name, unknown = {} } of maps) {
    for (const reason of Object.values(unknown)) {
      const names = byReason.get(reason) ?? new Set<string>();
      byReason.set(reason, names.add(name));
    }
  }
  return [...byReason].map(([text, names]) => ({ lead: [...names].join(", "), text }));
}
