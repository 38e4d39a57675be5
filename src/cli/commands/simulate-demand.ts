/** Where the demand of `simulate` comes from: a ramp, a table, or what daemons told. */
import type { AnalysisSnapshot } from "../../analyze/analysis.ts";
import { daemonsOf, demandOf } from "../../analyze/demand.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { InputError } from "../../base/input-error.ts";
import { formatCount } from "../../base/units.ts";
import { readDemandCsv } from "../../ingest/demand-csv.ts";
import {
  type Demand,
  MAX_POINTS,
  rampPoints,
  slotsPerCluster,
} from "../../model/scaling/demand.ts";
import { findInputs } from "../files.ts";
import type { Io } from "../io.ts";
import { checked, wholeNumber } from "../options/checks.ts";
import { UsageError } from "../usage-error.ts";
import type { RawSimulateOptions } from "./simulate-options.ts";

/** Counts of slots are exact in single precision up to here. */
const MAX_SLOTS = 2 ** 24;
const MAX_PER_SERVICE = 1_000_000;
const RAMP = /^(services|slots):(\d{1,8}(?:\.\.\d{1,8})+)(?:\/(\d{1,8}))?$/;
const countSchema = wholeNumber("must be a whole number");

interface PerService {
  readonly slots: number;
  readonly note: string;
}

export function rampDemand(text: string, raw: RawSimulateOptions): Demand {
  const match = RAMP.exec(text);
  const [, unit, ends = "", stepText = "1"] = match ?? [];
  const step = Number(stepText);
  if (unit === undefined || step === 0) {
    throw new UsageError(
      `--ramp ${text}: must be services or slots, a colon, and numbers with .. between them`,
      "For example: --ramp services:0..10000, or --ramp services:0..10000..0/500 in steps of 500.",
    );
  }
  const per = perService(raw);
  const points = rampPoints(ends.split("..").map(Number), step);
  if (points === undefined) {
    throw new UsageError(
      `--ramp ${text}: it has more than ${formatCount(MAX_POINTS)} points`,
      "Take larger steps: a number after a /.",
    );
  }
  if (unit === "slots") return inRange({ source: `--ramp ${text}`, slots: points, notes: [] });
  return inRange({
    source: `--ramp ${text}`,
    slots: points.map((services) => services * per.slots),
    notes: [per.note],
  });
}

export async function csvDemand(
  file: string,
  raw: RawSimulateOptions,
  io: Io,
): Promise<{ demand: Demand; diagnostics: readonly Diagnostic[] }> {
  const { sources, diagnostics } = findInputs([file], io);
  const [source] = sources;
  if (source === undefined) {
    const [problem] = diagnostics;
    throw new UsageError(
      `--csv ${file}: ${problem?.message ?? "it could not be read"}`,
      problem?.hint,
    );
  }
  const read = await readDemandCsv(source).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    throw new UsageError(`--csv ${file}: ${error.message}`, error.hint);
  });
  const per = perService(raw);
  const isServices = read.unit === "services";
  return {
    demand: inRange({
      source: `${file}, ${formatCount(read.values.length)} rows of ${read.unit}`,
      slots: isServices ? read.values.map((it) => it * per.slots) : read.values,
      ...(read.seconds !== undefined && { seconds: read.seconds }),
      notes: isServices ? [per.note] : [],
    }),
    diagnostics: read.diagnostics,
  };
}

export function inputDemand(
  snapshots: readonly AnalysisSnapshot[],
  daemon: string | undefined,
): Demand {
  const names = daemonsOf(snapshots);
  if (daemon !== undefined && !names.includes(daemon)) {
    throw new UsageError(
      `--daemon ${daemon}: no log in the input is of it`,
      names.length === 0 ? undefined : `Known: ${names.join(", ")}`,
    );
  }
  const found = demandOf(snapshots, daemon);
  if (found === undefined) {
    throw new UsageError(
      "the input does not say how many slots were in use",
      "Give a daemon's log (`kubectl logs -n kmesh-system POD > kmesh.log`), or a curve: --ramp services:0..10000",
    );
  }
  const demand = inRange(found);
  if (daemon !== undefined || names.length < 2) return demand;
  const note = `of ${names.length} daemons in the input, the one with the most steps; --daemon takes another: ${names.join(", ")}`;
  return { ...demand, notes: [...demand.notes, note] };
}

function perService({ slotsPerService, endpoints }: RawSimulateOptions): PerService {
  if (slotsPerService !== undefined && endpoints !== undefined) {
    throw new UsageError("--slots-per-service and --endpoints exclude each other");
  }
  const rest = "listeners and routes come on top";
  if (slotsPerService !== undefined) {
    const slots = limited("slotsPerService", slotsPerService);
    return { slots, note: `${formatCount(slots)} slots a service, as given` };
  }
  const count = endpoints === undefined ? 1 : limited("endpoints", endpoints);
  const slots = slotsPerCluster(count);
  const how = endpoints === undefined ? "assumed" : "given";
  return {
    slots,
    note: `${formatCount(slots)} slots a service: one cluster with ${formatCount(count)} ${count === 1 ? "endpoint" : "endpoints"} (${how}); ${rest}`,
  };
}

function limited(name: string, text: string): number {
  const rule = `must be at most ${MAX_PER_SERVICE}`;
  return checked(
    name,
    countSchema.refine((it) => it <= MAX_PER_SERVICE, rule),
    text,
  );
}

function inRange(demand: Demand): Demand {
  for (let at = 0; at < demand.slots.length; at++) {
    const slots = demand.slots[at] ?? 0;
    if (slots >= 0 && slots <= MAX_SLOTS) continue;
    throw new UsageError(
      `${demand.source}: ${formatCount(slots)} slots cannot be simulated, only 0 to ${formatCount(MAX_SLOTS)}`,
    );
  }
  return demand;
}
