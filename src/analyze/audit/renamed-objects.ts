/** Objects whose file was renamed: told by where most of their maps went. */
import { baseName } from "./identity.ts";
import { type AuditedMap, sameDefinition } from "./maps.ts";
import type { Pairs } from "./paired-objects.ts";

interface Claim {
  readonly from: string;
  readonly to: string;
  /** Maps of `from` that `to` declares, and those of them that are as they were. */
  maps: number;
  alike: number;
}

/**
 * The file of now by that of then, for objects that their paths did not pair: one that declares more than half of the maps
 * of then, by the names that they have now. Two objects never become one.
 */
export function renamedObjects(
  before: readonly AuditedMap[],
  after: readonly AuditedMap[],
  became: (map: AuditedMap) => AuditedMap | undefined,
  paired: Pairs,
): Map<string, string> {
  const taken = new Set(paired.values());
  const byName = new Map<string, AuditedMap[]>();
  for (const map of after) byName.set(map.name, [...(byName.get(map.name) ?? []), map]);
  const declared = new Map<string, number>();
  const claims = new Map<string, Claim>();
  for (const map of before) {
    // Sections of variables are called alike in every object.
    if (map.name.startsWith(".")) continue;
    for (const from of map.origins) {
      if (paired.has(from)) continue;
      declared.set(from, (declared.get(from) ?? 0) + 1);
      for (const now of byName.get(became(map)?.name ?? map.name) ?? []) {
        for (const to of now.origins) {
          if (taken.has(to)) continue;
          const key = JSON.stringify([from, to]);
          const claim = claims.get(key) ?? { from, to, maps: 0, alike: 0 };
          claim.maps += 1;
          if (sameDefinition(map, now)) claim.alike += 1;
          claims.set(key, claim);
        }
      }
    }
  }
  const renamed = new Map<string, string>();
  const most = [...claims.values()].filter(
    ({ from, maps }) => maps * 2 > (declared.get(from) ?? 0),
  );
  for (const { from, to } of most.sort(byWeight)) {
    if (renamed.has(from) || taken.has(to)) continue;
    renamed.set(from, to);
    taken.add(to);
  }
  return renamed;
}

function byWeight(a: Claim, b: Claim): number {
  const isMoved = ({ from, to }: Claim) => Number(baseName(from) === baseName(to));
  return b.maps - a.maps || b.alike - a.alike || isMoved(b) - isMoved(a);
}
