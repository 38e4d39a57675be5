/** What a link holds after its `#`: the view, the snapshot, and what the view keeps: `#/maps?snapshot=after&filter=outer`. */

export interface Link {
  readonly view: string;
  /** Label of the snapshot; undefined for the one that the verdict is of. */
  readonly snapshot: string | undefined;
  readonly state: ReadonlyMap<string, string>;
}

const SNAPSHOT = "snapshot";

export function parseLink(hash: string): Link {
  const [, view = "", query = ""] = /^#\/([a-z-]*)(?:\?(.*))?$/s.exec(hash) ?? [];
  const state = new Map(new URLSearchParams(query));
  const snapshot = state.get(SNAPSHOT);
  state.delete(SNAPSHOT);
  return { view, snapshot, state };
}

export function formatLink({ view, snapshot, state }: Link): string {
  const parts = [...(snapshot === undefined ? [] : [[SNAPSHOT, snapshot]]), ...state] as string[][];
  const query = new URLSearchParams(parts).toString();
  return `#/${view}${query === "" ? "" : `?${query}`}`;
}
