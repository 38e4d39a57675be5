/** The history of one daemon's inner maps, as its scale lines tell it. */
import type { ScaleEvent } from "../snapshot.ts";
import type { ScalingPolicy } from "./policy.ts";
import { SlotTrace } from "./slot-trace.ts";

export interface ScaleStep {
  readonly event: "start" | "scale-up" | "scale-in" | "create-failed" | "allocation-failed";
  /** Slots in use when the step was decided. */
  readonly used?: number;
  /** So many were in use at some time since the scale-up before: see `slot-trace.ts`. */
  readonly usedBeforeAtLeast?: number;
  /** Why maps could not be made: 24 is EMFILE. */
  readonly errno?: number;
  readonly claimedBefore?: number;
  readonly claimedAfter?: number;
  /** Inner maps that exist after the step; absent once the log cannot tell. */
  readonly live?: number;
  readonly at?: string;
  /** Of a step without a time of its own. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly source: string;
}

export interface Timeline {
  readonly daemon: string;
  readonly steps: readonly ScaleStep[];
  readonly scaleUps: number;
  readonly scaleIns: number;
  /** False when the log begins after the daemon did: scale-ups before it are not known, nor is `live`. */
  readonly fromStart: boolean;
}

/** One timeline for each daemon (and for each of its starts), in the order of the events. */
export function timelines(events: readonly ScaleEvent[], policy: ScalingPolicy): Timeline[] {
  const byDaemon = new Map<string, ScaleEvent[]>();
  for (const event of events) {
    const own = byDaemon.get(event.daemon);
    if (own === undefined) byDaemon.set(event.daemon, [event]);
    else own.push(event);
  }
  return [...byDaemon].flatMap(([daemon, own]) =>
    splitAtStarts(own).map((it) => timeline(daemon, it, policy)),
  );
}

/** `insufficient(0/0)` is printed by a daemon that has just started and by no other. */
function isStart(event: ScaleEvent): boolean {
  return event.kind === "scale-up-needed" && event.claimed === 0;
}

function splitAtStarts(events: readonly ScaleEvent[]): ScaleEvent[][] {
  const lives: ScaleEvent[][] = [];
  for (const event of events) {
    const last = lives.at(-1);
    if (last === undefined || isStart(event)) lives.push([event]);
    else last.push(event);
  }
  return lives;
}

function timesOf({ at, notBefore, notAfter }: ScaleEvent) {
  return {
    ...(at !== undefined && { at }),
    ...(notBefore !== undefined && { notBefore }),
    ...(notAfter !== undefined && { notAfter }),
  };
}

class Reader {
  readonly steps: ScaleStep[] = [];
  scaleUps = 0;
  scaleIns = 0;
  #claimed: number | undefined;
  #live: number | undefined;
  #decision: ScaleEvent | undefined;
  #failure: ScaleEvent | undefined;
  readonly #trace: SlotTrace;

  readonly #policy: ScalingPolicy;

  constructor(policy: ScalingPolicy, fromStart: boolean) {
    this.#policy = policy;
    this.#live = fromStart ? 0 : undefined;
    this.#trace = new SlotTrace(fromStart);
  }

  read(event: ScaleEvent): void {
    switch (event.kind) {
      case "scale-up-needed":
      case "scale-in-possible":
        this.#decision = event;
        // The line states the count, so a line lost before it is made good here.
        this.#claimed = event.claimed ?? this.#claimed;
        return;
      case "scale-up-collected":
        this.scaleUps++;
        this.#step(event, "scale-up", this.#policy.scaleUpStep, this.#madeBy(event));
        if (this.#failure !== undefined) this.#createFailed(this.#failure);
        this.#failure = undefined;
        return;
      case "scale-in-collected":
        this.scaleIns++;
        this.#step(
          event,
          "scale-in",
          -(event.collected ?? this.#policy.scaleInStep),
          -(event.collected ?? this.#policy.scaleInStep),
        );
        return;
      case "create-failed":
        this.#createFailed(event);
        return;
      case "allocation-failed":
        // What it lacks may be older than the log: a pool that was taken over from the daemon before.
        this.#claimed = event.claimed ?? this.#claimed;
        this.#push({ event: "allocation-failed", ...this.#counts(event), source: event.source });
        return;
    }
  }

  #madeBy(event: ScaleEvent): number {
    return (event.collected ?? this.#policy.scaleUpStep) - this.#policy.lostPerScaleUp;
  }

  #step(event: ScaleEvent, kind: "scale-up" | "scale-in", claimed: number, live: number): void {
    const before = this.#decision?.claimed ?? this.#claimed;
    const used = this.#decision?.used;
    this.#decision = undefined;
    const usedBeforeAtLeast =
      kind === "scale-in"
        ? this.#trace.scaleIn(event, this.#live)
        : this.#trace.scaleUp(event, used);
    this.#claimed = before === undefined ? undefined : before + claimed;
    if (this.#live !== undefined) this.#live += live;
    this.#push({
      event: before === 0 ? "start" : kind,
      ...(used !== undefined && { used }),
      ...(usedBeforeAtLeast !== undefined && { usedBeforeAtLeast }),
      ...(before !== undefined && { claimedBefore: before }),
      ...(this.#claimed !== undefined && { claimedAfter: this.#claimed }),
      ...(this.#live !== undefined && { live: this.#live }),
      ...timesOf(event),
      source: event.source,
    });
  }

  /** The claim is counted in full all the same; only the maps made before the failure exist. */
  #createFailed(event: ScaleEvent): void {
    // Told of a step whose own line is still to come: it is taken off when that is read.
    if (this.#decision?.kind === "scale-up-needed") {
      this.#failure = event;
      return;
    }
    const planned = this.#policy.scaleUpStep - this.#policy.lostPerScaleUp;
    const made = event.created;
    if (made === undefined || made > planned) this.#live = undefined;
    else if (this.#live !== undefined) this.#live = Math.max(0, this.#live - (planned - made));
    this.#push({
      event: "create-failed",
      ...this.#counts(event),
      ...(event.errno !== undefined && { errno: event.errno }),
      source: event.source,
    });
  }

  #counts(event: ScaleEvent): Omit<ScaleStep, "event" | "source"> {
    return {
      ...(event.used !== undefined && { used: event.used }),
      ...(this.#claimed !== undefined && {
        claimedBefore: this.#claimed,
        claimedAfter: this.#claimed,
      }),
      ...(this.#live !== undefined && { live: this.#live }),
      ...timesOf(event),
    };
  }

  #push(step: ScaleStep): void {
    this.steps.push(step);
  }
}

function timeline(daemon: string, events: readonly ScaleEvent[], policy: ScalingPolicy): Timeline {
  const fromStart = events[0] !== undefined && isStart(events[0]);
  const reader = new Reader(policy, fromStart);
  for (const event of events) reader.read(event);
  const { steps, scaleUps, scaleIns } = reader;
  return { daemon, steps, scaleUps, scaleIns, fromStart };
}
