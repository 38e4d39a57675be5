/** What definitions cost at given entries, over kernels and numbers of CPUs: the core of the `size` command. */
import type { Basis } from "../base/basis.ts";
import { asLoaded } from "./as-loaded.ts";
import { type Cliff, cliffsOf } from "./cliffs.ts";
import type { Component } from "./component.ts";
import { type Amount, costOf, type MapCost, type MapState } from "./cost.ts";
import type { MapDefinition } from "./definition.ts";
import { descriptorComponents } from "./descriptor.ts";
import type { Host } from "./host.ts";
import { parseKernelVersion, unmodelled } from "./kernel-version.ts";
import { makeHost } from "./make-host.ts";
import { findMapType } from "./map-types/index.ts";
import type { SizedDefinition } from "./size-definitions.ts";
import { describeRefusal, validate } from "./validate.ts";

export interface SizeRequest {
  /** One that could not be read has a `reason` and gives rows with that reason. */
  readonly definitions: readonly SizedDefinition[];
  /** Releases: `5.10`, `6.1.19`, `6.18`. */
  readonly kernels: readonly string[];
  readonly possibleCpus: readonly number[];
  readonly pageSize?: number;
  /** Struct name to bytes, instead of the nearest profile's. */
  readonly structSizes?: Readonly<Record<string, number>>;
}

export const SIZE_FIGURES = [
  "memlockBytes",
  "preallocatedBytes",
  "allocatedBytes",
  "usedBytes",
  "idleBytes",
  "ceilingBytes",
  "residentBytes",
  "chargedBytes",
] as const;
export type SizeFigure = (typeof SIZE_FIGURES)[number];

/** One definition on one kernel with so many CPUs; a figure that is not known is absent, its reason in `unknown`. */
export interface SizeRow extends Partial<Record<SizeFigure, number>> {
  readonly index: number;
  readonly definition: MapDefinition;
  /** Live entries, or filled slots, that the figures are for. */
  readonly entries: number;
  readonly kernel: string;
  readonly possibleCpus: number;
  /** In place of every figure: the kernel would refuse the definition, or the model does not know it. */
  readonly reason?: string;
  readonly bases: Partial<Record<SizeFigure, Basis>>;
  readonly unknown: Partial<Record<SizeFigure, string>>;
  readonly components: readonly Component[];
  /** Taken for each live entry on top. */
  readonly entryComponents: readonly Component[];
  /** Taken for each descriptor that is open on the map; in no figure, as the number of them is not the map's. */
  readonly descriptorComponents: readonly Component[];
  /** How `memlockBytes` comes about. */
  readonly formula?: string;
  readonly formulas: Partial<Record<SizeFigure, string>>;
  readonly cliffs: readonly Cliff[];
}

/** Rows in the order of the definitions, then of the kernels, then of the CPUs. */
export function sizeRows(request: SizeRequest): SizeRow[] {
  return request.definitions.flatMap((sized, index) =>
    request.kernels.flatMap((kernel) =>
      request.possibleCpus.map((possibleCpus) =>
        rowOf(request, sized, index, kernel, possibleCpus),
      ),
    ),
  );
}

function rowOf(
  request: SizeRequest,
  sized: SizedDefinition,
  index: number,
  kernel: string,
  possibleCpus: number,
): SizeRow {
  const { definition, entries } = sized;
  const identity = { index, definition, entries, kernel, possibleCpus };
  const version = parseKernelVersion(kernel);
  if (version === undefined)
    return withoutFigures(identity, `kernel ${kernel} is not a release such as 6.1`);
  const notKnown = unmodelled(version);
  if (notKnown !== undefined) return withoutFigures(identity, notKnown);
  if (!Number.isInteger(possibleCpus) || possibleCpus < 1) {
    return withoutFigures(
      identity,
      `${possibleCpus} possible CPUs are not a whole number of at least 1`,
    );
  }
  if (sized.reason !== undefined) return withoutFigures(identity, sized.reason);
  const host = makeHost({
    kernel: version,
    possibleCpus,
    ...(request.pageSize !== undefined && { pageSize: request.pageSize }),
    ...(request.structSizes !== undefined && { structSizes: request.structSizes }),
  });
  const created = sized.isDeclared === true ? asLoaded(definition, host) : definition;
  const refused = refusal(created, entries, host);
  if (refused !== undefined) return withoutFigures(identity, refused);
  const state = stateOf(created, entries);
  const cost = costOf(created, state, host);
  if (!isExact(cost)) {
    return withoutFigures(identity, "its figures pass 2^53 bytes, which no kernel has");
  }
  return {
    ...identity,
    ...figuresOf(cost),
    descriptorComponents: descriptorComponents(host),
    cliffs: cliffsOf(created, state, host),
  };
}

function refusal(definition: MapDefinition, entries: number, host: Host): string | undefined {
  const { kernel, possibleCpus, pageSize } = host;
  const refusals = validate(definition, { kernel, possibleCpus, pageSize });
  if (refusals.length > 0) return refusals.map(describeRefusal).join("; ");
  if (!Number.isInteger(entries) || entries < 0)
    return `entries ${entries} is not a whole number of at least 0`;
  const most = findMapType(definition.type)?.mostEntries(definition, host);
  if (most !== undefined && entries > most) {
    return `${entries} entries do not fit into max_entries ${most} (E2BIG from the update)`;
  }
  return undefined;
}

function isExact({ components, entryComponents }: MapCost): boolean {
  return [...components, ...entryComponents].every(
    ({ bytes, residentBytes }) =>
      Number.isSafeInteger(bytes) && Number.isSafeInteger(residentBytes),
  );
}

function stateOf(definition: MapDefinition, entries: number): MapState {
  const holdsSlots = findMapType(definition.type)?.holds === "slots";
  return { ...(holdsSlots ? { nonZeroSlots: entries } : { entries }), basis: "reported" };
}

function figuresOf(
  cost: MapCost,
): Omit<
  SizeRow,
  "index" | "definition" | "entries" | "kernel" | "possibleCpus" | "cliffs" | "descriptorComponents"
> {
  const numbers: Partial<Record<SizeFigure, number>> = {};
  const bases: Partial<Record<SizeFigure, Basis>> = {};
  const unknown: Partial<Record<SizeFigure, string>> = {};
  const formulas: Partial<Record<SizeFigure, string>> = {};
  for (const name of SIZE_FIGURES) {
    const amount = amountNamed(cost, name);
    if ("unknown" in amount) unknown[name] = amount.unknown;
    else {
      numbers[name] = amount.value;
      bases[name] = amount.basis;
      formulas[name] = amount.formula;
    }
  }
  const { memlockBytes: formula } = formulas;
  const { preallocatedBytes: reason } = unknown;
  return {
    ...numbers,
    bases,
    unknown,
    formulas,
    components: cost.components,
    entryComponents: cost.entryComponents,
    ...(formula !== undefined && { formula }),
    ...(Object.keys(numbers).length === 0 && reason !== undefined && { reason }),
  };
}

/** Nothing was reported, so memlock is what the kernel would report. */
function amountNamed(cost: MapCost, name: SizeFigure): Amount {
  return name === "memlockBytes" ? cost.modeledMemlockBytes : cost[name];
}

function withoutFigures(
  identity: Pick<SizeRow, "index" | "definition" | "entries" | "kernel" | "possibleCpus">,
  reason: string,
): SizeRow {
  return {
    ...identity,
    reason,
    bases: {},
    unknown: {},
    formulas: {},
    components: [],
    entryComponents: [],
    descriptorComponents: [],
    cliffs: [],
  };
}
