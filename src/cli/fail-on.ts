/** `--fail-on`: from which severity on findings make the exit status 1. */
import { SEVERITIES, type Severity } from "../analyze/severity.ts";

export const FAIL_ON = [...SEVERITIES, "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];

export function isAtLeast(severity: Severity, failOn: FailOn): boolean {
  return failOn !== "never" && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn);
}
