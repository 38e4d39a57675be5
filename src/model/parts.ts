/** The components of one map, worked out once for all figures that are sums over them. */
import { weakerBasis } from "../base/basis.ts";
import { type Amount, type Answer, amountOf, answerOf, settled } from "./amount.ts";
import type { Component } from "./component.ts";
import type { MapDefinition } from "./definition.ts";
import { type Host, HostFactUnknown } from "./host.ts";
import type { MapType } from "./map-type.ts";
import type { Term } from "./term.ts";

type Components = readonly Component[];

/** From the components at creation, and those of one live entry. */
type Formula = (created: Components, each: Components) => Term;

export class Parts {
  readonly #host: Host;
  readonly #ask: Readonly<Record<"created" | "each", (host: Host) => Components>>;
  readonly #known = new Map<"created" | "each", Answer<Components> | HostFactUnknown>();

  constructor(type: MapType, definition: MapDefinition, host: Host) {
    this.#host = host;
    this.#ask = {
      created: (it) => type.atCreation(definition, it),
      each: (it) => type.perEntry?.(definition, it) ?? [],
    };
  }

  /** Empty when a fact that they need is not known. */
  list(which: "created" | "each"): Components {
    const answer = this.#answer(which);
    return answer instanceof HostFactUnknown ? [] : answer.value;
  }

  /** A figure that needs the components at creation alone. */
  amountAtCreation(formula: (created: Components) => Term): Amount {
    const created = this.#answer("created");
    if (!(created instanceof HostFactUnknown)) {
      return settled(formula(created.value), created.weakest);
    }
    // Where a fact has bounds only, the figure may be the same within them.
    return amountOf(this.#host, (it) => formula(this.#ask.created(it)));
  }

  /** A figure that needs those of a live entry too. */
  amount(formula: Formula): Amount {
    const created = this.#answer("created");
    const each = this.#answer("each");
    if (!(created instanceof HostFactUnknown) && !(each instanceof HostFactUnknown)) {
      const basis = weakerBasis(created.weakest, each.weakest);
      return settled(formula(created.value, each.value), basis);
    }
    return amountOf(this.#host, (it) => formula(this.#ask.created(it), this.#ask.each(it)));
  }

  #answer(which: "created" | "each"): Answer<Components> | HostFactUnknown {
    let answer = this.#known.get(which);
    if (answer === undefined) {
      answer = this.#find(which);
      this.#known.set(which, answer);
    }
    return answer;
  }

  #find(which: "created" | "each"): Answer<Components> | HostFactUnknown {
    try {
      return answerOf(this.#host, this.#ask[which]);
    } catch (error) {
      if (error instanceof HostFactUnknown) return error;
      throw error;
    }
  }
}
