/** A daemon whose pool has fewer maps than must be in use before it grows: it never grows again. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import { scaleUpAt } from "../../model/scaling/thresholds.ts";
import { type DaemonHistory, daemonHistories } from "../derived/daemon-histories.ts";
import { defineRule, type RuleFinding } from "../rule.ts";
import type { Tables } from "../tables.ts";
import { counted, percent } from "../wording.ts";

export const stuckScaling = defineRule({
  id: "stuck-scaling",
  title: "Pool of inner maps cannot grow any more",
  why: "A claim is counted in full even when its maps could not be made, so the share in use never reaches the watermark, and new configuration is refused for good.",
  severity: "error",
  needs: ["pool-counters"],
  docs: "docs/rules/stuck-scaling.md",
  options: z.strictObject({}),

  *check(tables) {
    for (const history of daemonHistories(tables)) {
      const found = shortOfMaps(history) ?? refusing(history);
      if (found !== undefined) yield found;
    }
    yield* byState(tables);
  },
});

/** By the state that a daemon wrote, where no log says more; the last snapshot that has it tells. */
function* byState({ snapshots }: Tables): Generator<RuleFinding> {
  const told = new Map<string, RuleFinding>();
  for (const { label, scaling } of snapshots) {
    if (scaling === undefined || scaling.daemons.length > 0) continue;
    for (const {
      source,
      daemon = source,
      claimed,
      live,
      scaleUpAt: due,
      isStuck,
    } of scaling.persisted ?? []) {
      if (isStuck !== true || live === undefined || due === undefined) continue;
      const found = lacking(label, { name: daemon, claimed, live, due }, scaling.policy);
      told.set(source, {
        ...found,
        message: `${found.message}, if ${scaling.innerMaps === undefined ? "its state was whole when it was written" : "its state and the list are of one time"}`,
      });
    }
  }
  yield* told.values();
}

/** By the log's own count of what was made. */
function shortOfMaps({ snapshot, daemon, policy }: DaemonHistory): RuleFinding | undefined {
  const { name, claimed, live, scaleUpAt: due, isStuck } = daemon;
  if (isStuck !== true || claimed === undefined || live === undefined || due === undefined) {
    return undefined;
  }
  return lacking(snapshot, { name, claimed, live, due }, policy);
}

interface Lacking {
  readonly name: string;
  readonly claimed: number;
  readonly live: number;
  readonly due: number;
}

function lacking(
  snapshot: string,
  { name, claimed, live, due }: Lacking,
  policy: DaemonHistory["policy"],
): RuleFinding {
  return {
    subject: { snapshot, kind: "daemon", id: name },
    message:
      `daemon ${name} has ${counted(live, "map")} for ${formatCount(claimed)} claimed slots (${percent(live / claimed)}): ` +
      `it scales up at ${formatCount(due)} in use (${percent(policy.highWatermark)}), which it cannot reach`,
    evidence: { liveMaps: live, claimedSlots: claimed, scaleUpAt: due, mapsShort: due - live },
    recommendation: RESTART,
  };
}

/** By a refusal far below the watermark: most of what is claimed has no map that the daemon could hand out. */
function refusing({ snapshot, daemon, policy }: DaemonHistory): RuleFinding | undefined {
  // With none in use it may just not have started yet.
  const refusal = daemon.steps.findLast(
    (it) => it.event === "allocation-failed" && (it.used ?? 0) > 0 && (it.claimedAfter ?? 0) > 0,
  );
  const { used, claimedAfter: claimed } = refusal ?? {};
  if (used === undefined || claimed === undefined) return undefined;
  const due = scaleUpAt(policy, claimed);
  if (used >= due) return undefined;
  return {
    subject: { snapshot, kind: "daemon", id: daemon.name },
    message:
      `daemon ${daemon.name} refuses slots with ${formatCount(used)} of ${formatCount(claimed)} claimed ones in use ` +
      `(${percent(used / claimed)}): no other has a map, and it scales up at ${formatCount(due)} only`,
    evidence: { usedSlots: used, claimedSlots: claimed, scaleUpAt: due },
    recommendation: `${RESTART} After a restart that took over the old state, Kmesh v0.5.0 has the counters of its pool but none of its maps: remove /mnt/mim_mng_persist before the start.`,
  };
}

const RESTART =
  "Restart the daemon with a fresh pool, and with a limit on open files above the maps it will claim (`ulimit -n`); until then new configuration is lost.";
