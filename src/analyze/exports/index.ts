/** Every table that can leave mapscope; the first is what is taken when none is asked for. */
import { cgroups } from "./cgroups.ts";
import { changes } from "./changes.ts";
import { components } from "./components.ts";
import { diagnostics } from "./diagnostics.ts";
import { families } from "./families.ts";
import { findings } from "./findings.ts";
import { maps } from "./maps.ts";
import { metrics } from "./metrics.ts";
import { pods } from "./pods.ts";
import { programs } from "./programs.ts";
import { ruleResults } from "./rules.ts";
import { snapshots } from "./snapshots.ts";
import { steps } from "./steps.ts";
import type { AnyTable } from "./table.ts";

export const exportTables: readonly AnyTable[] = [
  families,
  maps,
  components,
  programs,
  snapshots,
  changes,
  findings,
  ruleResults,
  diagnostics,
  steps,
  cgroups,
  pods,
  metrics,
];
