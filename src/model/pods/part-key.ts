/** Facts of one part of a report go together; what stands outside of all variants may belong to any of them. */
import type { ReportPart } from "../usage/part.ts";

/** The same for facts of the same subject and variant; empty outside of reports. */
export function partKey(part: ReportPart | undefined): string {
  return part === undefined ? "" : `${part.subject ?? ""}\n${part.variant ?? ""}`;
}

/** The same for every variant of a subject. */
export function subjectKey(part: ReportPart | undefined): string {
  return part?.subject ?? "";
}
