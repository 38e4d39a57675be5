/**
 * How rules are called by those who use the library: by their ids. It is apart from the rules, whose types lead
 * to arquero's, which is not installed with mapscope.
 */

/** Options by rule id; a rule without any runs with its own defaults. */
export type RuleOptions = Readonly<Record<string, unknown>>;
