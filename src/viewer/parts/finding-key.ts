/** What a link names a finding by: its rule and what it is about, which are the same in each run. */
import type { Finding } from "../../analyze/analysis.ts";

export function findingKey({ rule, subject }: Finding): string {
  return `${rule}/${subject.kind}/${subject.id}`;
}
