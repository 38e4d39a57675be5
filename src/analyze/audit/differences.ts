/** What a map of now has otherwise than it had: attributes, and members of key and value, as each object declares them. */
import type { MapChange } from "./changes.ts";
import { type DeclarationPair, declarationPairs, isSame } from "./declarations.ts";
import { fieldChanges } from "./definition-fields.ts";
import { layoutChanges } from "./layout-changes.ts";
import type { AuditedMap } from "./maps.ts";

type Differences = Pick<MapChange, "fields" | "layout">;

const NONE: Differences = { fields: [], layout: [] };

export function differencesBetween(from: AuditedMap, to: AuditedMap): Differences {
  if (from.live !== undefined || to.live !== undefined) {
    if (from.definition === undefined || to.definition === undefined) return NONE;
    return { fields: fieldChanges(from.definition, to.definition, true), layout: [] };
  }
  const pairs = declarationPairs(from.declarations, to.declarations);
  const groups = alike(pairs).map((it) => ({ ...it, found: differencesOf(it.pair) }));
  const changed = groups.filter(({ found }) => found.fields.length + found.layout.length > 0);
  const [only] = changed;
  if (only !== undefined && groups.length === 1) return only.found;
  return {
    fields: changed.flatMap(({ found, files }) => found.fields.map((it) => ({ ...it, files }))),
    layout: changed.flatMap(({ found, files }) => found.layout.map((it) => ({ ...it, files }))),
  };
}

function differencesOf({ from, to }: DeclarationPair): Differences {
  if (isSame(from, to)) return NONE;
  return {
    fields: fieldChanges(from.definition, to.definition),
    layout: [
      ...layoutChanges("key", from.keyLayout, to.keyLayout),
      ...layoutChanges("value", from.valueLayout, to.valueLayout),
    ],
  };
}

interface Group {
  readonly pair: DeclarationPair;
  readonly files: string[];
}

/** Objects in which the same became the same, in one. */
function alike(pairs: readonly DeclarationPair[]): Group[] {
  const groups: Group[] = [];
  for (const pair of pairs) {
    const known = groups.find(
      (it) => isSame(it.pair.from, pair.from) && isSame(it.pair.to, pair.to),
    );
    if (known === undefined) groups.push({ pair, files: [pair.to.file] });
    else known.files.push(pair.to.file);
  }
  return groups;
}
