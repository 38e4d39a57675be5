/** One thing that `explain` knows. */

export const TOPIC_KINDS = {
  rule: "Rules",
  "audit rule": "What an audit finds besides",
  "audit word": "What an audit's report speaks of",
  outcome: "Outcomes of budgets and rules",
  fill: "Fills that an audit costs maps with",
  change: "What became of a map since a baseline",
  figure: "Figures",
  basis: "Bases: how a number is known",
  accounting: "Accountings: how a kernel reports memory",
  role: "Roles of maps",
  cause: "Causes of growth",
  "map type": "Map types",
  errno: "What the kernel answers when a map operation fails",
  format: "Input formats",
  policy: "Policies by which a pool of inner maps scales",
  diagnostic: "Diagnostics: what can be said of an input",
} as const;
export type TopicKind = keyof typeof TOPIC_KINDS;

export interface Topic extends NamedTopic {
  readonly kind: TopicKind;
}

/** What is found by its name, and not in the list of all. */
export interface NamedTopic {
  readonly name: string;
  readonly kind: TopicKind | "kind" | "member";
  /** In one line, for the list. */
  readonly title: string;
  /** In full, for people. */
  text(): Promise<string>;
  /** What programs may want beside the text. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Other words for it, such as an errno's number. */
  readonly aliases?: readonly string[];
}
