/** The accountings by name. */
import type { Accounting } from "../host.ts";
import type { AccountingModel } from "./accounting.ts";
import { chargedPages } from "./charged-pages.ts";
import { perType } from "./per-type.ts";
import { roundedEntries } from "./rounded-entries.ts";

export type { AccountingModel } from "./accounting.ts";

export const accountings: Readonly<Record<Accounting, AccountingModel>> = {
  "charged-pages": chargedPages,
  "rounded-entries": roundedEntries,
  "per-type": perType,
};
