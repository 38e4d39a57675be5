/** The model's tree of maps -> its part of the Analysis, with bytes from the families' own figures. */
import { type Basis, weakerBasis } from "../base/basis.ts";
import type { Hierarchy } from "../model/hierarchy/hierarchy.ts";
import { OWNER_KINDS, type XdsOwner, type XdsTree } from "../model/hierarchy/xds-owners.ts";
import type { AnalysisFamily, AnalysisHierarchy } from "./analysis.ts";

/** Owners listed; a node may have thousands of clusters. */
const MOST_OWNERS = 100;

type Xds = NonNullable<AnalysisHierarchy["xds"]>;
type SlotBytes = NonNullable<Xds["held"][number]["slotBytes"]>;

export function hierarchyPart(
  { outers, programSlots, outsiders, xds }: Hierarchy,
  families: readonly AnalysisFamily[],
): AnalysisHierarchy {
  return {
    outers: outers.map(({ mapId, maxEntries, ...it }) => ({
      ...known({ mapId, maxEntries }),
      ...it,
      families: it.families.map((family) => ({ ...family })),
    })),
    programSlots: programSlots.map(({ mapId, ...it }) => ({
      ...known({ mapId }),
      ...it,
      slots: it.slots.map((slot) => ({ ...slot })),
    })),
    outsiders: outsiders.map((it) => ({ ...it })),
    ...(xds !== undefined &&
      ("unknown" in xds ? { xdsUnknown: xds.unknown } : { xds: xdsPart(xds, families) })),
  };
}

/** Without those that the list of maps did not give. */
function known<Numbers extends Record<string, number>>(numbers: Numbers): Partial<Numbers> {
  return Object.fromEntries(
    Object.entries(numbers).filter(([, it]) => !Number.isNaN(it)),
  ) as Partial<Numbers>;
}

function xdsPart(tree: XdsTree, families: readonly AnalysisFamily[]): Xds {
  const { generation, layout, owners, held, reached, unreferenced, dangling, shared } = tree;
  const bytes = new Map(
    [...held.keys()].map((map) => [map, slotBytesOf(map, generation, families)] as const),
  );
  const listed = owners.map((it) => ownerPart(it, bytes)).sort(bySize);
  return {
    generation,
    layout,
    held: [...held].map(([map, slots]) => {
      const slotBytes = bytes.get(map);
      return { map, slots, ...(slotBytes !== undefined && { slotBytes }) };
    }),
    reached,
    ...("count" in unreferenced
      ? { unreferenced: unreferenced.count }
      : { unreferencedUnknown: unreferenced.unknown }),
    dangling,
    shared,
    objects: owners.length,
    owners: listed.slice(0, MOST_OWNERS),
    byKind: OWNER_KINDS.flatMap((kind) => {
      const own = listed.filter((it) => it.kind === kind);
      const slots = own.reduce((sum, it) => sum + it.slots, 0);
      return own.length === 0 ? [] : { kind, objects: own.length, slots };
    }),
  };
}

function ownerPart(
  { kind, name, slots, complete }: XdsOwner,
  bytes: ReadonlyMap<string, SlotBytes | undefined>,
): Xds["owners"][number] {
  let count = 0;
  let residentBytes: number | undefined = 0;
  for (const [map, own] of slots) {
    count += own;
    const each = bytes.get(map)?.value;
    residentBytes =
      each === undefined || residentBytes === undefined ? undefined : residentBytes + own * each;
  }
  return {
    kind,
    name,
    slots: count,
    ...(residentBytes !== undefined && { residentBytes }),
    complete,
  };
}

function bySize(a: Xds["owners"][number], b: Xds["owners"][number]): number {
  return b.slots - a.slots || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/** An inner map's share of its family; or what the model says that one entry of a hash map takes. */
function slotBytesOf(
  map: string,
  generation: Xds["generation"],
  families: readonly AnalysisFamily[],
): SlotBytes | undefined {
  if (generation === "outer-map") {
    const inner = families.filter((it) => it.role === "inner" && it.outer?.name === map);
    return shareOf(inner);
  }
  const own = families.find((it) => it.name === map);
  const components = own?.entryComponents ?? [];
  if (components.length === 0) return undefined;
  const value = components.reduce((sum, it) => sum + it.residentBytes, 0);
  return { value, basis: "modeled", formula: `one entry of ${map}` };
}

function shareOf(inner: readonly AnalysisFamily[]): SlotBytes | undefined {
  let bytes = 0;
  let maps = 0;
  let basis: Basis = "reported";
  for (const { residentBytes, count } of inner) {
    if (residentBytes === undefined) return undefined;
    bytes += residentBytes.value;
    maps += count;
    basis = weakerBasis(basis, residentBytes.basis);
  }
  if (maps === 0) return undefined;
  return {
    value: Math.round(bytes / maps),
    basis,
    formula: `resident bytes of ${maps} inner maps`,
  };
}
