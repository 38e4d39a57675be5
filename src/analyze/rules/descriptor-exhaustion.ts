/** Every inner map keeps a descriptor open in the daemon: finds pools that ran into the limit. */
import { z } from "zod";
import { formatCount } from "../../base/units.ts";
import { upStep } from "../../model/scaling/policy.ts";
import { daemonHistories } from "../derived/daemon-histories.ts";
import { defineRule } from "../rule.ts";
import { counted } from "../wording.ts";

/** Errors of creating a map that are about descriptors: of the process, and of the host. */
const NAMES: Readonly<Record<number, string>> = { 23: "ENFILE", 24: "EMFILE" };

export const descriptorExhaustion = defineRule({
  id: "descriptor-exhaustion",
  title: "Descriptors ran out while inner maps were made",
  why: "The daemon holds a descriptor for each inner map, so one step takes tens of thousands of them, and sockets and files of the daemon fail with the maps.",
  severity: "error",
  needs: ["scale-events"],
  docs: "docs/rules/descriptor-exhaustion.md",
  options: z.strictObject({
    spare: z
      .int()
      .nonnegative()
      .default(1024)
      .describe("Descriptors that the daemon needs beside those of its maps."),
  }),

  *check(tables, { spare }) {
    for (const { snapshot, daemon, policy } of daemonHistories(tables)) {
      const failure = daemon.steps.findLast(
        (it) => it.event === "create-failed" && it.errno !== undefined && it.errno in NAMES,
      );
      if (failure?.errno === undefined) continue;
      const { live, claimedAfter: claimed } = failure;
      const error = `${NAMES[failure.errno]} (errno ${failure.errno})`;
      const next = claimed === undefined ? undefined : claimed + upStep(policy, claimed) + spare;
      yield {
        subject: { snapshot, kind: "daemon", id: daemon.name },
        message:
          `daemon ${daemon.name} could not make the maps of a scale-up: ${error}` +
          (live === undefined
            ? ""
            : `; it holds ${counted(live, "descriptor")} for its inner maps`) +
          (claimed === undefined ? "" : `, and counts ${formatCount(claimed)} slots as claimed`),
        evidence: {
          errno: failure.errno,
          ...(live !== undefined && { descriptors: live }),
          ...(claimed !== undefined && { claimedSlots: claimed }),
        },
        recommendation:
          failure.errno === 23
            ? "The host's own limit is reached: raise it (`sysctl fs.file-max`), and look for other processes that hold many (`lsof | sort`)."
            : `Raise the daemon's limit on open files ${next === undefined ? "above the maps it will claim" : `to at least ${formatCount(next)}, which allows one more step`} ` +
              "(`ulimit -n`, LimitNOFILE of the container runtime), or take a smaller step; then restart it, as it does not make the missing maps later.",
      };
    }
  },
});
