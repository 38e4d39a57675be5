/** Who holds the maps, in full reports: one map may stand in several rows, so the rows are no sum. */
import type { AnalysisFamily, AnalysisSnapshot } from "../../analyze/analysis.ts";
import { formatBytes, formatCount } from "../../base/units.ts";
import type { Block } from "./blocks.ts";
import { NOT_KNOWN } from "./numbers.ts";

interface Held {
  maps: number;
  families: number;
  /** Of families that are held as a whole. */
  bytes: number | undefined;
}

export function ownerBlocks({ families }: AnalysisSnapshot, verbose: boolean): Block[] {
  if (!verbose) return [];
  const held = new Map<string, Held>();
  for (const family of families) {
    for (const { kind, name, maps } of family.owners ?? []) {
      const key = `${kind}\n${name}`;
      const own = held.get(key) ?? { maps: 0, families: 0, bytes: 0 };
      own.maps += maps;
      own.families += 1;
      own.bytes = add(own.bytes, family, maps);
      held.set(key, own);
    }
  }
  if (held.size === 0) return [];
  const rows = [...held].sort(([a, one], [b, other]) => other.maps - one.maps || (a < b ? -1 : 1));
  return [
    { kind: "heading", text: "Owners (a map may have several, so the rows are no sum)" },
    {
      kind: "table",
      columns: [
        { title: "owner", align: "left", drop: 0 },
        { title: "kind", align: "left", drop: 0 },
        { title: "maps", align: "right", drop: 0 },
        { title: "rows", align: "right", drop: 2 },
        { title: "reported", align: "right", drop: 1 },
      ],
      rows: rows.map(([key, { maps, families: count, bytes }]) => {
        const [kind = "", name = ""] = key.split("\n");
        return [
          name,
          kind,
          formatCount(maps),
          formatCount(count),
          bytes === undefined ? NOT_KNOWN : formatBytes(bytes),
        ];
      }),
    },
  ];
}

/** What a part of a family takes is not known when its maps differ. */
function add(bytes: number | undefined, { memlockBytes, count }: AnalysisFamily, maps: number) {
  if (bytes === undefined || memlockBytes === undefined || maps !== count) return undefined;
  return bytes + memlockBytes.value;
}
