/** What an accounting must offer: the memlock that a kernel of its kind reports for a map. */
import type { MapDefinition } from "../definition.ts";
import type { Accounting, Host } from "../host.ts";
import type { MapType } from "../map-type.ts";
import type { Term } from "../term.ts";

export interface AccountingModel {
  readonly id: Accounting;
  readonly title: string;
  /** `5.11 to 6.3`. */
  readonly kernels: string;
  /** The kernel function that computes it. */
  readonly source: string;
  /** True when the figure depends on the live entries of this definition. */
  countsEntries(type: MapType, definition: MapDefinition): boolean;
  /** The figure with `live` entries; a reason when this accounting has no formula for the type. */
  report(
    type: MapType,
    definition: MapDefinition,
    live: number,
    host: Host,
  ): Term | { unknown: string };
}
