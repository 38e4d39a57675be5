/** Objects whose file was renamed: told by where most of their maps went. */
import { baseName } from "./budgets.ts";
import type { AuditedMap } from "./maps.ts";

/**
 * The file that an object of before is called now, by its file of then: only for one that no file of now is called like,
 * when more than half of its maps are in one that no file of then was called like. Two objects never become one.
 */
export function renamedObjects(
  before: readonly AuditedMap[],
  after: readonly AuditedMap[],
  became: (map: AuditedMap) => AuditedMap | undefined,
): ReadonlyMap<string, string> {
  const [then, now] = [before, after].map(
    (maps) => new Set(maps.filter((it) => it.live === undefined).flatMap(baseNames)),
  ) as [Set<string>, Set<string>];
  const votes = new Map<string, { maps: number; went: Map<string, number> }>();
  for (const map of before) {
    if (map.live !== undefined) continue;
    const to = (became(map)?.origins ?? []).filter((file) => !then.has(baseName(file)));
    for (const file of map.origins) {
      if (now.has(baseName(file))) continue;
      const own = votes.get(file) ?? { maps: 0, went: new Map<string, number>() };
      own.maps += 1;
      for (const it of to) own.went.set(it, (own.went.get(it) ?? 0) + 1);
      votes.set(file, own);
    }
  }
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  const claims = [...votes].flatMap(([from, { maps, went }]) =>
    [...went].filter(([, count]) => count * 2 > maps).map(([to, count]) => ({ from, to, count })),
  );
  for (const { from, to } of claims.sort((a, b) => b.count - a.count)) {
    if (renamed.has(from) || taken.has(to)) continue;
    renamed.set(from, to);
    taken.add(to);
  }
  return renamed;
}

function baseNames({ origins }: AuditedMap): string[] {
  return origins.map(baseName);
}
