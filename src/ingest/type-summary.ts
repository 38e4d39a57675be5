/** What raw BTF holds beside maps: how many types of each kind, and its structs that say the most. */
import type { Btf } from "../btf/btf.ts";
import type { TypeSummary } from "../model/object-file.ts";
import { KERNEL_STRUCTS } from "../model/struct-profiles/index.ts";

/** Of a file that is no kernel's. */
const MOST_STRUCTS = 12;

export function summaryOf(btf: Btf): TypeSummary {
  const counts = new Map<string, number>();
  for (let id = btf.firstId; id < btf.idCount; id += 1) {
    const kind = btf.kind(id) ?? "unknown";
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const ofMaps = KERNEL_STRUCTS.flatMap((name) => {
    const found = btf.findIds(name).find((id) => btf.kind(id) === "struct");
    return found === undefined ? [] : [{ name, bytes: btf.sizeOrTypeId(found) ?? 0 }];
  });
  return {
    kinds: [...counts]
      .map(([kind, count]) => ({ kind, count }))
      .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
    ...(ofMaps.length > 0
      ? { structs: ofMaps, structsAre: "what the kernel makes maps of" as const }
      : { structs: largestStructs(btf), structsAre: "the largest" as const }),
  };
}

function largestStructs(btf: Btf): TypeSummary["structs"] {
  const found: { name: string; bytes: number }[] = [];
  for (let id = btf.firstId; id < btf.idCount; id += 1) {
    if (btf.kind(id) !== "struct") continue;
    const bytes = btf.sizeOrTypeId(id) ?? 0;
    const smallest = found.at(-1);
    if (found.length === MOST_STRUCTS && smallest !== undefined && bytes <= smallest.bytes)
      continue;
    const name = btf.name(id);
    if (name === "") continue;
    found.push({ name, bytes });
    found.sort((a, b) => b.bytes - a.bytes);
    found.length = Math.min(found.length, MOST_STRUCTS);
  }
  return found;
}
