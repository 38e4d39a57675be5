/** Sums over the maps that a release creates, before anything is put into them: what a tool could have shown of it. */
import { isKnown } from "../amount.ts";
import { asLoaded } from "../as-loaded.ts";
import { costOf } from "../cost.ts";
import type { MapDefinition } from "../definition.ts";
import type { Accounting, Host, KernelVersion } from "../host.ts";
import { makeHost } from "../make-host.ts";
import type { CatalogueMode, CatalogueRelease } from "./catalogue.ts";

export interface ReleaseSum {
  readonly bytes: number;
  readonly what: string;
  /** Tools that show such a sum. */
  readonly tool: string;
  readonly release: string;
  readonly mode: string;
  readonly accounting: Accounting;
}

/** A kernel of each accounting: the figure of an empty map depends on nothing else of it but struct sizes. */
const KERNELS: readonly (readonly [Accounting, KernelVersion])[] = [
  ["charged-pages", [5, 10]],
  ["rounded-entries", [5, 15]],
  ["per-type", [6, 6]],
];

/** One for each way of adding, accounting and mode; a sum with a map whose figure is not known is left out. */
export function sumsOf(
  { version, modes }: CatalogueRelease,
  possibleCpus: number,
): readonly ReleaseSum[] {
  return modes.flatMap((mode) =>
    KERNELS.flatMap(([accounting, kernel]) => {
      const host = makeHost({ kernel, possibleCpus });
      return waysToAdd(mode, host).map((it) => ({
        ...it,
        release: version,
        mode: mode.mode,
        accounting,
      }));
    }),
  );
}

function waysToAdd(mode: CatalogueMode, host: Host): Pick<ReleaseSum, "bytes" | "what" | "tool">[] {
  const memlock = (definition: MapDefinition) => memlockOf(definition, host);
  const programs = mode.programs.map(({ maps }) => sum(maps.map(memlock)));
  const once = sum(
    mode.maps.flatMap(({ definition, copies = 0 }) => {
      const bytes = memlock(definition);
      return copies === 0 ? [] : [bytes === undefined ? undefined : bytes * copies];
    }),
  );
  const ways = [
    {
      bytes: sum(programs),
      what: `the rows of all ${programs.length} programs added up, with shared maps counted again in each`,
      tool: "kubectl gadget top ebpf, when its rows are added up",
    },
    {
      bytes: programs.every((it) => it !== undefined) ? Math.max(0, ...programs) : undefined,
      what: "the largest row of a program",
      tool: "kubectl gadget top ebpf",
    },
    { bytes: once, what: "each map once, without inner maps", tool: "bpftool map show" },
    {
      bytes: sum([once, innerMaps(mode, memlock)]),
      what: "each map once, with an inner map in every slot of the outer map",
      tool: "bpftool map show",
    },
  ];
  return ways.flatMap(({ bytes, ...rest }) => (bytes === undefined ? [] : [{ bytes, ...rest }]));
}

/** Undefined where the mode has no inner maps, as the sum would be the one before. */
function innerMaps(
  { maps }: CatalogueMode,
  memlock: (definition: MapDefinition) => number | undefined,
): number | undefined {
  const inner = maps.find((it) => it.innerOf !== undefined);
  const outer = maps.find((it) => it.definition.name === inner?.innerOf);
  const bytes = inner && memlock(inner.definition);
  return bytes === undefined || outer === undefined
    ? undefined
    : bytes * outer.definition.maxEntries;
}

function memlockOf(definition: MapDefinition, host: Host): number | undefined {
  const loaded = asLoaded(definition, host);
  const { modeledMemlockBytes } = costOf(loaded, { entries: 0, nonZeroSlots: 0 }, host);
  return isKnown(modeledMemlockBytes) ? modeledMemlockBytes.value : undefined;
}

/** Undefined when a part is not known. */
function sum(parts: readonly (number | undefined)[]): number | undefined {
  let total = 0;
  for (const part of parts) {
    if (part === undefined) return undefined;
    total += part;
  }
  return total;
}
