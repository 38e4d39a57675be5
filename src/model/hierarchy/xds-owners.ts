/** Which cluster, listener or route of kernel-native Kmesh owns how many slots of the maps that hold messages. */
import { keyAt, type MapValues, valueAt } from "../map-values.ts";
import type { StructLayout } from "../struct-layout.ts";
import { messagesOf } from "../xds/messages.ts";
import type { KnownValues } from "./known-values.ts";
import { outerMapStore, type Store, sizeClassStore, uint32At } from "./stores.ts";
import { type Reached, textOf, Walk } from "./walk.ts";

export const OWNER_KINDS = ["cluster", "listener", "route"] as const;

export interface XdsOwner {
  readonly kind: (typeof OWNER_KINDS)[number];
  readonly name: string;
  /** Slots by the map that they are in. */
  readonly slots: ReadonlyMap<string, number>;
  /** False when some of what it refers to is not in the input: the counts are a lower bound. */
  readonly complete: boolean;
}

export interface XdsTree {
  readonly generation: Store["generation"];
  /** Where the layout of the messages comes from. */
  readonly layout: string;
  readonly owners: readonly XdsOwner[];
  /** Slots that are filled, by map, and those that an owner was found for. */
  readonly held: ReadonlyMap<string, number>;
  readonly reached: number;
  /** Filled slots that nothing refers to; or why that cannot be told. */
  readonly unreferenced: { readonly count: number } | { readonly unknown: string };
  readonly dangling: number;
  readonly shared: number;
}

interface Root {
  readonly kind: XdsOwner["kind"];
  readonly message: string;
  readonly keySize: number;
  readonly maps: Readonly<
    Record<Store["generation"], { readonly name: string; readonly valueSize: number }>
  >;
}

/** The maps in which a daemon looks up its objects, by name and shape (v0.4 and v0.5; v1.x). */
const ROOTS: readonly Root[] = [
  {
    kind: "cluster",
    message: "Cluster__Cluster",
    keySize: 192,
    maps: {
      "outer-map": { name: "kmesh_cluster", valueSize: 64 },
      "size-classes": { name: "km_cluster", valueSize: 72 },
    },
  },
  {
    kind: "listener",
    message: "Listener__Listener",
    keySize: 40,
    maps: {
      "outer-map": { name: "kmesh_listener", valueSize: 64 },
      "size-classes": { name: "km_listener", valueSize: 64 },
    },
  },
  {
    kind: "route",
    message: "Route__RouteConfiguration",
    keySize: 192,
    maps: {
      "outer-map": { name: "map_of_router_config", valueSize: 56 },
      "size-classes": { name: "km_routerconfig", valueSize: 56 },
    },
  },
];

/** Maps whose values refer to the same slots by messages that are not followed here. */
const OTHER_ROOTS = ["map_of_authz", "km_authz_policy"];

/** Names and shapes of the maps that hold the slots. */
const STORES = ["outer_map", "kmesh_map64", "kmesh_map192", "kmesh_map296", "kmesh_map1600"];
const ROOT_NAMES = ROOTS.flatMap((it) => Object.values(it.maps).map(({ name }) => name));

function isKept(name: string, values: KnownValues): boolean {
  const sizes = ROOTS.flatMap(({ keySize, maps }) =>
    Object.values(maps).flatMap((it) =>
      it.name === name ? [[keySize, it.valueSize] as const] : [],
    ),
  );
  return sizes.some(([keySize, valueSize]) => values.byName(name, keySize, valueSize).length > 0);
}

export interface ListedMaps {
  /** Whether there is a list of maps at all, and whether a map of this full name is in it. */
  readonly hasList: boolean;
  isListed(name: string): boolean;
  /** Maps of this name in the list: one for each daemon of the kernel. */
  copies(name: string): number;
  /** A dump says that it has no entries. */
  isEmpty(name: string): boolean;
}

export function xdsTreeOf(
  values: KnownValues,
  listed: ListedMaps,
  layouts: readonly StructLayout[],
): XdsTree | { readonly unknown: string } | undefined {
  const { isListed, isEmpty } = listed;
  const several = [...STORES, ...ROOT_NAMES].find((it) => listed.copies(it) > 1);
  if (several !== undefined && ROOT_NAMES.some((it) => isKept(it, values))) {
    return {
      unknown: `${listed.copies(several)} maps are called ${several}, of as many daemons in one kernel: which refers to which is not told`,
    };
  }
  const store = outerMapStore(values) ?? sizeClassStore(values, isListed, isEmpty);
  if (store === undefined) return undefined;
  const { generation } = store;
  const given = layouts.filter((it) => ROOTS.some((root) => root.message === it.name));
  const walk = new Walk(store, messagesOf(generation, layouts));
  const found = ROOTS.map((root) => readRoot(root, generation, values, walk));
  const owners = found.flatMap((it) => it.owners);
  // Values of these shapes in which nothing has a name are no messages of Kmesh.
  if (owners.every((it) => it.slots.size === 0)) return undefined;
  const sum = (count: (it: Reached) => number) =>
    found.reduce(
      (all, it) => all + it.reached.reduce((own, reached) => own + count(reached), 0),
      0,
    );
  const reason = whyNotTold(found, store, listed, sum);
  return {
    generation,
    layout:
      given.length > 0
        ? `types of ${given[0]?.source}`
        : `protobuf-c layout of ${RELEASES[generation]}`,
    owners,
    held: store.held,
    reached: walk.seen.size,
    unreferenced:
      reason === undefined ? { count: countUnseen(store, walk.seen) } : { unknown: reason },
    dangling: sum((it) => it.dangling),
    shared: sum((it) => it.shared),
  };
}

const RELEASES: Readonly<Record<Store["generation"], string>> = {
  "outer-map": "Kmesh v0.4 and v0.5",
  "size-classes": "Kmesh v1.x",
};

interface FoundRoot {
  readonly root: Root;
  readonly values: MapValues | undefined;
  readonly owners: readonly XdsOwner[];
  readonly reached: readonly Reached[];
}

function readRoot(
  root: Root,
  generation: Store["generation"],
  known: KnownValues,
  walk: Walk,
): FoundRoot {
  const { name, valueSize } = root.maps[generation];
  const [values] = known.byName(name, root.keySize, valueSize);
  const owners: XdsOwner[] = [];
  const reached: Reached[] = [];
  for (let entry = 0; entry < (values?.entries ?? 0); entry += 1) {
    if (values === undefined) break;
    const value = valueAt(values, entry);
    const found = walk.root(root.message, value);
    // Every message of these has a name, if an empty one, which takes a slot.
    if (!walk.refersTo(root.message, "name", value)) found.strange += 1;
    reached.push(found);
    const { slots, unread, strange } = found;
    owners.push({
      kind: root.kind,
      name: nameOf(root, keyAt(values, entry), walk.text(root.message, "name", value)),
      slots,
      complete: unread === 0 && strange === 0,
    });
  }
  return { root, values, owners, reached };
}

/** A listener's key is its address; the others' is their name. */
function nameOf(root: Root, key: Uint8Array, text: string | undefined): string {
  if (root.kind !== "listener") return textOf(key);
  if (text !== undefined && text !== "") return text;
  const ip = [32, 33, 34, 35].map((at) => key[at] ?? 0).join(".");
  return `${ip}, port ${uint32At(key, 28)} as stored`;
}

/** Undefined when every reference there is has been followed. */
function whyNotTold(
  found: readonly FoundRoot[],
  store: Store,
  { hasList, isListed, isEmpty }: ListedMaps,
  sum: (count: (it: Reached) => number) => number,
): string | undefined {
  if (!hasList) return "no list of maps says which maps refer to the slots";
  const name = (root: Root) => root.maps[store.generation].name;
  for (const { root, values } of found) {
    if (values === undefined && isListed(name(root)) && !isEmpty(name(root))) {
      return `${name(root)} was not dumped: capture \`bpftool -j map dump name ${name(root).slice(0, 15)}\``;
    }
    if (values?.complete === false)
      return `the dump of ${name(root)} (${values.file}) is not whole`;
  }
  const other = OTHER_ROOTS.find((it) => isListed(it) && !isEmpty(it));
  if (other !== undefined) return `${other} refers to slots too, by messages that are not followed`;
  const unread = sum((it) => it.unread);
  if (unread > 0) {
    return `the contents of ${unread} slots that refer to others were not dumped`;
  }
  const strange = sum((it) => it.strange);
  if (strange > 0)
    return `${strange} places are not as the layout says: another release wrote them`;
  return store.complete ? undefined : "the dump of the slots is not whole";
}

function countUnseen(store: Store, seen: ReadonlySet<number>): number {
  let count = 0;
  for (const slot of store.slots()) if (!seen.has(slot)) count += 1;
  return count;
}
