/** How grave a finding is, mildest first; apart from the schema, whose building a start would wait for. */

export const SEVERITIES = ["info", "warning", "error"] as const;
export type Severity = (typeof SEVERITIES)[number];
